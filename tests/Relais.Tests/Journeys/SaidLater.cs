using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Messages that leave later, or in some seconds so that they can be taken back.</summary>
public sealed class SaidLater
{
    [Theory, OnEveryDatabase]
    public async Task A_message_can_be_taken_back_for_some_seconds_and_the_bot_is_silent_meanwhile(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611110721");
        await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456");
        await relais.Settled();
        var id = await desk.ConversationWith(chat.Phone);
        using var live = await LiveFeedReader.Open(relais, desk);

        var undone = (await desk.Act(id, "scheduled", new { message = "Trop tôt", delay_seconds = 60 })).Ok();
        (undone.Status, undone.Text("state"), undone.Text("agent_name")).ShouldBe((201, "waiting", "Camille"));
        (await desk.Conversation(id)).Text("assignee").ShouldBe("agent", "writing is taking over");
        var told = await live.Until(e => e.Type == "scheduled.updated");
        told[^1].Data.GetProperty("scheduled").Text("id").ShouldBe(undone.Text("id"));
        (await desk.Send(HttpMethod.Delete, $"/api/scheduled-messages/{undone.Text("id")}")).Ok();
        (await desk.Send(HttpMethod.Delete, $"/api/scheduled-messages/{undone.Text("id")}")).Ok();
        (await desk.Get($"/api/conversations/{id}/scheduled")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);

        var sent = (await desk.Act(id, "scheduled", new { message = "Bonjour, je regarde", delay_seconds = 1 }, "k")).Ok();
        (await desk.Act(id, "scheduled", new { message = "Bonjour, je regarde", delay_seconds = 1 }, "k")).Ok().Text("id").ShouldBe(sent.Text("id"));
        await chat.Says("Vous êtes là ?");
        await chat.Hears("Bonjour, je regarde");
        await chat.HearsNoMore();
        var message = await desk.MessageThat(id, m => m.Text("message") == "Bonjour, je regarde", "it is in the thread");
        message.Text("author").ShouldBe("concierge");
        (await desk.Conversation(id)).Text("waiting_since").ShouldNotBeEmpty("what the customer wrote after it still waits");
        (await desk.Send(HttpMethod.Delete, $"/api/scheduled-messages/{sent.Text("id")}")).Refused(409, "already_sent");
        (await relais.Facts.Count("SELECT message_id FROM scheduled_message WHERE state = 1")).ShouldBe(message.GetProperty("id").GetInt64());

        (await desk.Act(id, "scheduled", new { message = "x" })).Wrong("at");
        (await desk.Act(id, "scheduled", new { message = "x", delay_seconds = 61 })).Wrong("delay_seconds");
        (await desk.Act(id, "scheduled", new { message = "x", at = "2020-01-01T00:00:00Z" })).Wrong("at");
        (await desk.Act(id, "scheduled", new { delay_seconds = 5 })).Wrong("message");
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Act(id, "scheduled", new { delay_seconds = 5 })).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task A_scheduled_message_outlives_a_restart_keeps_to_the_clock_and_leaves_a_colleague_in_charge(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var colleague = await DeskClient.SignIn(relais, "Nadia");
        var chat = relais.Chat(relais.Meta, "+33611110722");
        await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456");
        await relais.Settled();
        var id = await desk.ConversationWith(chat.Phone);
        var inTwoHours = relais.Clock.GetUtcNow().AddHours(2);
        var planned = (await desk.Act(id, "scheduled", new { message = "Votre colis part ce soir", at = inTwoHours, take_over = false })).Ok();
        (await desk.Conversation(id)).Text("assignee").ShouldBe("ai_agent");
        (await desk.Act(id, "scheduled", new { message = "Trop tard", at = inTwoHours.AddHours(23) })).Refused(422, "window_will_close");
        (await desk.Patch($"/api/scheduled-messages/{planned.Text("id")}", new { at = inTwoHours.AddHours(23) })).Refused(422, "window_will_close");
        (await desk.Patch($"/api/scheduled-messages/{planned.Text("id")}", new { at = inTwoHours.AddMinutes(30) })).Ok();
        (await desk.Act(id, "scheduled", new { message = "Il arrive demain", at = inTwoHours.AddMinutes(31), take_over = false })).Ok();
        var now = (await desk.Act(id, "scheduled", new { message = "Tout de suite", at = inTwoHours, take_over = false })).Ok();
        (await desk.Get("/api/scheduled-messages")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(3);
        (await desk.Post($"/api/scheduled-messages/{now.Text("id")}/send-now")).Ok().Text("state").ShouldBe("sent");
        (await desk.Post($"/api/scheduled-messages/{now.Text("id")}/send-now")).Refused(409, "already_sent");
        await chat.Hears("Tout de suite");
        (await colleague.Act(id, "take-over")).Ok();
        await chat.Hears("Nadia");

        await relais.StopServer();
        await relais.StartServer();
        await chat.HearsNoMore();
        relais.Clock.Advance(TimeSpan.FromHours(2.6));
        await chat.Hears("Votre colis part ce soir");
        await chat.Hears("Il arrive demain");
        await chat.HearsNoMore();
        (await desk.Conversation(id)).GetProperty("agent_id").GetInt64().ShouldBe(colleague.AgentId);
        (await desk.Messages(id)).Last().GetProperty("agent_id").GetInt64().ShouldBe(desk.AgentId);
    }

    [Theory, OnEveryDatabase]
    public async Task What_cannot_leave_when_its_time_comes_is_kept_with_the_reason(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611110723");
        await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456");
        await relais.Settled();
        var id = await desk.ConversationWith(chat.Phone);
        var planned = (await desk.Act(id, "scheduled", new { message = "Bonne nouvelle", at = relais.Clock.GetUtcNow().AddHours(1) })).Ok();
        var contact = (await desk.Conversation(id)).GetProperty("contact_id").GetInt64();
        (await desk.Post($"/api/contacts/{contact}/block", new { reason = "insultes" })).Ok();
        relais.Clock.Advance(TimeSpan.FromHours(1.1));

        System.Text.Json.JsonElement refused = default;
        await Eventually.Holds(async () =>
        {
            refused = (await desk.Get($"/api/conversations/{id}/scheduled")).Ok().Body.GetProperty("items")[0];
            return refused.Text("state") == "refused";
        }, "it is refused in front of people");
        (refused.Text("id"), refused.Text("problem_code")).ShouldBe((planned.Text("id"), "contact_blocked"));
        refused.Text("problem").ShouldNotBeEmpty();
        await chat.HearsNoMore();

        (await desk.Post($"/api/scheduled-messages/{planned.Text("id")}/send-now")).Refused(409, "contact_blocked");
        (await desk.Post($"/api/contacts/{contact}/unblock")).Ok();
        (await desk.Post($"/api/scheduled-messages/{planned.Text("id")}/send-now")).Ok().Text("state").ShouldBe("sent");
        await chat.Hears("Bonne nouvelle");
        await chat.HearsNoMore();
    }
}
