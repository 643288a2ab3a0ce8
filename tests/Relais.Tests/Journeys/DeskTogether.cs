using System.Text.Json;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What colleagues do beside each other: labels, notes, who looks, many at once, lists with a name.</summary>
public sealed class DeskTogether
{
    [Theory, OnEveryDatabase]
    public async Task Labels_notes_and_viewers_are_seen_by_colleagues_at_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var camille = await DeskClient.SignIn(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        var id = await Opened(relais, camille, "+33611110751");
        using var feed = await LiveFeedReader.Open(relais, lina);

        var vip = (await lina.Post("/api/labels", new { name = "VIP", color = "#FF0000" })).Ok().Body;
        vip.Text("color").ShouldBe("#ff0000");
        var label = vip.GetProperty("id").GetInt64();
        (await lina.Post("/api/labels", new { name = "vip" })).Refused(409, "label_exists");
        (await lina.Post("/api/labels", new { name = "x", color = "red" })).Wrong("color");
        (await lina.Act(id, "labels", new { add = new[] { label } })).Ok();
        (await lina.Act(id, "labels", new { add = new[] { 987654321L } })).Wrong("add");
        (await camille.Conversation(id)).GetProperty("labels").EnumerateArray().Select(l => l.GetInt64()).ShouldBe([label]);
        (await Ids(camille, $"view=all&label={label}")).ShouldBe([id]);
        (await camille.Get("/api/conversations/counts?label=987654321")).Ok().Text("all").ShouldBe("0");
        var contact = (await camille.Conversation(id)).Text("contact_id");
        (await camille.Post($"/api/contacts/{contact}/labels", new { add = new[] { label } })).Ok().Body.GetProperty("labels").GetArrayLength().ShouldBe(1);
        (await camille.Patch($"/api/conversations/{id}", new { priority = 3 })).Ok();
        (await camille.Patch($"/api/conversations/{id}", new { priority = 9 })).Wrong("priority");
        (await camille.Act(id, "read")).Ok();
        (await camille.Act(id, "unread")).Ok();
        var row = await camille.Conversation(id);
        (row.Text("priority"), row.Text("unread")).ShouldBe(("3", "1"));

        var note = (await lina.Act(id, "notes", new { message = "À rappeler @Camille", mentions = new[] { camille.AgentId } })).Ok().Body;
        (await That(feed, "note.created")).GetProperty("note").Text("message").ShouldBe("À rappeler @Camille");
        (await camille.Get($"/api/conversations/{id}/notes")).Ok().Body.GetProperty("items")[0].Text("agent_name").ShouldBe("Lina");
        (await lina.Act(id, "notes", new { message = "x", mentions = new[] { 987654321L } })).Wrong("mentions");
        var own = (await camille.Act(id, "notes", new { message = "Fait." })).Ok().Body.Text("id");
        (await lina.Send(HttpMethod.Delete, $"/api/notes/{own}")).Refused(403, "forbidden");
        (await camille.Send(HttpMethod.Delete, $"/api/notes/{note.Text("id")}")).Ok();
        (await That(feed, "note.deleted")).GetProperty("note").Text("message").ShouldBeEmpty();
        (await camille.Get($"/api/conversations/{id}/notes")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);

        // Only what others would see is told; whoever falls silent is gone.
        (await camille.Act(id, "viewing", new { state = "viewing" })).Ok();
        (await That(feed, "viewers.updated")).GetProperty("viewers")[0].Text("name").ShouldBe("Camille");
        (await camille.Act(id, "viewing", new { state = "viewing" })).Ok();
        (await camille.Act(id, "viewing", new { state = "typing" })).Ok();
        (await That(feed, "viewers.updated")).GetProperty("viewers")[0].Text("state").ShouldBe("typing");
        (await camille.Act(id, "viewing", new { state = "asleep" })).Wrong("state");
        relais.Clock.Advance(TimeSpan.FromSeconds(41));
        (await That(feed, "viewers.updated")).GetProperty("viewers").GetArrayLength().ShouldBe(0);
        (await camille.Conversation(id)).GetProperty("viewers").GetArrayLength().ShouldBe(0);

        (await camille.Send(HttpMethod.Delete, $"/api/labels/{label}")).Ok();
        (await camille.Conversation(id)).GetProperty("labels").GetArrayLength().ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task Many_at_once_each_by_its_own_rules_and_lists_with_a_name(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var owner = await DeskClient.SignIn(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        var (one, two) = (await Opened(relais, owner, "+33611110761"), await Opened(relais, owner, "+33611110762"));
        (await Bulk(owner, new { ids = new[] { one, two, 987654321L }, action = "assign", agent_id = lina.AgentId })).ShouldBe($"{one},{two} not_found");
        (await Ids(lina, "view=mine")).ShouldBe([one, two], ignoreOrder: true);
        (await Bulk(owner, new { ids = new[] { one, two }, action = "snooze", until = relais.Clock.GetUtcNow().AddHours(1) })).ShouldBe($"{one},{two} ");
        (await owner.Act(one, "close")).Ok();
        (await Bulk(owner, new { ids = new[] { one, two }, action = "close" })).ShouldBe($"{two} conversation_closed");
        (await Bulk(lina, new { ids = new[] { one }, action = "reopen" })).ShouldBe($"{one} ");
        (await owner.Post("/api/conversations/bulk", new { ids = new[] { one }, action = "dance" })).Wrong("action");
        (await owner.Post("/api/conversations/bulk", new { ids = Array.Empty<long>(), action = "close" })).Wrong("ids");
        (await owner.Post("/api/conversations/bulk", new { ids = new[] { one }, action = "label" })).Wrong("label_id");

        var mine = (await lina.Post("/api/views", new { name = "Mes urgences", filter = new { view = "mine", priority = 3 } })).Ok().Body.Text("id");
        (await lina.Post("/api/views", new { name = "Pour tous", is_shared = true })).Refused(403, "forbidden");
        var shared = (await owner.Post("/api/views", new { name = "Pour tous", is_shared = true, filter = new { view = "unassigned" } })).Ok().Body.Text("id");
        (await lina.Get("/api/views")).Ok().Body.GetProperty("items").EnumerateArray().Select(v => v.Text("name")).ShouldBe(["Mes urgences", "Pour tous"]);
        (await owner.Get("/api/views")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await lina.Patch($"/api/views/{mine}", new { name = "Urgences" })).Ok().Text("name").ShouldBe("Urgences");
        (await owner.Send(HttpMethod.Delete, $"/api/views/{mine}")).Refused(404, "not_found");
        (await lina.Send(HttpMethod.Delete, $"/api/views/{shared}")).Refused(403, "forbidden");
        (await lina.Send(HttpMethod.Delete, $"/api/views/{mine}")).Ok();
        await relais.Settled();
    }

    private static async Task<string> Bulk(DeskClient desk, object body)
    {
        var answer = (await desk.Post("/api/conversations/bulk", body)).Ok().Body;
        return string.Join(',', answer.GetProperty("done").EnumerateArray().Select(d => d.GetInt64()).Order()) + " "
            + string.Join(',', answer.GetProperty("refused").EnumerateArray().Select(r => r.Text("code")));
    }

    private static async Task<JsonElement> That(LiveFeedReader feed, string type)
    {
        while (true)
        {
            if (await feed.Next() is { } told && told.Type == type)
            {
                return told.Data;
            }
        }
    }

    private static async Task<List<long>> Ids(DeskClient desk, string query) =>
        [.. (await desk.Get($"/api/conversations?{query}")).Ok().Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64())];

    private static async Task<long> Opened(RelaisHost relais, DeskClient desk, string phone)
    {
        var chat = relais.Chat(relais.Meta, phone);
        await chat.Says("Quels sont vos horaires d'ouverture ?");
        await chat.Hears();
        return await desk.ConversationWith(chat.Phone);
    }
}
