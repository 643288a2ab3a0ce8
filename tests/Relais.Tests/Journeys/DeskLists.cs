using System.Text.Json;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Tabs, filters and what a row says.</summary>
public sealed class DeskLists
{
    [Theory, OnEveryDatabase]
    public async Task Tabs_filters_counts_and_pages_agree(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var camille = await DeskClient.SignIn(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        var mine = await Opened(relais, camille, "+33611110701");
        (await camille.Act(mine, "take-over")).Ok();
        (await camille.Act(mine, "send", new { message = "Je regarde." })).Ok();
        var linas = await Opened(relais, camille, "+33611110702");
        (await lina.Act(linas, "take-over")).Ok();
        var queued = await Opened(relais, camille, "+33611110703");
        (await camille.Act(queued, "handoff", new { reason = "vip" })).Ok();
        var bots = await Opened(relais, camille, "+447711110704", "What are your opening hours?");
        var closed = await Opened(relais, camille, "+33611110705");
        (await camille.Act(closed, "close")).Ok();
        await relais.Settled();

        (await Ids(camille, "view=mine")).ShouldBe([mine]);
        (await Ids(lina, "view=mine")).ShouldBe([linas]);
        (await Ids(camille, "view=unassigned")).ShouldBe([queued]);
        (await Ids(camille, "view=bot")).ShouldBe([bots]);
        (await Ids(camille, "view=all")).ShouldBe([bots, queued, linas, mine], ignoreOrder: true);
        (await Ids(camille, "")).Count.ShouldBe(5);
        (await Ids(camille, "status=completed")).ShouldBe([closed]);
        (await Ids(camille, "status=active")).ShouldBe([bots]);
        (await Ids(camille, $"agent={lina.AgentId}")).ShouldBe([linas]);
        (await Ids(camille, "view=all&language=en")).ShouldBe([bots]);
        (await Ids(camille, "view=all&channel=twilio")).ShouldBeEmpty();
        (await Ids(camille, "view=all&channel=meta")).Count.ShouldBe(4);
        (await Ids(camille, "view=all&closing=24h")).Count.ShouldBe(4);
        (await Ids(camille, "view=all&closing=1h")).ShouldBeEmpty();
        (await Ids(camille, "sort=waiting")).ShouldBe([queued]);
        (await Ids(camille, "q=%2B447711110704")).ShouldBe([bots]);
        var row = await camille.Conversation(mine);
        (await Ids(camille, $"contact={row.Text("contact_id")}")).ShouldBe([mine]);
        (row.Text("agent_name"), row.Text("channel"), row.Text("last_author")).ShouldBe(("Camille", "meta", "concierge"));
        row.Text("last_status").ShouldBeOneOf("sent", "delivered", "read");
        row.Text("inbox_name").ShouldNotBeEmpty();
        Counts(await camille.Get("/api/conversations/counts")).ShouldBe("1 1 1 4 0 1 1");
        Counts(await lina.Get("/api/conversations/counts?language=fr")).ShouldBe("1 1 0 3 1 1 1");

        // A page after the other, over open and closed ones.
        var seen = new List<long>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await camille.Get($"/api/conversations?limit=2&cursor={cursor}")).Ok().Body;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        seen.ShouldBe([mine, linas, queued, bots, closed], ignoreOrder: true);
        foreach (var (field, query) in new[] { ("view", "view=x"), ("status", "status=x"), ("assignee", "assignee=x"), ("closing", "closing=99h"), ("sort", "sort=x"), ("channel", "channel=x") })
        {
            (await camille.Get($"/api/conversations?{query}")).Wrong(field);
        }
    }

    private static string Counts(ApiAnswer answer) => string.Join(' ', new[] { "mine", "unassigned", "bot", "all", "mine_unread", "unassigned_unread", "waiting" }
        .Select(answer.Ok().Text));

    private static async Task<List<long>> Ids(DeskClient desk, string query) =>
        [.. (await desk.Get($"/api/conversations?{query}")).Ok().Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64())];

    private static async Task<long> Opened(RelaisHost relais, DeskClient desk, string phone, string text = "Quels sont vos horaires d'ouverture ?")
    {
        var chat = relais.Chat(relais.Meta, phone);
        await chat.Says(text);
        await chat.Hears();
        return await desk.ConversationWith(chat.Phone);
    }
}
