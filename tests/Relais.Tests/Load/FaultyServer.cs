using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Relais.Tests.Load;

/// <summary>A server that answers each webhook and sends as many replies to it as it is told: 0 loses, 2 doubles.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new();
    private int messages;
    private int statuses;

    private FaultyServer(WebApplication app) => this.app = app;

    /// <summary>Where the webhooks go.</summary>
    public Uri Url => new(new Uri(app.Urls.First()), "/webhook");

    /// <summary>Where the replies go.</summary>
    public Uri Provider { get; set; } = new("http://127.0.0.1:0");

    /// <summary>How many replies the n-th message (1, 2 …) gets.</summary>
    public Func<int, int> Replies { get; init; } = _ => 1;

    /// <summary>What the webhook of the n-th message is answered.</summary>
    public Func<int, int> Answer { get; init; } = _ => 200;

    /// <summary>How long the webhook of the n-th message waits for its answer.</summary>
    public Func<int, TimeSpan> Wait { get; init; } = _ => TimeSpan.Zero;

    public int Messages => Volatile.Read(ref messages);

    public int Statuses => Volatile.Read(ref statuses);

    public static async Task<FaultyServer> Start(Func<int, int>? replies = null, Func<int, int>? answer = null, Func<int, TimeSpan>? wait = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var server = new FaultyServer(built) { Replies = replies ?? (_ => 1), Answer = answer ?? (_ => 200), Wait = wait ?? (_ => TimeSpan.Zero) };
        built.MapPost("/webhook", (Delegate)server.Receive);
        await built.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    private async Task<IResult> Receive(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var value = body.RootElement.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");
        if (!value.TryGetProperty("messages", out var list))
        {
            Interlocked.Increment(ref statuses);
            return Results.Ok();
        }

        var n = Interlocked.Increment(ref messages);
        var to = list[0].GetProperty("from").GetString();
        await Task.Delay(Wait(n));
        for (var reply = 0; reply < Replies(n); reply++)
        {
            using var sent = await http.PostAsJsonAsync(
                new Uri(Provider, "/v23.0/106540352242922/messages"), new { messaging_product = "whatsapp", to, type = "text", text = new { body = "Bonjour" } });
            sent.EnsureSuccessStatusCode();
        }

        return Results.StatusCode(Answer(n));
    }
}
