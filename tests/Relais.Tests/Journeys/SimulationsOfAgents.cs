using System.Text.Json;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A business tries its agent before it meets a customer, and is kept from making it worse.</summary>
public sealed class SimulationsOfAgents
{
    private const string Delivery = "name: Livraison\nlanguage: fr\nturns:\n  - customer: \"Combien coûte la livraison ?\"\n    expect: { must_say: [\"4,90\"], handoff: false }\n";
    private const string Hello = "# says hello\nname: Bonjour\nlanguage: fr\nturns:\n  - customer: \"Bonjour\"\n    expect: { must_say: [\"Bonjour\"] }\n";

    [Theory, OnEveryDatabase]
    public async Task Cases_are_kept_run_and_compared_with_the_run_before(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Post("/api/simulations/runs", new { })).Wrong("cases");
        var id = (await Add(desk, Delivery)).GetProperty("id").GetInt64();
        await Add(desk, Hello);
        (await desk.Post("/api/simulations/cases", new { yaml = Hello })).Refused(409, "case_exists");
        (await desk.Post("/api/simulations/cases", new { yaml = "name: A\nlanguage: fr" })).Wrong("yaml");
        (await desk.Post("/api/simulations/runs", new { model = "configured" })).Wrong("model");

        var first = await Run(desk);
        first.GetProperty("run").Text("passed").ShouldBe("2");
        first.GetProperty("run").Text("answered_by").ShouldBe("builtin");
        first.GetProperty("compared_with").ValueKind.ShouldBe(JsonValueKind.Null);

        (await Put(desk, id, Delivery.Replace("4,90", "5,90", StringComparison.Ordinal))).Ok();
        var second = await Run(desk);
        second.GetProperty("compared_with").GetInt64().ShouldBe(first.GetProperty("run").GetProperty("id").GetInt64());
        Names(second, "newly_failing").ShouldBe(["Livraison"]);
        var result = second.GetProperty("results")[0];
        result.GetProperty("reasons")[0].GetString()!.ShouldStartWith("“5,90” was not said; what was: “La livraison coûte 4,90");
        result.GetProperty("transcript")[0].Text("text").ShouldBe("Combien coûte la livraison ?");

        // Mended in a file, and only that case is run.
        (await desk.Post("/api/simulations/cases/import", new { yaml = Delivery + "---\n" + Hello.Replace("Bonjour\n", "Salut\n", StringComparison.Ordinal) })).Ok()
            .Body.ToString().ShouldBe("""{"added":1,"replaced":1}""");
        var third = await Run(desk, id);
        Names(third, "newly_passing").ShouldBe(["Livraison"]);
        third.GetProperty("run").Text("total").ShouldBe("1");
        (await desk.Get("/api/simulations/runs")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(3);

        var yaml = await (await desk.Get("/api/simulations/cases/export")).Ok().Response.Content.ReadAsStringAsync();
        yaml.ShouldContain("# says hello");
        Relais.Engine.Simulations.Cases.CaseReader.Read(yaml).Select(c => c.Name).ShouldBe(["Livraison", "Bonjour", "Salut"]);
        (await desk.Send(HttpMethod.Delete, $"/api/simulations/cases/{id}")).Ok();
        (await desk.Get($"/api/simulations/cases/{id}")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task A_change_that_makes_a_case_fail_is_refused_unless_it_is_forced(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Add(desk, Delivery);
        var reserved = new { prompt = new { reserved_topics = new[] { "livraison" } } };
        (await desk.Patch("/api/tenant", new { ai_settings = new { block_on_regression = true } })).Ok().Body.GetProperty("ai_settings")
            .GetProperty("block_on_regression").GetBoolean().ShouldBeTrue();

        var refused = await desk.Post("/api/ai/prompt/versions", reserved);
        refused.Refused(409, "regression");
        refused.Body.GetProperty("newly_failing")[0].Text("name").ShouldBe("Livraison");
        refused.Body.GetProperty("newly_failing")[0].GetProperty("reasons")[1].GetString().ShouldBe("It went to people (reserved_topic), and should not have.");
        (await desk.Get("/api/ai/prompt")).Ok().Text("version").ShouldBe("0");

        // A draft may be anything; publishing it is looked at again.
        var draft = (await desk.Post("/api/ai/prompt/versions", new { reserved.prompt, publish = false })).Ok().Text("version");
        (await desk.Post($"/api/ai/prompt/versions/{draft}/publish", new { })).Refused(409, "regression");
        (await desk.Post("/api/ai/prompt/versions", new { prompt = new { persona = "Lina" } })).Ok();

        var faq = (await desk.Get("/api/faqs?limit=200")).Ok().Body.GetProperty("items").EnumerateArray()
            .First(f => f.Text("question") == "Combien coûte la livraison ?").GetProperty("id").GetInt64();
        (await desk.Patch($"/api/faqs/{faq}", new { answer = "La livraison coûte 6 €." })).Refused(409, "regression");
        (await desk.Patch($"/api/faqs/{faq}", new { answer = "La livraison coûte 4,90 € partout." })).Ok();
        (await desk.Get("/api/simulations/forced-changes")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);

        (await desk.Patch($"/api/faqs/{faq}?force=true", new { answer = "La livraison coûte 6 €." })).Ok();
        var forced = (await desk.Get("/api/simulations/forced-changes")).Ok().Body.GetProperty("items")[0];
        (forced.Text("change"), forced.Text("detail"), forced.Text("agent_name")).ShouldBe(("faq", $"faq {faq}", "Camille"));
        forced.GetProperty("newly_failing").ToString().ShouldBe("""["Livraison"]""");

        // What fails already blocks nothing.
        (await desk.Post($"/api/ai/prompt/versions/{draft}/publish", new { })).Ok();
    }

    [Theory, OnEveryDatabase]
    public async Task A_real_chat_becomes_a_case_without_its_customer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Nora", "agent");
        var chat = relais.Chat(relais.Meta, "+33611110201");
        await chat.Asks("Bonjour, je m'appelle Yassine, où est ma commande TRK123456 ? Mon numéro : 06 12 34 56 78", "expédiée");
        await chat.Asks("Je veux parler à un conseiller", "équipe");
        var id = await desk.ConversationWith(chat.Phone);

        var shown = (await agent.Post($"/api/conversations/{id}/test-case", new { })).Ok();
        var yaml = shown.Text("yaml");
        yaml.ShouldNotContain("Yassine");
        yaml.ShouldNotContain("06 12");
        yaml.ShouldNotContain("123456");
        yaml.ShouldContain("""number: "TRK900001", status: shipped, mine: false""");
        yaml.ShouldContain("handoff: customer_asked");
        (await agent.Post($"/api/conversations/{id}/test-case", new { save = true })).Refused(403, "forbidden");

        (await desk.Post($"/api/conversations/{id}/test-case", new { save = true, name = "Yassine" })).Ok();
        (await Run(desk)).GetProperty("run").Text("passed").ShouldBe("1");
    }

    private static async Task<JsonElement> Add(DeskClient desk, string yaml) => (await desk.Post("/api/simulations/cases", new { yaml })).Ok().Body;

    private static Task<ApiAnswer> Put(DeskClient desk, long id, string yaml) =>
        desk.Send(HttpMethod.Put, $"/api/simulations/cases/{id}", System.Net.Http.Json.JsonContent.Create(new { yaml }));

    private static async Task<JsonElement> Run(DeskClient desk, long? caseId = null)
    {
        var id = (await desk.Post("/api/simulations/runs", new { case_id = caseId })).Ok().Text("id");
        JsonElement run = default;
        await Eventually.Holds(async () =>
        {
            run = (await desk.Get($"/api/simulations/runs/{id}")).Ok().Body;
            return run.GetProperty("run").Text("status") == "done";
        }, "the run ends");
        return run;
    }

    private static List<string?> Names(JsonElement run, string field) => [.. run.GetProperty(field).EnumerateArray().Select(n => n.GetString())];
}
