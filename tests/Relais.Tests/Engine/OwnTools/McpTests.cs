using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.OwnTools;

/// <summary>Tools of a tenant's MCP servers, against a real server of the protocol's own package.</summary>
public sealed class McpTests
{
    [Theory, OnEveryDatabase]
    public async Task Offered_tools_are_called_and_one_with_an_effect_waits_for_the_tap(DatabaseKind kind)
    {
        await using var mcp = await McpStub.Start();
        await using var model = await FakeModelServer.Saying(
            Call("mcp_town_weather", """{\"city\":\"Rabat\",\"days\":2}"""), Text("Il fait soleil."), Call("mcp_town_book_room", """{\"room\":\"A\"}"""));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        var made = (await desk.Post("/api/ai/mcp-servers", new
        {
            name = "town", url = mcp.Url, headers = new Dictionary<string, string> { ["X-Key"] = "canary" }, tools = new Dictionary<string, string>(),
        })).Ok();
        made.Body.ToString().ShouldNotContain("canary");
        var id = made.Body.GetProperty("id").GetInt64();
        var listed = (await desk.Get($"/api/ai/mcp-servers/{id}/tools")).Ok().Body;
        listed.GetProperty("ok").GetBoolean().ShouldBeTrue();
        listed.GetProperty("items").EnumerateArray().Select(t => $"{t.Text("name")} {t.Text("is_read_only")} {t.Text("risk")}").Order()
            .ShouldBe(["book.room False ", "hidden True ", "weather True "]);
        (await desk.Patch($"/api/ai/mcp-servers/{id}", new { tools = new Dictionary<string, string> { ["weather"] = "read", ["book.room"] = "read" } })).Ok();

        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("quel temps ?", "Il fait soleil.");
        mcp.Calls.ShouldBe(["weather Rabat 2"]);
        mcp.Keys.Distinct().ShouldBe(["canary"]);
        var offered = model.Asked[0].Body["tools"]!.AsArray().Select(t => (string)t!["function"]!["name"]!).ToList();
        offered.ShouldContain("mcp_town_weather");
        offered.ShouldNotContain("mcp_town_hidden", "what the business did not list is not offered");
        model.Asked[1].Body.ToJsonString().ShouldContain("Soleil");

        // The business says it only reads, the server does not: it has an effect.
        await amina.Asks("réserve la salle A", "Réserver une salle", "room : A", "Vous confirmez ?");
        mcp.Calls.Count.ShouldBe(1);
        var question = amina.Answers[^1];
        await amina.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
        await amina.Hears("✅ C'est fait : Réserver une salle");
        mcp.Calls.ShouldBe(["weather Rabat 2", "book A"]);
        await relais.Settled();
    }

    [Fact]
    public async Task A_dead_server_has_no_tools_and_the_turn_goes_on()
    {
        await using var mcp = await McpStub.Start();
        mcp.IsSilent = true;
        await using var model = await FakeModelServer.Saying(Text("Bonjour de loin"));
        await using var relais = await Start(DatabaseKind.Sqlite, model);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var (name, url) in new[] { ("silent", mcp.Url), ("dead", FakeProvider.Unused() + "mcp") })
        {
            (await desk.Post("/api/ai/mcp-servers", new { name, url, tools = new Dictionary<string, string> { ["weather"] = "read" } })).Ok();
        }

        await relais.Chat(relais.Meta, "+33600000001").Asks("quel temps ?", "Bonjour de loin");
        model.Asked[0].Body["tools"]!.ToJsonString().ShouldNotContain("mcp_");
        (await desk.Post("/api/ai/mcp-servers", new { name = "X", url = mcp.Url })).Wrong("name");
        (await desk.Post("/api/ai/mcp-servers", new { name = "dead", url = mcp.Url })).Refused(409, "tool_name_taken");
        (await desk.Post("/api/ai/mcp-servers", new { name = "other", url = mcp.Url, tools = new Dictionary<string, string> { ["a"] = "admin" } })).Wrong("tools");
    }

    [Fact]
    public async Task An_mcp_server_is_on_the_internet()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var url in new[] { "http://mcp.example/mcp", "https://127.0.0.1/mcp", "https://10.1.2.3/mcp", "https://metadata.internal/mcp" })
        {
            (await desk.Post("/api/ai/mcp-servers", new { name = "town", url })).Wrong("url");
        }
    }

    private static Task<RelaisHost> Start(DatabaseKind kind, FakeModelServer model) => RelaisHost.Start(
        kind, new(StringComparer.Ordinal) { ["OPENAI_BASE_URL"] = $"{model.Url}v1", ["OPENAI_MODEL"] = "gpt-6-luna" },
        services => services.AddSingleton<SafeHttp>(_ => new SafeHttp(allowsLocal: true)));

    private static string Text(string text) => WireAnswers.OpenAi($$"""{"role":"assistant","content":"{{text}}"}""");

    private static string Call(string tool, string arguments) => WireAnswers.OpenAi(
        $$$"""{"role":"assistant","content":null,"tool_calls":[{"id":"call_a","type":"function","function":{"name":"{{{tool}}}","arguments":"{{{arguments}}}"}}]}""", "tool_calls");
}
