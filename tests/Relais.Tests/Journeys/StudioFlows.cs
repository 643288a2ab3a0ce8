using System.Text.Json;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>System B's Twilio Studio flow, moved over: its callbacks work as documented and Relais's own engine stays silent.</summary>
public sealed class StudioFlows
{
    private const string Customer = "+212600000051";
    private static readonly Dictionary<string, string> Settings = new() { ["RELAIS_STUDIO_TOKEN"] = "studio-token" };

    [Theory, OnEveryDatabase]
    public async Task A_message_from_Studio_opens_a_conversation_and_is_answered_as_documented(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, Settings);
        using var desk = await DeskClient.SignIn(relais);
        using var studio = Studio(relais);
        var answer = await Incoming(studio, "mercedes", "SM1");
        answer.Body.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Text("phone_number").ShouldBe(Customer);
        answer.Text("current_menu").ShouldBe("main_menu");
        answer.Text("profile_name").ShouldBe("John Doe");
        answer.Text("message").ShouldBe("mercedes");
        answer.Text("session_id").ShouldNotBeEmpty();
        answer.Body.GetProperty("is_client").GetBoolean().ShouldBeFalse();
        answer.Body.GetProperty("agent_mode").GetBoolean().ShouldBeFalse();

        var again = await SignedForm(relais, "/api/twilio/incoming", ("From", "whatsapp:" + Customer), ("Body", "1"), ("MessageSid", "SM2"), ("ProfileName", "John Doe"));
        again.Ok().Text("conversation_id").ShouldBe(answer.Text("conversation_id"));
        again.Text("session_id").ShouldBe(answer.Text("session_id"));
        (await Incoming(studio, "1", "SM2")).Text("conversation_id").ShouldBe(answer.Text("conversation_id"));
        var id = long.Parse(answer.Text("conversation_id"));
        await Task.Delay(PhoneScreen.Silence);
        (await desk.Messages(id)).Select(m => m.Text("content")).ShouldBe(["mercedes", "1"], "the second call of the same message has no effect");
        (await desk.Conversation(id)).Text("assignee").ShouldBe("flow");
        relais.Simulator.AcceptedTotal.ShouldBe(0, "the engine stays silent");
    }

    [Theory, OnEveryDatabase]
    public async Task Plain_Twilio_gets_TwiML_and_strangers_get_nothing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, Settings);
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.Anonymous(relais);
        (await nobody.Post("/api/twilio/incoming", new { From = "whatsapp:" + Customer, Body = "x", MessageSid = "SM9" })).Refused(403, "bad_signature");
        (await nobody.Post("/api/twilio/incoming?token=wrong", new { From = "whatsapp:" + Customer, Body = "x", MessageSid = "SM9" })).Refused(403, "bad_signature");
        foreach (var verb in new[] { "menu-choice", "free-input", "agent-transfer", "complete" })
        {
            (await nobody.Post("/api/twilio/" + verb, new { conversation_id = 1 })).Refused(403, "bad_signature");
        }

        (await relais.Database.Read(Relais.Storage.Scope.Directory, tx => tx.QueryFirst<long>("SELECT count(*) FROM received_webhook"))).ShouldBe(0);
        var plain = await SignedForm(relais, "/api/twilio/incoming", ("From", "whatsapp:" + Customer), ("To", "whatsapp:+33100000002"),
            ("AccountSid", "ACtest"), ("Body", "Où est ma commande TRK123456 ?"), ("MessageSid", "SM10"));
        plain.Status.ShouldBe(200);
        (await plain.Response.Content.ReadAsStringAsync()).ShouldContain("<Response/>");
        plain.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/xml");
        var phone = relais.Simulator.Phone(Customer);
        await Eventually.Holds(() => Task.FromResult(relais.Simulator.AcceptedTotal == 1 || phone.Received(relais.Twilio).Count == 1), "the engine answers plain Twilio");
    }

    [Theory, OnEveryDatabase]
    public async Task Choices_inputs_transfer_and_completion_are_kept_and_carried_out(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, Settings);
        using var desk = await DeskClient.SignIn(relais);
        using var studio = Studio(relais);
        var id = long.Parse((await Incoming(studio, "mercedes", "SM1")).Text("conversation_id"));

        (await studio.Post("/api/twilio/menu-choice", new { conversation_id = id, menu_choice = "vehicules_neufs", user_input = "1" })).Ok().Text("status").ShouldBe("active");
        (await Incoming(studio, "suite", "SM2")).Text("current_menu").ShouldBe("vehicules_neufs");
        (await studio.Post("/api/twilio/free-input", new { conversation_id = id, user_input = "pas une adresse", widget_name = "collect_email" })).Refused(400, "invalid");
        (await studio.Post("/api/twilio/free-input", new { conversation_id = id, user_input = "jean.dupont@email.com", widget_name = "collect_email" })).Ok();
        var transfer = (await studio.Post("/api/twilio/agent-transfer", new { conversation_id = id, reason = "demande_complexe" })).Ok();
        transfer.Text("status").ShouldBe("transferred");
        transfer.Body.GetProperty("agent_mode").GetBoolean().ShouldBeTrue();
        (await Incoming(studio, "allo ?", "SM3")).Body.GetProperty("agent_mode").GetBoolean().ShouldBeTrue();

        (await desk.Act(id, "take-over")).Ok();
        var ignored = (await studio.Post("/api/twilio/complete", new { conversation_id = id })).Ok();
        ignored.Text("status").ShouldBe("transferred", "a person has it: recorded, changes nothing");
        var conversation = await desk.Conversation(id);
        conversation.Text("agent_id").ShouldBe(desk.AgentId.ToString());
        conversation.Text("handoff_reason").ShouldBe("demande_complexe");
        var events = (await desk.Get($"/api/conversations/{id}/events")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        events.Select(e => e.Text("type")).ShouldBe(["menu_choice", "free_input", "transfer_requested", "handed_off", "taken_over", "completed_by_flow"]);
        events[1].Text("detail").ShouldBe("collect_email: jean.dupont@email.com");
    }

    [Theory, OnEveryDatabase]
    public async Task Completing_closes_with_a_duration_and_other_accounts_conversations_do_not_exist(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, Settings);
        using var desk = await DeskClient.SignIn(relais);
        using var studio = Studio(relais);
        var id = long.Parse((await Incoming(studio, "mercedes", "SM1")).Text("conversation_id"));
        relais.Clock.Advance(TimeSpan.FromMinutes(2));
        var done = (await studio.Post("/api/twilio/complete", new { conversation_id = id })).Ok();
        done.Text("status").ShouldBe("completed");
        done.Body.GetProperty("agent_mode").GetBoolean().ShouldBeFalse();
        (await desk.Conversation(id)).GetProperty("duration").GetInt64().ShouldBeInRange(120, 180);
        (await Incoming(studio, "mercedes", "SM2")).Text("conversation_id").ShouldNotBe(id.ToString());

        var phone = relais.Simulator.Phone("+33611110052");
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Meta, 1);
        var foreign = await desk.ConversationWith(phone);
        foreach (var verb in new[] { "menu-choice", "free-input", "agent-transfer", "complete" })
        {
            (await studio.Post("/api/twilio/" + verb, new { conversation_id = foreign, user_input = "x", menu_choice = "x" })).Refused(404, "not_found");
        }

        (await studio.Post("/api/twilio/complete", new { })).Refused(400, "invalid");
        (await desk.Conversation(foreign)).Text("status").ShouldBe("active");
    }

    private static DeskClient Studio(RelaisHost relais)
    {
        var studio = DeskClient.Anonymous(relais);
        studio.Http.DefaultRequestHeaders.Add("X-Relais-Token", "studio-token");
        return studio;
    }

    private static async Task<ApiAnswer> Incoming(DeskClient studio, string body, string sid) => (await studio.Post(
        "/api/twilio/incoming", new { From = "whatsapp:" + Customer, Body = body, MessageSid = sid, ProfileName = "John Doe" })).Ok();

    internal static async Task<ApiAnswer> SignedForm(RelaisHost relais, string path, params (string Name, string Value)[] fields)
    {
        using var twilio = DeskClient.Anonymous(relais);
        var url = new Uri(relais.Url, path).ToString();
        twilio.Http.DefaultRequestHeaders.Add(TwilioSignature.Header, TwilioSignature.Of(
            relais.Twilio.Secret, url, fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return await twilio.PostForm(path, fields);
    }
}
