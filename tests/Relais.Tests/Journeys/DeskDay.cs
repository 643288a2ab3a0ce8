using System.Text.Json;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What comes due at the desk by itself, under a clock that the test moves.</summary>
public sealed class DeskDay
{
    private const string Wait = "Votre message a été reçu. Un agent vous répondra sous peu.";

    [Theory, OnEveryDatabase]
    public async Task What_is_put_aside_comes_back_in_time_or_when_the_customer_writes(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (chat, id) = await Opened(relais, desk, "+33611110711");
        (await desk.Act(id, "take-over")).Ok();
        await chat.Hears("Camille");

        (await desk.Act(id, "snooze", new { until = relais.Clock.GetUtcNow().AddHours(2) })).Ok();
        (await desk.Conversation(id)).Text("snoozed_until").ShouldNotBeEmpty();
        (await Ids(desk, "view=mine")).ShouldBeEmpty();
        (await Ids(desk, "status=snoozed")).ShouldBe([id]);
        (await Ids(desk, "status=open")).ShouldBe([id]);
        relais.Clock.Advance(TimeSpan.FromHours(2));
        await IsBack(desk, id);

        (await desk.Act(id, "snooze", new { until = relais.Clock.GetUtcNow().AddDays(3) })).Ok();
        await chat.Says("J'oubliais : et le samedi ?");
        await IsBack(desk, id);
        await chat.HearsNoMore();
        (await desk.Conversation(id)).Text("agent_name").ShouldBe("Camille", "who had it has it");

        // Closed and opened again for whoever asks; not beside a newer one.
        (await desk.Act(id, "close")).Ok();
        await chat.Hears("clôturée");
        (await desk.Act(id, "reopen")).Ok().Text("status").ShouldBe("transferred");
        (await desk.Act(id, "close")).Ok();
        await chat.Hears("clôturée");
        await chat.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");
        (await desk.Act(id, "reopen")).Refused(409, "newer_conversation");
        (await desk.Act(id, "snooze", new { until = relais.Clock.GetUtcNow().AddHours(2) })).Refused(409, "conversation_closed");
        (await Events(desk, id)).ShouldBe(
            ["taken_over", "snoozed", "unsnoozed its time has come", "snoozed", "unsnoozed the customer wrote", "closed", "reopened", "closed"]);
        (await desk.Act(id, "snooze", new { until = "2020-01-01T00:00:00Z" })).Wrong("until");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task The_waiting_text_is_said_once_a_wait_and_never_after_a_person_answered(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (chat, id) = await Opened(relais, desk, "+33611110721", "Je veux parler à un conseiller");
        await chat.HearsNoMore();
        await chat.Asks("Vous êtes là ?", Wait);
        await chat.Says("Allô ?");
        await chat.HearsNoMore();
        (await desk.Act(id, "send", new { message = "Me voici." })).Ok();
        await chat.Hears("Me voici.");
        await chat.Says("Ah, quels sont vos horaires d'ouverture ?");
        await chat.HearsNoMore();

        // A new hand-off, a new wait; whoever takes it tells the customer, and so there is nothing to wait for.
        (await desk.Act(id, "release")).Ok();
        await chat.Hears();
        (await desk.Act(id, "handoff", new { reason = "vip" })).Ok();
        (await desk.Act(id, "take-over")).Ok();
        await chat.Hears("Camille");
        await chat.Says("Quels sont vos délais de livraison ?");
        await chat.HearsNoMore();

        // In the business's own words, or not at all.
        (await desk.Put("/api/automatic-messages", new { messages = new[]
        {
            new { name = "waiting", texts = new { fr = "Patience, dit {business}." } }, new { name = "closed", texts = new { fr = "" } },
        } })).Ok();
        (await desk.Put("/api/automatic-messages", new { messages = new[] { new { name = "waiting", texts = new { fr = "{agent}" } } } })).Wrong("messages[0].texts.fr");
        (await desk.Put("/api/automatic-messages", new { messages = new[] { new { name = "not_understood", texts = new { fr = "" } } } })).Wrong("messages[0].texts.fr");
        (await desk.Act(id, "close")).Ok().Text("message_id").ShouldBeEmpty();
        await chat.Asks("Je veux parler à un conseiller", "équipe");
        await chat.Asks("Vous êtes là ?", "Patience, dit Beyond Express.");
        await chat.HearsNoMore();
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task It_goes_back_to_the_agent_after_a_while_or_at_closing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        var (chat, id) = await Opened(relais, desk, "+33611110731");
        (await desk.Act(id, "release", new { after_minutes = 60 })).Wrong("at");
        (await desk.Act(id, "take-over")).Ok();
        await chat.Hears("Camille");
        (await desk.Act(id, "release", new { after_minutes = 240 })).Ok().Text("status").ShouldBe("transferred");
        (await desk.Conversation(id)).Text("release_at").ShouldNotBeEmpty();
        relais.Clock.Advance(TimeSpan.FromHours(3));
        await chat.Says("Quels sont vos horaires d'ouverture ?");
        await chat.HearsNoMore();
        relais.Clock.Advance(TimeSpan.FromHours(1));
        await chat.Hears("du lundi au samedi");
        (await desk.Conversation(id)).Text("assignee").ShouldBe("ai_agent");

        // Whoever takes it over has plans of their own.
        (await desk.Act(id, "take-over")).Ok();
        (await desk.Act(id, "release", new { at = relais.Clock.GetUtcNow().AddHours(1) })).Ok();
        (await lina.Act(id, "take-over")).Ok();
        (await lina.Act(id, "release", new { on_close = true })).Ok();
        var row = await desk.Conversation(id);
        (row.Text("release_at"), row.Text("release_on_close")).ShouldBe(("", "True"));
        relais.Clock.Advance(TimeSpan.FromHours(2));
        await relais.Settled();
        (await desk.Conversation(id)).Text("agent_name").ShouldBe("Lina");
        (await desk.Act(id, "close")).Ok();
        (await Events(desk, id))[^2..].ShouldBe(["closed", "released at closing"]);
        (await desk.Act(id, "release", new { on_close = true, after_minutes = 1 })).Wrong("at");
    }

    [Theory, OnEveryDatabase]
    public async Task A_hand_off_that_nobody_answers_is_passed_on_and_then_waits_in_the_queue(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        using var omar = await DeskClient.SignIn(relais, "Omar", Roles.Agent);
        (await owner.Post("/api/teams", new { name = "Support", is_default = true, members = new[] { lina.AgentId, omar.AgentId } })).Ok();
        (await owner.Patch("/api/tenant", new { reassign_minutes = 5 })).Ok().Text("reassign_minutes").ShouldBe("5");
        (await owner.Patch("/api/tenant", new { reassign_minutes = -1 })).Wrong("reassign_minutes");
        await Present(lina, omar);
        var (chat, id) = await Opened(relais, owner, "+33611110741", "Je veux parler à un conseiller");
        var first = (await owner.Conversation(id)).Text("agent_id");
        var (holder, other) = first == lina.AgentId.ToString() ? (lina, omar) : (omar, lina);

        await Later(relais, holder, other);
        await Has(owner, id, "agent", other.AgentId.ToString());
        await Later(relais, other);
        await Has(owner, id, "team", "");
        await Present(other);
        (await owner.Conversation(id)).Text("assignee").ShouldBe("team", "it does not go back by itself to who let it lie");
        await Present(holder);
        await Has(owner, id, "agent", holder.AgentId.ToString());

        // Answered, it stays.
        (await holder.Act(id, "send", new { message = "Bonjour, me voici." })).Ok();
        await chat.Hears("Bonjour, me voici.");
        await Later(relais, lina, omar);
        await relais.Settled();
        await Has(owner, id, "agent", holder.AgentId.ToString());
        await relais.Settled();
    }

    private static async Task Later(RelaisHost relais, params DeskClient[] there)
    {
        // Whoever is there says so before it comes due; the others have been silent for too long by then.
        relais.Clock.Advance(TimeSpan.FromMinutes(4));
        await Present(there);
        relais.Clock.Advance(TimeSpan.FromSeconds(65));
    }

    private static async Task Present(params DeskClient[] people)
    {
        foreach (var one in people)
        {
            (await one.Put("/api/presence", new { state = "online" })).Ok();
        }
    }

    private static Task Has(DeskClient desk, long id, string assignee, string agent) => Eventually.Holds(async () =>
    {
        var row = await desk.Conversation(id);
        return (row.Text("assignee"), row.Text("agent_id")) == (assignee, agent);
    }, $"{assignee} {agent} has the conversation");

    private static Task IsBack(DeskClient desk, long id) => Eventually.Holds(
        async () => (await Ids(desk, "view=mine")).Contains(id) && (await desk.Conversation(id)).Text("snoozed_until").Length == 0, "it is back among the open ones");

    private static async Task<List<string>> Events(DeskClient desk, long id) =>
        [.. (await desk.Get($"/api/conversations/{id}/events")).Ok().Body.GetProperty("items").EnumerateArray().Select(e =>
            e.Text("type") is "snoozed" ? "snoozed" : $"{e.Text("type")} {e.Text("detail")}".Trim())];

    private static async Task<List<long>> Ids(DeskClient desk, string query) =>
        [.. (await desk.Get($"/api/conversations?{query}")).Ok().Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64())];

    private static async Task<(ChatScript Chat, long Id)> Opened(RelaisHost relais, DeskClient desk, string phone, string text = "Quels sont vos horaires d'ouverture ?")
    {
        var chat = relais.Chat(relais.Meta, phone);
        await chat.Says(text);
        await chat.Hears();
        return (chat, await desk.ConversationWith(chat.Phone));
    }
}
