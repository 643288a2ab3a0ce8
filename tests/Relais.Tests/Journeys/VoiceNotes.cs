using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Customers who speak instead of writing, through the whole server.</summary>
public sealed class VoiceNotes
{
    [Theory, OnEveryDatabase]
    public async Task What_is_said_in_three_languages_is_answered_and_shown_to_the_team(DatabaseKind kind)
    {
        var said = new Queue<string>(["Où est ma commande TRK123456 ?", "أين طلبي TRK123456؟", "Where is my order TRK123456?"]);
        await using var voice = await FileProvider.Start(context => context.Response.WriteAsJsonAsync(new { text = said.Dequeue() }));
        await using var relais = await Start(kind, voice);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var (number, answer) in new[] { (relais.Meta, "TRK123456 est expédiée"), (relais.Twilio, "TRK123456"), (relais.Meta, "TRK123456") })
        {
            var customer = relais.Chat(number, $"+3361111009{said.Count}");
            (await customer.Phone.SendMedia(number, "voice")).Taken.ShouldBeTrue();
            await customer.Hears(answer);
            (await customer.Assignee()).ShouldBe(2);
            if (said.Count == 2)
            {
                var message = (await desk.Messages(await desk.ConversationWith(customer.Phone)))[0];
                message.GetProperty("media").Text("transcript").ShouldBe("Où est ma commande TRK123456 ?");
                message.Text("content").ShouldBe("");
            }
        }

        await relais.Settled();
        voice.Requests.Count.ShouldBe(3);
        (await relais.Facts.Count("SELECT count(*) FROM ai_usage WHERE provider = 'transcription' AND model = 'whisper-1' AND outcome = 'answered' AND cost_micros > 0")).ShouldBe(3);
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_server_that_stumbles_is_asked_again_while_the_turn_waits(DatabaseKind kind)
    {
        var asked = 0;
        await using var voice = await FileProvider.Start(context => asked++ == 0 ? Fail(context, 500) : context.Response.WriteAsJsonAsync(new { text = "Où est ma commande TRK123456 ?" }));
        await using var relais = await Start(kind, voice);
        var customer = relais.Chat(relais.Meta, "+33611110091");
        await customer.Phone.SendMedia(relais.Meta, "voice");
        await customer.Says("Bonjour");
        await customer.Hears("TRK123456 est expédiée");
        await customer.HearsNoMore();
        (await relais.Facts.Count("SELECT count(*) FROM ai_usage WHERE provider = 'transcription' AND outcome = 'overloaded' AND cost_micros = 0")).ShouldBe(1);
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task What_cannot_be_heard_goes_to_people_with_an_honest_word(DatabaseKind kind)
    {
        Func<HttpContext, Task> answer = context => context.Response.WriteAsJsonAsync(new { text = "" });
        await using var voice = await FileProvider.Start(context => answer(context));
        await using var relais = await Start(kind, voice);
        var silent = relais.Chat(relais.Meta, "+33611110091");
        await silent.Phone.SendMedia(relais.Meta, "voice");
        await silent.Hears("équipe");
        (await silent.Assignee()).ShouldBe(5);

        answer = context => Fail(context, 401);
        var refused = relais.Chat(relais.Meta, "+33611110092");
        await refused.Phone.SendMedia(relais.Meta, "voice");
        await refused.Hears("équipe");
        (await refused.Assignee()).ShouldBe(5);
        (await relais.Facts.Count("SELECT count(*) FROM error_log WHERE error_type = 'transcription_failed'")).ShouldBe(1);
        (await relais.Facts.Query<string>("SELECT DISTINCT handoff_reason FROM conversation")).ShouldBe(["unreadable_message"]);
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_turn_waits_twenty_seconds_and_people_still_get_what_was_said(DatabaseKind kind)
    {
        var heard = new TaskCompletionSource();
        await using var voice = await FileProvider.Start(async context =>
        {
            await heard.Task;
            await context.Response.WriteAsJsonAsync(new { text = "Où est ma commande TRK123456 ?" });
        });
        await using var relais = await Start(kind, voice);
        var customer = relais.Chat(relais.Meta, "+33611110091");
        await customer.Phone.SendMedia(relais.Meta, "voice");
        await Eventually.Holds(() => Task.FromResult(!voice.Requests.IsEmpty), "the note is being written down");
        customer.Answers.ShouldBeEmpty();
        await Eventually.Holds(() => Task.FromResult(customer.Answers.Count > 0), "the turn goes on without the note", TimeSpan.FromSeconds(60));
        await customer.Hears("équipe");
        (await customer.Assignee()).ShouldBe(5);

        heard.SetResult();
        using var desk = await DeskClient.SignIn(relais);
        await desk.MessageThat(await desk.ConversationWith(customer.Phone), m => m.GetProperty("media").ValueKind == JsonValueKind.Object
            && m.GetProperty("media").Text("transcript") == "Où est ma commande TRK123456 ?", "people read what was said");
        await customer.HearsNoMore();
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_note_outlives_a_restart(DatabaseKind kind)
    {
        var hangs = true;
        await using var voice = await FileProvider.Start(context => hangs
            ? Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)) : context.Response.WriteAsJsonAsync(new { text = "Où est ma commande TRK123456 ?" }));
        await using var relais = await Start(kind, voice);
        var customer = relais.Chat(relais.Meta, "+33611110091");
        await customer.Phone.SendMedia(relais.Meta, "voice");
        await Eventually.Holds(() => Task.FromResult(!voice.Requests.IsEmpty), "the note is being written down");
        await relais.StopServer();
        hangs = false;
        await relais.StartServer();
        using var desk = await DeskClient.SignIn(relais);
        await desk.MessageThat(await desk.ConversationWith(customer.Phone), m => m.GetProperty("media").ValueKind == JsonValueKind.Object
            && m.GetProperty("media").Text("transcript") == "Où est ma commande TRK123456 ?", "it is written down after the restart");
        await customer.Hears("");
        await relais.Settled();
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Without_a_transcription_model_a_note_goes_to_people_at_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customer = relais.Chat(relais.Meta, "+33611110091");
        await customer.Phone.SendMedia(relais.Meta, "voice");
        await customer.Hears("équipe");
        (await customer.Assignee()).ShouldBe(5);
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM lane WHERE kind = 7")).ShouldBe(0);
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE transcript IS NOT NULL")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_tenant_sets_its_own_model_and_its_key_is_sealed(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var admin = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Amine", Relais.Tenants.Roles.Agent);
        (await admin.Get("/api/ai/transcription")).Ok().Text("source").ShouldBe("none");
        (await Put(admin, "{}")).Wrong("key");
        (await Put(admin, """{"base_url":"http://10.0.0.1/v1"}""")).Wrong("base_url");
        (await Put(admin, """{"key":"sk-x","price_minute":-1}""")).Wrong("price_minute");
        var set = (await Put(admin, """{"key":"sk-voice-secret"}""")).Ok();
        set.Body.ToString().ShouldNotContain("secret");
        (set.Text("source"), set.Text("model"), set.Text("has_key"), set.Text("price_minute")).ShouldBe(("tenant", "gpt-4o-mini-transcribe", "True", "0.003"));
        (await Put(admin, """{"model":"whisper-1"}""")).Ok().Text("has_key").ShouldBe("True");
        (await Put(admin, """{"model":"w","base_url":"https://voice.example.com/v1?x=1","price_minute":0.01}""")).Ok().Text("has_key").ShouldBe("False", "a key goes to its own address only");
        (await admin.Get("/api/ai/transcription")).Ok().Text("base_url").ShouldBe("https://voice.example.com/v1/");
        (await relais.Facts.Count("SELECT count(*) FROM ai_transcription WHERE sealed_key LIKE '%secret%'")).ShouldBe(0);
        (await agent.Get("/api/ai/transcription")).Refused(403, "forbidden");
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Get("/api/ai/transcription")).Ok().Text("source").ShouldBe("none");
        (await admin.Send(HttpMethod.Delete, "/api/ai/transcription")).Ok().Text("source").ShouldBe("none");
    }

    /// <summary>Of an installation that sends voice notes to this server.</summary>
    internal static Dictionary<string, string> Settings(FileProvider voice) => new(StringComparer.Ordinal)
    {
        ["TRANSCRIPTION_BASE_URL"] = $"{voice.Url}v1", ["TRANSCRIPTION_MODEL"] = "whisper-1",
    };

    private static Task<RelaisHost> Start(DatabaseKind kind, FileProvider voice) => RelaisHost.Start(kind, Settings(voice));

    private static async Task<ApiAnswer> Put(DeskClient who, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return await who.Send(HttpMethod.Put, "/api/ai/transcription", body);
    }

    private static Task Fail(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync("{}");
    }
}
