using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Each automatic message can be asked why it was said.</summary>
public sealed class WhyItWasSaid
{
    [Theory, OnEveryDatabase]
    public async Task The_built_in_agent_tells_its_tools_its_sources_and_its_rule(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611110201");
        await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456 est expédiée");
        await chat.Asks("Combien coûte la livraison ?", "4,90");
        await chat.Asks("Je veux parler à une personne", "équipe");
        await relais.Settled();
        var id = await desk.ConversationWith(chat.Phone);
        var messages = await desk.Messages(id);
        var said = messages.Where(m => m.Text("author") == "ai").ToList();

        var order = await Trace(desk, said[0]);
        order.Text("rule").ShouldBe("built_in:order");
        order.Text("kind").ShouldBe("answer");
        order.Text("answers").ShouldBe(messages[0].Text("id"));
        order.Text("provider").ShouldBe("built_in");
        order.GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);
        order.GetProperty("cost_micros").ValueKind.ShouldBe(JsonValueKind.Null);
        order.Text("language").ShouldBe("fr");
        order.GetProperty("tools").GetArrayLength().ShouldBe(1);
        order.GetProperty("tools")[0].Text("name").ShouldBe("track_order");
        order.GetProperty("tools")[0].GetProperty("arguments").Text("tracking_number").ShouldBe("TRK123456");
        order.GetProperty("tools")[0].Text("result").ShouldContain("\"status\":\"shipped\"");
        (await Trace(desk, messages[0])).Text("rule").ShouldBe("built_in:order", "of the customer's message it is the same");

        var faq = await Trace(desk, said[1]);
        faq.Text("rule").ShouldBe("built_in:faq");
        var source = faq.GetProperty("sources")[0];
        source.Text("kind").ShouldBe("faq");
        source.GetProperty("quoted").GetBoolean().ShouldBeTrue();
        source.GetProperty("id").GetInt64().ShouldBe(await relais.Facts.Count("SELECT id FROM faq WHERE answer LIKE '%4,90%'"));
        source.GetProperty("score").GetDouble().ShouldBeGreaterThan(0.36);

        var handOff = await Trace(desk, said[2]);
        handOff.Text("rule").ShouldBe("rule:customer_asked");
        handOff.Text("handoff_reason").ShouldBe("customer_asked");

        // A sentence of the desk has no turn behind it, and a person's own words need no reason.
        (await desk.Act(id, "take-over")).Ok();
        (await desk.Act(id, "send", new { message = "Bonjour" })).Ok();
        messages = await desk.Messages(id);
        (await Trace(desk, messages.Single(m => m.Text("author") == "system"))).Text("rule").ShouldBe("desk_text");
        (await desk.Get($"/api/messages/{messages[^1].Text("id")}/trace")).Refused(404, "not_found");

        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Get($"/api/messages/{said[0].Text("id")}/trace")).Refused(404, "not_found");
        (await relais.Facts.Count("SELECT count(*) FROM turn_trace")).ShouldBe(3);
        (await relais.Facts.Count("SELECT max(length(detail)) FROM turn_trace")).ShouldBeLessThan(600);
    }

    [Theory, OnEveryDatabase]
    public async Task A_model_tells_its_name_its_tokens_and_its_cost(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Start((turn, http) => FakeModelServer.Json(http, 200, turn == 0
            ? WireAnswers.OpenAiTwoCalls.Replace("\\\"livraison\\\"", "\\\"ma carte 4111 1111 1111 1111\\\"", StringComparison.Ordinal) : WireAnswers.OpenAiText));
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["OPENAI_BASE_URL"] = $"{server.Url}v1", ["OPENAI_MODEL"] = "gpt-6-luna",
        });
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Post("/api/ai/prompt/versions", new { prompt = new { persona = "Lina", reserved_topics = new[] { "remboursement" } } })).Ok();
        var chat = relais.Chat(relais.Meta, "+33611110202");
        await chat.Asks("Ma commande TRK123456 et ma carte 4111 1111 1111 1111 ?", "Bonjour de loin");
        await relais.Settled();
        var id = await desk.ConversationWith(chat.Phone);
        var trace = await Trace(desk, (await desk.Messages(id))[1]);
        trace.Text("rule").ShouldBe("model:answer");
        (trace.Text("provider"), trace.Text("model")).ShouldBe(("openai", "gpt-6-luna"));
        trace.GetProperty("prompt_version").GetInt64().ShouldBe(1);
        trace.GetProperty("input_tokens").GetInt64().ShouldBe(1010);
        trace.GetProperty("output_tokens").GetInt64().ShouldBe(202);
        trace.GetProperty("cost_micros").GetInt64().ShouldBe(await relais.Facts.Count("SELECT CAST(sum(cost_micros) AS BIGINT) FROM ai_usage"));
        trace.GetProperty("calls").EnumerateArray().Select(c => c.Text("outcome")).ShouldBe(["answered", "answered"]);
        trace.GetProperty("tools").EnumerateArray().Select(t => t.Text("name")).ShouldBe(["track_order", "search_knowledge"]);
        trace.GetProperty("tools")[1].GetProperty("arguments").Text("question").ShouldBe("ma carte **** 1111");
        (await relais.Facts.Count("SELECT count(*) FROM turn_trace WHERE detail LIKE '%4111 1111%'")).ShouldBe(0);

        await chat.Asks("Je veux un remboursement", "équipe");
        await relais.Settled();
        var reserved = await Trace(desk, (await desk.Messages(id))[^1]);
        (reserved.Text("rule"), reserved.Text("handoff_reason")).ShouldBe(("reserved_topic", "reserved_topic"));
        reserved.GetProperty("provider").ValueKind.ShouldBe(JsonValueKind.Null, "nobody was asked");
    }

    [Theory, OnEveryDatabase]
    public async Task What_no_model_decides_names_its_rule(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var leaving = relais.Chat(relais.Meta, "+33611110203");
        await leaving.Asks("STOP", "C'est noté");
        await leaving.Asks("START", "de nouveau");
        await relais.Settled();
        var messages = await desk.Messages(await desk.ConversationWith(leaving.Phone));
        (await Trace(desk, messages[1])).Text("rule").ShouldBe("opt_out");
        (await Trace(desk, messages[3])).Text("rule").ShouldBe("opt_in");
        var polite = relais.Chat(relais.Meta, "+33611110204");
        await polite.Asks("Bonjour", "Bonjour");
        await relais.Settled();
        var hello = (await desk.Messages(await desk.ConversationWith(polite.Phone)))[1];
        (await Trace(desk, hello)).Text("rule").ShouldBe("built_in:small_talk");

        // It goes with the logs.
        const long month = 31L * 24 * 3600 * 1_000_000;
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("UPDATE turn_trace SET at = at - @month WHERE rule = 'built_in:small_talk'", new { month }));
        await relais.Services.GetRequiredService<Relais.Health.Alerts.LogPruner>().Prune(CancellationToken.None);
        (await desk.Get($"/api/messages/{hello.Text("id")}/trace")).Refused(404, "not_found");
        (await relais.Facts.Count("SELECT count(*) FROM turn_trace")).ShouldBe(2);
    }

    private static async Task<JsonElement> Trace(DeskClient desk, JsonElement message) =>
        (await desk.Get($"/api/messages/{message.Text("id")}/trace")).Ok().Body;
}
