using System.Text.Json;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What happens at the desk shows on its board and in its figures by itself, and to nobody else.</summary>
public sealed class BoardAndFigures
{
    [Theory, OnEveryDatabase]
    public async Task A_conversation_is_followed_from_the_first_word_to_its_closing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var stranger = await DeskClient.OfAnotherTenant(relais);
        (await desk.Put("/api/presence", new { state = "online" })).Ok();
        var customer = relais.Chat(relais.Meta, "+33611110071");
        await customer.Asks("Bonjour", "Beyond Express");
        await Figures("the greeting is counted", ("messages_received", 1), ("ai_responses", 1), ("response_rate", 100), ("conversations_opened", 1));
        await Board("the bot has it", ("open", 1), ("with_bot", 1), ("waiting", 0), ("agents_online", 1), ("ai_share", 100));

        var id = await desk.ConversationWith(customer.Phone);
        (await desk.Act(id, "handoff", new { reason = "order_change" })).Ok();
        await customer.Says("Alors ?");
        await Board("a person owes an answer", ("with_people", 1), ("with_bot", 0), ("waiting", 1));
        await Figures("the hand-off and the second question are counted", ("human_handoffs", 1), ("messages_received", 2), ("response_rate", 50));
        (await desk.Act(id, "send", new { message = "Me voici." })).Ok();
        await Figures("the answer is counted", ("agent_responses", 1), ("response_rate", 100));
        await Board("nobody waits", ("waiting", 0), ("longest_wait_seconds", 0));
        (await desk.Act(id, "close")).Ok();
        await Figures("the end is counted", ("resolved", 1), ("resolution_rate", 100));
        await Board("all is closed", ("open", 0));

        var board = (await desk.Get("/api/board")).Ok().Body;
        board.GetProperty("inboxes").EnumerateArray().Select(i => i.GetProperty("status").GetString()).ShouldBe(["connected", "connected"]);
        board.GetProperty("agents")[0].GetProperty("state").GetString().ShouldBe("online");
        board.GetProperty("recent").EnumerateArray().Select(m => m.GetProperty("text").GetString()).ShouldContain("Me voici.");
        var agents = (await desk.Get("/api/reports/agents?range=today")).Ok().Body;
        var mine = agents.GetProperty("rows").EnumerateArray().Single(r => r[1].ValueKind == JsonValueKind.Number);
        (mine[1].GetInt64(), mine[2].GetString(), mine[3].GetInt64(), mine[7].GetInt64()).ShouldBe((desk.AgentId, "Camille", 1, 1));
        (await desk.Get("/api/reports/conversations?range=today&reason=order_change")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64().ShouldBe(id);

        (await stranger.Get("/api/board")).Ok().Body.GetProperty("recent").GetArrayLength().ShouldBe(0);
        (await stranger.Get("/api/metrics")).Ok().Body.GetProperty("cards").GetProperty("messages_received").GetProperty("value").GetDouble().ShouldBe(0);
        (await stranger.Get("/api/reports/conversations?metric=messages_received")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);

        async Task Board(string what, params (string Name, double Value)[] expected)
        {
            var seen = default(JsonElement);
            await Eventually.Holds(async () =>
            {
                seen = (await desk.Get("/api/board")).Ok().Body;
                return Array.TrueForAll(expected, e => Is(seen.GetProperty(e.Name), e.Value));
            }, $"{what}: {seen}");
        }

        async Task Figures(string what, params (string Name, double Value)[] expected) => await Eventually.Holds(async () =>
        {
            var cards = (await desk.Get("/api/metrics?range=today")).Ok().Body.GetProperty("cards");
            return Array.TrueForAll(expected, e => Is(cards.GetProperty(e.Name).GetProperty("value"), e.Value));
        }, what);
    }

    private static bool Is(JsonElement value, double expected) => value.ValueKind == JsonValueKind.Number && value.GetDouble() == expected;
}
