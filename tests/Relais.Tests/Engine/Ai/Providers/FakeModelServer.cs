using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Relais.Tests.Engine.Ai.Providers;

/// <summary>A request as it came over the wire.</summary>
internal sealed record AskedOver(string Path, IReadOnlyDictionary<string, string> Headers, JsonNode Body);

/// <summary>A model provider on loopback: keeps what it is asked, and answers as a test says.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<AskedOver> asked = new();

    private FakeModelServer(WebApplication app) => this.app = app;

    public IReadOnlyList<AskedOver> Asked => [.. asked];

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="answer">The how-manieth request it is, from 0, and its answer.</param>
    public static async Task<FakeModelServer> Start(Func<int, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FakeModelServer(builder.Build());
        server.app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = JsonNode.Parse(await reader.ReadToEndAsync())!;
            var place = server.asked.Count;
            server.asked.Enqueue(new AskedOver(
                http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
            await answer(place, http);
        });
        await server.app.StartAsync();
        return server;
    }

    public static Task<FakeModelServer> Saying(params string[] bodies) =>
        Start((place, http) => Json(http, 200, bodies[Math.Min(place, bodies.Length - 1)]));

    public static async Task Json(HttpContext http, int status, string body, string? retryAfter = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = retryAfter;
        }

        await http.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

/// <summary>Answers as the providers write them.</summary>
internal static class WireAnswers
{
    public const string OpenAiText = """
        {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-6-luna","choices":[{"index":0,"message":{"role":"assistant","content":"Bonjour de loin","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200}}
        """;

    public const string OpenAiTwoCalls = """
        {"id":"chatcmpl-1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[
        {"id":"call_a","type":"function","function":{"name":"track_order","arguments":"{\"tracking_number\":\"TRK123456\"}"},"extra_content":{"google":{"thought_signature":"c2lnbg=="}}},
        {"id":"call_b","type":"function","function":{"name":"search_knowledge","arguments":"{\"question\":\"livraison\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":10,"completion_tokens":2}}
        """;

    public const string AnthropicText = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-5-5","content":[{"type":"text","text":"Bonjour de loin"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1000,"output_tokens":200}}
        """;

    public const string AnthropicTwoCalls = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-5-5","content":[
        {"type":"thinking","thinking":"hm","signature":"c2lnbg=="},
        {"type":"tool_use","id":"toolu_a","name":"track_order","input":{"tracking_number":"TRK123456"}},
        {"type":"tool_use","id":"toolu_b","name":"search_knowledge","input":{"question":"livraison"}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":2}}
        """;

    public static string OpenAi(string message, string finish = "stop") =>
        $$$"""{"id":"x","object":"chat.completion","model":"m","choices":[{"index":0,"message":{{{message}}},"finish_reason":"{{{finish}}}"}]}""";

    public static string Anthropic(string content, string stop) =>
        $$$"""{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{{{content}}}],"stop_reason":"{{{stop}}}","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""";
}
