using System.Text;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>Flows over HTTP, from the import to an older version that comes back.</summary>
public sealed class FlowApiTests
{
    [Theory, OnEveryDatabase]
    public async Task A_flow_is_imported_changed_published_and_rolled_back(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);

        var made = (await desk.Json(HttpMethod.Post, "/api/flows", SmallFlows.Menu)).Ok();
        made.Status.ShouldBe(201);
        made.Text("name").ShouldBe("Garage du Port: accueil et rendez-vous");
        made.Text("status").ShouldBe("draft");
        made.Text("sid").ShouldMatch("^FW[0-9a-f]{32}$");
        made.Body.GetProperty("settings").GetProperty("triggers")[0].Text("type").ShouldBe("message");
        made.Body.GetProperty("report").GetProperty("can_run").GetBoolean().ShouldBeTrue();
        var flow = $"/api/flows/{made.Text("id")}";

        // What comes out is what went in, character for character.
        var exported = await desk.Http.GetAsync(flow + "/export");
        (await exported.Content.ReadAsStringAsync()).ShouldBe(SmallFlows.Menu);
        exported.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");

        var before = await Revision(relais, desk);
        (await desk.Post(flow + "/publish", new { note = "Première" })).Ok().Body.GetProperty("version").GetInt64().ShouldBe(1);
        (await Revision(relais, desk)).ShouldBeGreaterThan(before, "or nodes go on with the triggers they know");
        var published = (await desk.Get(flow)).Ok();
        (published.Text("status"), published.Text("published_version"), published.Text("has_changes")).ShouldBe(("published", "1", "False"));

        var changed = SmallFlows.Menu.Replace("Nos ventes vous rappellent.", "À demain", StringComparison.Ordinal)
            .Replace("\"x\": 40", "\"x\": 45", StringComparison.Ordinal);
        var revision = published.Body.GetProperty("draft_revision").GetInt64();
        var saved = (await desk.Json(HttpMethod.Put, flow + "/draft", $$"""{"revision": {{revision}}, "definition": {{changed}}}""")).Ok();
        saved.Body.GetProperty("draft_revision").GetInt64().ShouldBe(revision + 1);
        (await desk.Json(HttpMethod.Put, flow + "/draft", $$"""{"revision": {{revision}}, "definition": {{changed}}}""")).Refused(409, "flow_changed");
        var diff = (await desk.Get(flow + "/diff")).Ok().Body;
        diff.GetProperty("changed").ToString().ShouldBe(
            """[{"step":"sales","changes":[{"path":"properties.body","before":"Nos ventes vous rappellent.","after":"À demain"}]}]""");
        diff.GetProperty("moved").ToString().ShouldBe("""["ask"]""");
        (await desk.Get(flow)).Ok().Text("has_changes").ShouldBe("True");
        (await desk.Post(flow + "/publish", new { revision })).Refused(409, "flow_changed");
        (await desk.Post(flow + "/publish")).Ok().Text("version").ShouldBe("2");

        var broken = changed.Replace("\"next\": \"which\"", "\"next\": \"nowhere\"", StringComparison.Ordinal);
        (await desk.Json(HttpMethod.Put, flow + "/draft", $$"""{"revision": {{revision + 1}}, "definition": {{broken}}}""")).Ok();
        var refused = await desk.Post(flow + "/publish");
        refused.Refused(409, "flow_not_runnable");
        refused.Body.GetProperty("report").GetProperty("problems")[0].Text("message")
            .ShouldBe("\"ask\" leads to \"nowhere\", and there is no step of that name.");

        (await desk.Post(flow + "/rollback", new { version = 1 })).Ok().Text("version").ShouldBe("3");
        (await desk.Get(flow + "/export?version=3")).Ok().Body.ToString().ShouldBe(SmallFlows.Menu);
        var versions = (await desk.Get(flow + "/versions")).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        versions.Select(v => $"{v.Text("version")} {v.Text("note")} {v.Text("author")} {v.Text("is_published")}").ShouldBe(
            ["3 Rollback to version 1 Camille True", "2  Camille False", "1 Première Camille False"]);
        (await desk.Get(flow + "/versions/2")).Ok().Body.GetProperty("definition").GetProperty("states")[3].GetProperty("properties").Text("body").ShouldBe("À demain");
        (await desk.Get(flow + "/versions/9")).Refused(404, "not_found");
        (await desk.Get(flow + "/diff?from=1&to=2")).Ok().Body.GetProperty("changed").GetArrayLength().ShouldBe(1);
        (await desk.Get(flow + "/diff?from=new")).Wrong("from");

        (await desk.Post(flow + "/unpublish")).Ok();
        (await desk.Get(flow)).Ok().Text("status").ShouldBe("draft");
        (await desk.Send(HttpMethod.Delete, flow)).Ok();
        (await desk.Post(flow + "/publish")).Refused(409, "flow_archived");
        (await desk.Get("/api/flows")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Get("/api/flows?archived=true")).Ok().Body.GetProperty("items")[0].Text("status").ShouldBe("archived");
        (await desk.Patch(flow, new { archived = false })).Ok().Text("status").ShouldBe("draft");
    }

    [Theory, OnEveryDatabase]
    public async Task Settings_and_imports_are_taken_or_refused_by_their_field(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Noor", Roles.Agent);

        // Twilio's resource keeps its sid, so that flows which call it find it; a second import gets its own.
        const string Sid = "FW0123456789abcdef0123456789abcdef";
        var resource = $$"""{"sid": "{{Sid}}", "friendly_name": "Accueil", "status": "published", "definition": {{SmallFlows.Menu}} }""";
        var made = (await desk.Json(HttpMethod.Post, "/api/flows", resource)).Ok();
        (made.Text("name"), made.Text("sid")).ShouldBe(("Accueil", Sid));
        (await desk.Json(HttpMethod.Post, "/api/flows?name=Copie", resource)).Ok().Text("sid").ShouldNotBe(Sid);
        (await desk.Json(HttpMethod.Post, "/api/flows", """{"initial_state":"A","states":[]}""")).Ok().Text("name").ShouldBe("Flow 3");
        var flow = $"/api/flows/{made.Text("id")}";

        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1");
        var patched = (await desk.Patch(flow, new
        {
            name = "Menu",
            settings = new
            {
                triggers = new object[] { new { type = "keyword", words = new[] { " mercedes " }, match = "contains", inbox_ids = new[] { inbox } } },
                on_release = "resume", test_phones = new[] { "+33 6 11 11 00 61" }, functions = new { ZH1 = "https://shop.example/f" },
            },
        })).Ok().Body;
        patched.GetProperty("settings").ToString().ShouldBe($$$"""
            {"triggers":[{"type":"keyword","words":["mercedes"],"match":"contains","values":[],"inbox_ids":[{{{inbox}}}],"interrupts":false}],"restart_words":[],"exit_words":[],"on_release":"resume","test_phones":["\u002B33611110061"],"functions":{"ZH1":"https://shop.example/f"}}
            """);
        (await desk.Patch(flow, new { settings = new { exit_words = new[] { "stop" } } })).Ok().Body
            .GetProperty("settings").Text("on_release").ShouldBe("resume", "what is left out stays");
        foreach (var (settings, field) in new (object, string)[]
        {
            (new { triggers = new[] { new { type = "moon" } } }, "settings.triggers"), (new { triggers = new[] { new { type = "keyword" } } }, "settings.triggers"),
            (new { triggers = new[] { new { type = "message", inbox_ids = new[] { 999_999_999 } } } }, "settings.triggers"), (new { on_release = "never" }, "settings.on_release"),
            (new { test_phones = new[] { "me" } }, "settings.test_phones"), (new { functions = new { f = "http://10.0.0.1/" } }, "settings.functions"),
            (new { restart_words = new[] { "" } }, "settings.restart_words"),
        })
        {
            (await desk.Patch(flow, new { settings })).Wrong(field);
        }

        foreach (var wrong in (string[])
        [
            "[]", "{}", "7", "{", """{"definition": {"states": 1}}""", """{"states":[],"a":"\ud800"}""", """{"states":[],"a":1,"a":2}""",
            $$"""{"states":[{{string.Join(',', Enumerable.Repeat("{}", 2001))}}]}""", $$"""{"states":[],"a":{{new string('[', 40)}}{{new string(']', 40)}}}""",
            $$"""{"states":[],"a":"{{new string('a', 1024 * 1024)}}"}""",
        ])
        {
            (await desk.Json(HttpMethod.Post, "/api/flows", wrong)).Wrong("definition");
        }

        (await desk.Json(HttpMethod.Post, "/api/flows/check", SmallFlows.OfEveryKind)).Ok().Body.GetProperty("counts").ToString()
            .ShouldBe("""{"runs":2,"mapped":2,"cannot_run":9}""");
        (await desk.Get("/api/flows")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(3, "a check stores nothing");
        (await agent.Get(flow)).Ok();
        (await agent.Post(flow + "/publish")).Refused(403, "forbidden");
        (await agent.Json(HttpMethod.Post, "/api/flows", SmallFlows.Menu)).Refused(403, "forbidden");
    }

    [Theory, OnEveryDatabase]
    public async Task A_flow_is_tried_out_and_its_tests_keep_it_from_being_published_broken(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        var flow = $"/api/flows/{(await desk.Json(HttpMethod.Post, "/api/flows", SmallFlows.Menu)).Ok().Text("id")}";

        var tried = (await desk.Json(HttpMethod.Post, flow + "/test", """{"messages": ["Bonjour", "1"]}""")).Ok().Body;
        tried.GetProperty("transcript").ToString().ShouldBe("""
            [{"who":"customer","text":"Bonjour","choices":null,"step":"Trigger"},{"who":"flow","text":"1 Ventes, 2 Atelier","choices":null,"step":"ask"},{"who":"customer","text":"1","choices":null,"step":"ask"},{"who":"flow","text":"Nos ventes vous rappellent.","choices":null,"step":"sales"}]
            """);
        tried.GetProperty("path")[3].ToString().ShouldBe("""{"step":"sales","event":"sent"}""");
        tried.GetProperty("ended").GetBoolean().ShouldBeTrue();
        foreach (var (wrong, field) in new[]
        {
            ("""{"messages": [7]}""", "messages"), ("""{"messages": ["a"], "http": {"ask": {"status": 7}}}""", "http"), ("""{"messages": [], "language": "xx"}""", "language"),
            ("""{"messages": ["\ud800"]}""", "messages"),
        })
        {
            (await desk.Json(HttpMethod.Post, flow + "/test", wrong)).Wrong(field);
        }

        const string Good = """{"name": "Ventes", "script": {"messages": ["Bonjour", "1"], "expects": [{"says": "ventes vous", "ended": true, "handed_off": false}]}}""";
        var test = (await desk.Json(HttpMethod.Post, flow + "/tests", Good)).Ok();
        test.Status.ShouldBe(201);
        (await desk.Json(HttpMethod.Post, flow + "/tests", """{"name": "A", "script": {"messages": ["a"], "expects": [{}]}}""")).Wrong("script.expects");
        (await desk.Json(HttpMethod.Post, flow + "/tests", """{"name": "A"}""")).Wrong("script");
        (await desk.Post(flow + "/publish")).Ok().Text("version").ShouldBe("1");

        foreach (var wrong in (string[])["[]", """{"to": "\ud800"}""", """{"to": "+33611110072", "parameters": "{\"a\":1,\"a\":2}"}""", """{"contact_id": "x"}"""])
        {
            (await desk.Json(HttpMethod.Post, flow + "/executions", wrong)).Refused(400, "invalid");
        }

        var changed = SmallFlows.Menu.Replace("Nos ventes vous rappellent.", "À demain", StringComparison.Ordinal);
        (await desk.Json(HttpMethod.Put, flow + "/draft", $$"""{"revision": 1, "definition": {{changed}}}""")).Ok();
        var refused = await desk.Post(flow + "/publish");
        refused.Refused(409, "flow_tests_failed");
        refused.Body.GetProperty("tests")[0].GetProperty("differences").ToString().ShouldBe("""["No message of the flow says \u0022ventes vous\u0022."]""");
        var run = (await desk.Post(flow + "/tests/run")).Ok();
        (run.Text("passed"), run.Text("failed")).ShouldBe(("0", "1"));
        (await desk.Post(flow + "/tests/run", new { version = 1 })).Ok().Text("passed").ShouldBe("1");
        (await other.Send(HttpMethod.Delete, $"/api/flow-tests/{test.Text("id")}")).Refused(404, "not_found");
        var patched = (await desk.Json(
            HttpMethod.Patch, $"/api/flow-tests/{test.Text("id")}", """{"script": {"messages": ["Bonjour", "1"], "expects": [{"says": "demain"}]}}""")).Ok();
        patched.Text("name").ShouldBe("Ventes");
        (await desk.Post(flow + "/publish")).Ok().Text("version").ShouldBe("2");
        (await desk.Get(flow + "/tests")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Send(HttpMethod.Delete, $"/api/flow-tests/{test.Text("id")}")).Ok();
        (await desk.Get(flow + "/tests")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static Task<long> Revision(RelaisHost relais, DeskClient desk) =>
        relais.Facts.Count($"SELECT ai_revision FROM tenant WHERE tenant_id = {desk.TenantId}");
}

internal static class FlowRequests
{
    /// <summary>A body as it is written.</summary>
    public static Task<ApiAnswer> Json(this DeskClient desk, HttpMethod method, string path, string json) =>
        desk.Send(method, path, new StringContent(json, Encoding.UTF8, "application/json"));
}
