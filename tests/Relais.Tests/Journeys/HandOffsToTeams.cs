using System.Text.Json;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A hand-off goes to the right team, to somebody who is there, or waits for one; a colleague reads in their own language what it is about.</summary>
public sealed class HandOffsToTeams
{
    [Theory, OnEveryDatabase]
    public async Task It_goes_to_an_online_member_with_room_or_waits_in_the_queue(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        using var omar = await DeskClient.SignIn(relais, "Omar", Roles.Agent);
        var support = (await owner.Post("/api/teams", new { name = "Support", is_default = true, members = new[] { lina.AgentId, omar.AgentId } })).Ok().Body.GetProperty("id").GetInt64();
        var orders = (await owner.Post("/api/teams", new { name = "Commandes", reasons = new[] { "order_not_found" }, topics = new[] { "facture" } })).Ok().Body.GetProperty("id").GetInt64();

        // Nobody is there: it waits for its team.
        var first = await HandedOff(relais, owner, "+33611110301", "Je veux parler à un conseiller");
        (first.Text("assignee"), first.Text("agent_id"), first.Text("team_id")).ShouldBe(("team", "", support.ToString()));

        // Somebody comes: the queue is theirs first, as far as they have room. Then whoever has least, and writes the language.
        (await lina.Put("/api/presence", new { state = "online", capacity = 2, languages = new[] { "fr" } })).Ok().Body.Text("load").ShouldBe("1");
        (await owner.Conversation(first.GetProperty("id").GetInt64())).Text("agent_id").ShouldBe(lina.AgentId.ToString());
        (await omar.Put("/api/presence", new { state = "online", languages = new[] { "en", "ar" } })).Ok();
        (await HandedOff(relais, owner, "+33611110302", "Je veux parler à un conseiller")).Text("agent_id").ShouldBe(lina.AgentId.ToString(), "Omar writes no French");
        (await HandedOff(relais, owner, "+33611110303", "Je veux parler à un conseiller")).Text("agent_id").ShouldBe(omar.AgentId.ToString(), "Lina has no room left");
        (await omar.Put("/api/presence", new { state = "busy" })).Ok();
        (await HandedOff(relais, owner, "+447711110304", "I want to talk to a person")).Text("assignee").ShouldBe("team");

        // By what the customer wrote, by the reason; nobody is in that team.
        (await HandedOff(relais, owner, "+33611110305", "Je veux parler à un conseiller pour ma facture")).Text("team_id").ShouldBe(orders.ToString());
        (await HandedOff(relais, owner, "+33611110306", "Où est ma commande TRK999999 ?")).Text("team_id").ShouldBe(orders.ToString());
        (await relais.Facts.Count("SELECT count(*) FROM conversation_event WHERE type = 'assigned'")).ShouldBe(7);

        // Whoever falls silent is away.
        relais.Clock.Advance(TimeSpan.FromSeconds(91));
        (await owner.Get("/api/presence")).Ok().Body.GetProperty("items").EnumerateArray().Select(p => p.Text("state")).ShouldAllBe(s => s == "away");
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Teams_are_kept_and_a_conversation_is_given_by_hand(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        var one = (await owner.Post("/api/teams", new { name = "Un", is_default = true, members = new[] { lina.AgentId } })).Ok().Body.GetProperty("id").GetInt64();
        var two = (await owner.Post("/api/teams", new { name = "Deux" })).Ok().Body.GetProperty("id").GetInt64();
        (await owner.Patch($"/api/teams/{two}", new { is_default = true, topics = new[] { "retour" } })).Ok().Body.Text("name").ShouldBe("Deux");
        (await owner.Get("/api/teams")).Ok().Body.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("is_default").GetBoolean()).ShouldBe([false, true]);
        (await owner.Post("/api/teams", new { name = "Trois", members = new[] { 987654321L } })).Wrong("members");
        (await owner.Post("/api/teams", new { })).Wrong("name");
        (await lina.Post("/api/teams", new { name = "Trois" })).Refused(403, "forbidden");
        (await lina.Put("/api/presence", new { state = "asleep" })).Wrong("state");

        var chat = relais.Chat(relais.Meta, "+33611110311");
        await chat.Asks("Bonjour", "Bonjour");
        var id = await owner.ConversationWith(chat.Phone);
        (await owner.Act(id, "assign", new { agent_id = lina.AgentId })).Ok();
        var given = await owner.Conversation(id);
        (given.Text("assignee"), given.Text("agent_id"), given.Text("status")).ShouldBe(("agent", lina.AgentId.ToString(), "transferred"));
        await chat.Says("Vous êtes là ?");
        await chat.HearsNoMore();
        (await owner.Act(id, "assign", new { team_id = one })).Ok();
        (await owner.Conversation(id)).Text("assignee").ShouldBe("team");
        (await owner.Act(id, "assign", new { })).Wrong("agent_id");
        (await owner.Act(id, "assign", new { agent_id = 987654321L })).Wrong("agent_id");
        (await owner.Send(HttpMethod.Delete, $"/api/teams/{one}")).Ok();
        var left = await owner.Conversation(id);
        (left.Text("assignee"), left.Text("team_id")).ShouldBe(("nobody", ""));
        (await owner.Act(id, "release")).Ok();
        await chat.Hears("");

        // By hand to people in general: the default team gets it.
        (await owner.Act(id, "handoff", new { reason = "vip" })).Ok();
        (await owner.Conversation(id)).Text("team_id").ShouldBe(two.ToString());
    }

    [Theory, OnEveryDatabase]
    public async Task A_summary_says_what_was_asked_in_the_readers_language(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611110321");
        await chat.Asks("Bonjour", "Bonjour");
        await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456");
        await chat.Asks("Mon colis est arrivé cassé, je veux parler à un conseiller", "équipe");
        var id = await desk.ConversationWith(chat.Phone);
        relais.Clock.Advance(TimeSpan.FromMinutes(12));
        var french = (await desk.Get($"/api/conversations/{id}/summary")).Ok().Body;
        french.Text("text").ShouldBe("""
            Sujet : une réclamation
            Commandes : TRK123456
            Demandé : « Où est ma commande TRK123456 ? » / « Mon colis est arrivé cassé, je veux parler à un conseiller »
            Langue du client : français
            Raison du transfert : le client a demandé une personne
            Attend depuis : 12 min
            """);
        (french.Text("by"), french.Text("intent"), french.Text("handoff_reason")).ShouldBe(("rule", "complaint", "customer_asked"));
        (await desk.Get($"/api/conversations/{id}/summary?language=ar")).Ok().Body.Text("text").ShouldContain("سبب التحويل: طلب العميل التحدث مع شخص");
        (await desk.Get($"/api/conversations/{id}/summary?language=en")).Ok().Body.Text("text").ShouldContain("Waiting for: 12 min");
        (await desk.Get($"/api/conversations/{id}/summary?language=xx")).Wrong("language");
        (await desk.Get("/api/conversations/987654321/summary?language=xx")).Refused(404, "not_found");
    }

    private static async Task<JsonElement> HandedOff(RelaisHost relais, DeskClient desk, string phone, string text)
    {
        var chat = relais.Chat(relais.Meta, phone);
        await chat.Says(text);
        await chat.Hears();
        return await desk.Conversation(await desk.ConversationWith(chat.Phone));
    }
}
