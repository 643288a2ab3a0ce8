using System.Text.Json.Nodes;
using Relais.Simulator;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.OwnTools.OwnToolStage;

namespace Relais.Tests.Engine.OwnTools;

/// <summary>A business's own systems as tools of its agent: what reads runs at once, what has an effect runs by the customer's tap, once.</summary>
public sealed class HttpToolTests
{
    [Theory, OnEveryDatabase]
    public async Task A_read_tool_runs_at_once_with_the_servers_facts_and_sealed_headers(DatabaseKind kind)
    {
        using var shop = new FakeProvider(Answer.Json(200, """{"points":120}"""));
        using var model = Model(Calls("loyalty_points", ("card", "A/1")), Says("Vous avez 120 points."));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        var made = (await desk.Post("/api/ai/tools", Tool(
            "loyalty_points", $"{shop.Url}cards/{{card}}?phone={{{{contact.phone}}}}", headers: new Dictionary<string, string> { ["X-Api-Key"] = "sk-canary" }))).Ok();
        made.Body.ToString().ShouldNotContain("sk-canary");
        made.Body.GetProperty("header_names")[0].GetString().ShouldBe("X-Api-Key");
        (await relais.Facts.Query<string>("SELECT headers FROM ai_tool"))[0].ShouldNotContain("sk-canary");

        await relais.Chat(relais.Meta, "+33600000001").Asks("combien de points ?", "Vous avez 120 points.");
        var asked = shop.Requests.ShouldHaveSingleItem();
        (asked.Method, asked.Path).ShouldBe(("GET", "/cards/A%2F1?phone=%2B33600000001"));
        asked.Headers["X-Api-Key"].ShouldBe("sk-canary");
        asked.Headers.ContainsKey("Idempotency-Key").ShouldBeFalse();
        model.Results().ShouldBe("""{"result":{"points":120}}""");
        await relais.Settled();
    }

    [Theory]
    [InlineData("http_500")]
    [InlineData("timeout")]
    [InlineData("unreachable")]
    [InlineData("too_large")]
    [InlineData("not_text")]
    [InlineData("redirect")]
    public async Task A_tool_that_fails_is_a_result_for_the_model(string error)
    {
        using var shop = new FakeProvider(error switch
        {
            "http_500" => Answer.Json(500, """{"secret":"stack trace"}"""),
            "timeout" => Answer.Silence,
            "unreachable" => Answer.Reset,
            "too_large" => Answer.Json(200, $"\"{new string('x', 70_000)}\""),
            "not_text" => Answer.Html(200),
            _ => Answer.Http(302, "text/plain", "", "Location: https://evil.example/\r\n"),
        });
        using var model = Model(Calls("loyalty_points", ("card", "A")), Says("Je ne sais pas."));
        await using var relais = await Start(DatabaseKind.Sqlite, model);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Post("/api/ai/tools", Tool("loyalty_points", $"{shop.Url}cards/{{card}}"))).Ok();
        await relais.Chat(relais.Meta, "+33600000001").Asks("combien de points ?", "Je ne sais pas.");
        model.Results().ShouldBe($$"""{"error":"{{error}}"}""");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task An_effect_waits_for_the_tap_and_happens_once_under_its_key(DatabaseKind kind)
    {
        using var shop = new FakeProvider(Answer.Json(200, """{"message":"Votre bon : NOEL10"}"""));
        using var model = Model(Calls("make_voucher", ("card", "A1")));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Post("/api/ai/tools", Tool("make_voucher", $"{shop.Url}vouchers", "effect", "POST", body: new { card = "{card}", who = "{{contact.phone}}" }))).Ok();
        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("je veux un bon", "Bon d'achat", "card : A1", "Vous confirmez ?");
        shop.Requests.ShouldBeEmpty("a question has no effect");
        var question = amina.Answers[^1];

        var tap = await amina.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
        await amina.Phone.Redeliver(tap);
        await amina.Hears("✅ Bon d'achat", "Votre bon : NOEL10");
        await amina.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
        await amina.Hears("déjà répondu");
        await amina.Phone.Tap(relais.Meta, question.Choices[1], question.Id);
        await amina.Hears("déjà répondu");
        var made = shop.Requests.ShouldHaveSingleItem();
        made.Method.ShouldBe("POST");
        made.Headers["Idempotency-Key"].ShouldBe(question.Choices[0].Id.Split(':')[^1]);
        JsonNode.DeepEquals(JsonNode.Parse(made.Body), JsonNode.Parse("""{"card":"A1","who":"+33600000001"}""")).ShouldBeTrue(made.Body);
        (await relais.Facts.Query<string>("SELECT type || ' ' || detail FROM conversation_event WHERE type LIKE 'tool_%'")).ShouldBe(["tool_done make_voucher"]);
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task An_effect_is_not_had_by_somebody_else_nor_after_ten_minutes_nor_after_no(DatabaseKind kind)
    {
        using var shop = new FakeProvider(Answer.Json(200, "{}"));
        using var model = Model(
            Calls("make_voucher", ("card", "A1")), Says("Bonjour Lucas"), Calls("make_voucher", ("card", "A2")), Calls("make_voucher", ("card", "A3")));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Post("/api/ai/tools", Tool("make_voucher", $"{shop.Url}vouchers", "effect", "POST"))).Ok();
        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("je veux un bon", "Vous confirmez ?");
        var first = amina.Answers[^1];
        var lucas = relais.Chat(relais.Meta, "+33600000002");
        await lucas.Asks("bonjour", "Bonjour Lucas");
        await lucas.Phone.Tap(relais.Meta, first.Choices[0], first.Id);
        await lucas.Hears("plus valable");

        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute(
            "UPDATE tool_confirmation SET expires_at = created_at WHERE tenant_id IS NOT NULL"));
        await amina.Phone.Tap(relais.Meta, first.Choices[0], first.Id);
        await amina.Hears("plus valable");
        await amina.Asks("je veux un bon", "card : A2");
        var second = amina.Answers[^1];
        await amina.Phone.Tap(relais.Meta, second.Choices[1], second.Id);
        await amina.Hears("Rien n'a été fait");

        // The tool is taken away between question and tap: a person gets it.
        await amina.Asks("je veux un bon", "card : A3");
        var third = amina.Answers[^1];
        var id = (await desk.Get("/api/ai/tools")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64();
        (await desk.Patch($"/api/ai/tools/{id}", new { enabled = false })).Ok();
        await amina.Phone.Tap(relais.Meta, third.Choices[0], third.Id);
        await amina.Hears("Un membre de notre équipe");
        (await relais.Facts.Query<string>("SELECT handoff_reason FROM conversation WHERE handoff_reason IS NOT NULL")).ShouldBe(["tool_failed"]);
        shop.Requests.ShouldBeEmpty();
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task A_server_that_stops_while_the_effect_runs_goes_on_under_the_same_key(DatabaseKind kind)
    {
        using var shop = new FakeProvider(n => n == 1 ? Answer.Silence : Answer.Json(200, "{}"));
        using var model = Model(Calls("make_voucher", ("card", "A1")));
        await using var relais = await Start(kind, model);
        using (var desk = await DeskClient.SignIn(relais))
        {
            (await desk.Post("/api/ai/tools", Tool("make_voucher", $"{shop.Url}vouchers", "effect", "POST"))).Ok();
            var id = (await desk.Get("/api/ai/tools")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64();
            (await desk.Patch($"/api/ai/tools/{id}", new { timeout_seconds = 10 })).Ok();
        }

        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("je veux un bon", "Vous confirmez ?");
        var question = amina.Answers[^1];
        await amina.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
        await Eventually.Holds(() => Task.FromResult(shop.Requests.Count == 1), "the tool is called");
        await relais.StopServer();
        await relais.StartServer();
        await amina.Hears("✅ C'est fait : Bon d'achat");
        shop.Requests.Count.ShouldBe(2);
        shop.Requests.Select(r => r.Headers["Idempotency-Key"]).Distinct().ShouldHaveSingleItem();
        (await relais.Facts.Count("SELECT count(*) FROM conversation_event WHERE type = 'tool_done'")).ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task Tools_are_added_tried_changed_and_deleted(DatabaseKind kind)
    {
        using var shop = new FakeProvider(Answer.Json(200, """{"points":7}"""));
        using var model = Model();
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Amine", Roles.Agent);
        var tool = Tool("loyalty_points", $"{shop.Url}cards/{{card}}", headers: new Dictionary<string, string> { ["Authorization"] = "Bearer canary" });
        (await agent.Post("/api/ai/tools", tool)).Refused(403, "forbidden");
        var id = (await desk.Post("/api/ai/tools", tool, "k1")).Ok().Body.GetProperty("id").GetInt64();
        (await desk.Post("/api/ai/tools", tool, "k1")).Ok().Body.GetProperty("id").GetInt64().ShouldBe(id);
        (await desk.Post("/api/ai/tools", tool)).Refused(409, "tool_name_taken");
        var tried = (await desk.Post($"/api/ai/tools/{id}/try", new { arguments = new { card = "A" } })).Ok();
        (tried.Text("ok"), tried.Text("result")).ShouldBe(("True", """{"result":{"points":7}}"""));
        shop.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Bearer canary");
        (await desk.Post($"/api/ai/tools/{id}/try", new { arguments = new { other = "A" } })).Wrong("arguments");

        // The key stays with its host.
        (await desk.Patch($"/api/ai/tools/{id}", new { url = $"{shop.Url}v2/{{card}}" })).Ok().Body.GetProperty("header_names").GetArrayLength().ShouldBe(1);
        (await desk.Patch($"/api/ai/tools/{id}", new { url = "http://127.0.0.1:1/{card}" })).Ok().Body.GetProperty("header_names").GetArrayLength().ShouldBe(0);
        (await desk.Patch($"/api/ai/tools/{id}", new { name = "track_order" })).Wrong("name");
        (await desk.Patch($"/api/ai/tools/{id}", new { name = "mcp_x_y" })).Wrong("name");
        (await desk.Patch($"/api/ai/tools/{id}", new { url = "https://{card}.example/" })).Wrong("url");
        (await desk.Patch($"/api/ai/tools/{id}", new { url = "https://shop.example@{card}/" })).Wrong("url");
        (await desk.Patch($"/api/ai/tools/{id}", new { url = "https://shop.example/{other}" })).Wrong("url");
        (await desk.Patch($"/api/ai/tools/{id}", new { url = "https://shop.example/{{contact.password}}" })).Wrong("url");
        (await desk.Patch($"/api/ai/tools/{id}", new { timeout_seconds = 11 })).Wrong("timeout_seconds");
        (await desk.Patch($"/api/ai/tools/{id}", new { risk = "effect" })).Wrong("method");
        (await desk.Patch($"/api/ai/tools/{id}", new { headers = new { Host = "x" } })).Wrong("headers");
        (await desk.Patch($"/api/ai/tools/{id}", new { headers = new { A = "b\r\nC: d" } })).Wrong("headers");
        (await desk.Send(HttpMethod.Delete, $"/api/ai/tools/{id}")).Ok();
        (await desk.Get($"/api/ai/tools/{id}")).Refused(404, "not_found");
    }

    [Fact]
    public async Task Only_the_internet_is_called()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        using var desk = await DeskClient.SignIn(relais);
        string[] refused =
        [
            "http://shop.example/{card}", "https://127.0.0.1/{card}", "https://localhost/{card}", "https://10.0.0.1/{card}", "https://169.254.169.254/{card}",
            "https://[::1]/{card}", "https://intranet/{card}", "https://user:pass@shop.example/{card}", "file:///etc/{card}",
        ];
        foreach (var url in refused)
        {
            (await desk.Post("/api/ai/tools", Tool("loyalty_points", url))).Wrong("url");
        }

        (await desk.Post("/api/ai/tools", Tool("loyalty_points", "https://shop.example/{card}"))).Ok();
    }
}
