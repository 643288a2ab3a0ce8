using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relais.Foundation;
using Relais.Simulator;

namespace Relais.Tests.Simulator;

/// <summary>A webhook as the receiving end saw it.</summary>
internal sealed record Received(string Target, byte[] Body, string? MetaSignature, string? TwilioSignature)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Value => JsonNode.Parse(Body)!["entry"]![0]!["changes"]![0]!["value"]!;
}

/// <summary>The simulator on a real socket, and a tiny Relais on the same host that only writes down what it gets.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication running;

    private SimulatorHost(WebApplication app, Clock clock) => (running, Clock) = (app, clock);

    public ConcurrentQueue<Received> Webhooks { get; } = new();

    /// <summary>What the receiving end answers.</summary>
    public Func<Received, int> Answer { get; set; } = _ => 200;

    public Clock Clock { get; }

    public Uri Base => new(running.Urls.First());

    public SimulatorHub Hub => running.Services.GetRequiredService<SimulatorHub>();

    public HttpClient Http { get; private set; } = new();

    public SimulatedNumber Meta { get; private set; } = null!;

    public SimulatedNumber Twilio { get; private set; } = null!;

    public static async Task<SimulatorHost> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var clock = new Clock();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSimulator();
        var app = builder.Build();
        var host = new SimulatorHost(app, clock);
        app.MapSimulator();
        app.MapPost("/relais/{kind}", host.Receive);
        await app.StartAsync();
        host.Http = new HttpClient { BaseAddress = host.Base, Timeout = TimeSpan.FromSeconds(20) };
        host.Meta = new SimulatedNumber(
            SimulatedChannel.Meta, "106540352242922", "+15550783881", "102290129340398", "meta-app-secret", "meta-token",
            new Uri(host.Base, "/relais/meta"), "Boutique");
        host.Twilio = new SimulatedNumber(
            SimulatedChannel.Twilio, "+14155238886", "+14155238886", "AC00000000000000000000000000000001", "twilio-token",
            "twilio-token", new Uri(host.Base, "/relais/twilio"), "Boutique T", new Uri("https://shop.example/relais/twilio"));
        host.Hub.Connect(host.Meta);
        host.Hub.Connect(host.Twilio);
        return host;
    }

    /// <summary>The newest webhook of this kind, waiting for it: a phone shows what it does before its webhook has arrived.</summary>
    /// <exception cref="TimeoutException">None came in 20 s.</exception>
    public async Task<Received> Posted(Func<Received, bool> isIt)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            if (Webhooks.LastOrDefault(isIt) is { } found)
            {
                return found;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("No such webhook came; there are: " + string.Join('\n', Webhooks.Select(w => w.Text)));
    }

    public Task<Received> Posted(string part) => Posted(w => w.Text.Contains(part, StringComparison.Ordinal));

    public Task<HttpResponseMessage> SendMeta(
        string to, string text, string? reference = null, string token = "meta-token", string path = "v23.0/106540352242922")
    {
        var body = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["to"] = to,
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text },
        };
        if (reference is not null)
        {
            body["biz_opaque_callback_data"] = reference;
        }

        return PostMeta(body.ToJsonString(), token, path);
    }

    public Task<HttpResponseMessage> PostMeta(string json, string token = "meta-token", string path = "v23.0/106540352242922")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/simulator/graph/{path}/messages")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Http.SendAsync(request);
    }

    /// <param name="method">GET, POST or DELETE.</param>
    /// <param name="path">Below Meta's base, or a whole address that an answer named.</param>
    /// <param name="json">The body, if any.</param>
    /// <param name="token">Of the number.</param>
    public Task<HttpResponseMessage> CallMeta(HttpMethod method, string path, JsonNode? json = null, string token = "meta-token")
    {
        var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : "/simulator/graph/" + path)
        {
            Content = json is null ? null : new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> SendTwilio(
        string to, string text, string? callback = null, string token = "twilio-token", string from = "whatsapp:+14155238886")
    {
        var form = new Dictionary<string, string> { ["To"] = to, ["From"] = from, ["Body"] = text };
        if (callback is not null)
        {
            form["StatusCallback"] = callback;
        }

        return CallTwilio(HttpMethod.Post, $"2010-04-01/Accounts/{Twilio.Account}/Messages.json", form, token);
    }

    public Task<HttpResponseMessage> CallTwilio(
        HttpMethod method, string path, Dictionary<string, string>? form = null, string token = "twilio-token")
    {
        var request = new HttpRequestMessage(method, "/simulator/twilio/" + path)
        {
            Content = form is null ? null : new FormUrlEncodedContent(form),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Twilio.Account + ":" + token)));
        return Http.SendAsync(request);
    }

    /// <summary>A template that Meta has approved already.</summary>
    public void Approve(string name, string language, string body, params JsonObject[] others) => Hub.ApproveTemplate(
        Meta, name, language, new JsonArray([new JsonObject { ["type"] = "BODY", ["text"] = body }, .. others]));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await running.DisposeAsync();
    }

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = new Received(
            context.Features.Get<IHttpRequestFeature>()!.RawTarget, body.ToArray(),
            context.Request.Headers["X-Hub-Signature-256"], context.Request.Headers["X-Twilio-Signature"]);
        context.Response.StatusCode = Answer(received);
        Webhooks.Enqueue(received);
    }
}
