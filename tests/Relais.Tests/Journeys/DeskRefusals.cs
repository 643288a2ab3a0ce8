using System.Net;
using System.Net.Http.Json;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What the desk must not do, and says so; what it does once however often it is asked.</summary>
public sealed class DeskRefusals
{
    [Theory, OnEveryDatabase]
    public async Task Nothing_is_sent_a_day_after_the_customers_last_message(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk);
        relais.Clock.Advance(TimeSpan.FromHours(25));

        var refused = await desk.Act(id, "send", new { message = "Encore là ?" });
        refused.Refused(409, "window_closed");
        refused.Body.GetProperty("templates").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
        (await desk.Conversation(id)).Text("assignee").ShouldBe("ai_agent", "a refused send takes nothing over");
        (await desk.Act(id, "take-over")).Ok().Text("message_id").ShouldBeEmpty();
        (await desk.Act(id, "close")).Ok().Text("message_id").ShouldBeEmpty();
        await Task.Delay(PhoneScreen.Silence);
        phone.Received(relais.Meta).Count.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task Nothing_is_sent_to_a_customer_who_opted_out_until_they_write_again(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk);
        await phone.Say(relais.Meta, "STOP");
        await phone.Receives(relais.Meta, 2);

        (await desk.Act(id, "send", new { message = "Une offre !" })).Refused(409, "opted_out");
        await phone.Say(relais.Meta, "Bonjour, une question");
        await phone.Receives(relais.Meta, 3);
        (await desk.Act(id, "send", new { message = "Je vous écoute." })).Ok();
        await phone.Receives(relais.Meta, 4);
        phone.Received(relais.Meta)[^1].ShouldBe("Je vous écoute.");
    }

    [Theory, OnEveryDatabase]
    public async Task Another_tenants_conversation_does_not_exist(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (_, id) = await Answered(relais, desk);
        using var other = await DeskClient.OfAnotherTenant(relais);

        foreach (var verb in new[] { "take-over", "send", "release", "handoff", "close", "read" })
        {
            (await other.Act(id, verb, new { message = "x" })).Refused(404, "not_found");
        }

        foreach (var path in new[] { "", "/messages", "/events" })
        {
            (await other.Get($"/api/conversations/{id}{path}")).Refused(404, "not_found");
        }

        (await other.Get("/api/conversations")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await other.Post("/api/twilio/send-message", new { phone_number = "+33611110021", message = "x", conversation_id = id })).Refused(404, "not_found");
        (await desk.Conversation(id)).Text("status").ShouldBe("active");
    }

    [Theory, OnEveryDatabase]
    public async Task System_Bs_send_takes_a_bearer_and_only_the_conversations_own_number(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk);
        const string Path = "/api/twilio/send-message";

        (await desk.Post(Path, new { phone_number = "whatsapp:+33611110021", message = "Par l'API", conversation_id = id })).Ok();
        await phone.Receives(relais.Meta, 2);
        phone.Received(relais.Meta)[1].ShouldBe("Par l'API");
        (await desk.Post(Path, new { phone_number = "+33699999999", message = "x", conversation_id = id })).Refused(409, "wrong_number");
        (await desk.Post(Path, new { phone_number = "+33611110021", message = "x" })).Refused(400, "invalid");
        (await desk.Post(Path, new { phone_number = "+33611110021", conversation_id = id })).Refused(400, "invalid");

        using var anonymous = DeskClient.Anonymous(relais);
        (await anonymous.Post(Path, new { phone_number = "+33611110021", message = "x", conversation_id = id })).Refused(401, "unauthorised");

        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = relais.Url };
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await browser.PostAsJsonAsync("/api/auth/login", new { email = "camille@desk.example", password = DeskClient.Password })).EnsureSuccessStatusCode();
        (await browser.GetAsync("/api/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.PostAsJsonAsync(Path, new { phone_number = "+33611110021", message = "x", conversation_id = id }))
            .StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, OnEveryDatabase]
    public async Task The_same_Idempotency_Key_sends_one_message(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk);

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.Act(id, "send", new { message = "Une fois." }, key: "k1")));
        var done = both.Where(a => a.Status == 200).ToList();
        done.Count.ShouldBeGreaterThan(0);
        both.ShouldAllBe(a => a.Status == 200 || a.Code == "idempotency_in_progress");
        done.Select(a => a.Text("message_id")).Distinct().Count().ShouldBe(1);
        var again = (await desk.Act(id, "send", new { message = "Une fois." }, key: "k1")).Ok();
        again.Response.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await desk.Act(id, "send", new { message = "Autre chose." }, key: "k1")).Refused(409, "idempotency_key_reused");
        (await desk.Act(id, "send", new { message = "Deux fois." }, key: "k2")).Ok();
        await phone.Receives(relais.Meta, 3);
        phone.Received(relais.Meta).Skip(1).ShouldBe(["Une fois.", "Deux fois."]);
    }

    private static async Task<(SimulatedPhone Phone, long Conversation)> Answered(RelaisHost relais, DeskClient desk)
    {
        var phone = relais.Simulator.Phone("+33611110021");
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Meta, 1);
        return (phone, await desk.ConversationWith(phone));
    }
}
