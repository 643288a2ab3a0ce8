using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Relais.Tests.Support;

/// <summary>A post as a business's own system gets it.</summary>
internal sealed record Hooked(string Id, long Timestamp, string Signature, string Body)
{
    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>As docs/subscriptions.md tells a receiver to check it; shares nothing with the server.</summary>
    public bool IsSignedWith(string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var expected = hmac.ComputeHash(Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}"));
        return Signature.Split(' ').Any(s => s.StartsWith("v1,", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(s[3..]), expected));
    }
}

/// <summary>A system of the business that takes webhooks, on a socket of this computer.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private HookReceiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<Hooked> All { get; } = new();

    /// <summary>Answered with 2xx, in the order of the answers.</summary>
    public ConcurrentQueue<Hooked> Taken { get; } = new();

    /// <summary>What is answered.</summary>
    public Func<Hooked, Task<int>> Answers { get; set; } = _ => Task.FromResult(204);

    public string Url { get; private set; } = "";

    public static async Task<HookReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new HookReceiver(builder.Build());
        receiver.app.MapPost("/{**path}", receiver.Take);
        await receiver.app.StartAsync();
        receiver.Url = receiver.app.Urls.First() + "/hooks";
        return receiver;
    }

    public List<Hooked> Of(string type) => [.. Taken.Where(h => h.Type == type)];

    public Task Gets(string type, int count = 1) =>
        Eventually.Holds(() => Task.FromResult(Of(type).Count >= count), $"{count} {type} came, not: {string.Join(' ', Taken.Select(t => t.Type))}");

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var headers = http.Request.Headers;
        var hooked = new Hooked(headers["webhook-id"]!, long.Parse(headers["webhook-timestamp"]!), headers["webhook-signature"]!, body);
        All.Enqueue(hooked);
        http.Response.StatusCode = await Answers(hooked);
        if (http.Response.StatusCode is 200 or 204)
        {
            Taken.Enqueue(hooked);
        }
        else
        {
            await http.Response.WriteAsync("not now");
        }
    }
}
