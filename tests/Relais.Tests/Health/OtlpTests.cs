using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Relais.Tests.Fuzz;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>A collector on a socket of its own, and a server that is told of it or not.</summary>
[Collection(nameof(Alone))]
public sealed class OtlpTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string Key, string Body)> received = new();
    private readonly string url = $"http://127.0.0.1:{Relais.Rig.Ports.Free()}";
    private WebApplication? collector;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);

            // Texts stand in protobuf as they are: enough to see what is named and what is not.
            received.Enqueue((http.Request.Path, http.Request.Headers["x-key"].ToString(), Encoding.UTF8.GetString(body.ToArray())));
            http.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync();
    }

    public async ValueTask DisposeAsync() => await collector!.DisposeAsync();

    [Theory, OnEveryDatabase]
    public async Task A_collector_that_is_configured_gets_the_spans_and_figures_of_a_message_and_nothing_of_its_customer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url, ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=collector-key", ["RELAIS_STUDIO_TOKEN"] = "canary-studio",
        });
        await relais.Chat(relais.Meta, "+33655550199").Asks("Bonjour", "Beyond Express");
        await relais.Chat(relais.Twilio, "+33655550199").Says("canary-text");
        using (await relais.Http.GetAsync("/api/whatsapp/webhook?hub.mode=subscribe&hub.challenge=1&hub.verify_token=canary-verify", TestContext.Current.CancellationToken))
        using (await relais.Http.PostAsync("/api/twilio/incoming?token=canary-studio", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken))
        {
            await relais.Settled();
        }

        await relais.StopServer();
        var spans = All("/v1/traces");
        foreach (var name in (string[])["apply webhooks", "decide turn", "commit turns", "send message", "relais", "HttpRequestIn", "url.path", "/api/whatsapp/webhook"])
        {
            spans.ShouldContain(name);
        }

        var figures = All("/v1/metrics");
        foreach (var name in (string[])["relais.webhook.received", "relais.reply.latency", "relais.work.backlog", "dotnet.process.cpu.time"])
        {
            figures.ShouldContain(name);
        }

        received.ShouldAllBe(r => r.Key == "collector-key");
        foreach (var secret in (string[])["33655550199", "canary-text", "canary-verify", "canary-studio", relais.Meta.AccessToken, relais.Meta.Secret])
        {
            received.ShouldAllBe(r => !r.Body.Contains(secret), secret);
        }
    }

    [Fact]
    public async Task Nothing_is_sent_when_no_collector_is_configured()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        Relais.Foundation.Telemetry.Source.HasListeners().ShouldBeFalse("or spans are made for nobody");
        await relais.Chat(relais.Meta, "+33655550199").Asks("Bonjour", "Beyond Express");
        await relais.Settled();
        await relais.StopServer();
        received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_collector_that_is_away_disturbs_nobody()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{Relais.Rig.Ports.Free()}" });
        await relais.Chat(relais.Meta, "+33655550199").Asks("Bonjour", "Beyond Express");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await relais.StopServer();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private string All(string path) => string.Join('\n', received.Where(r => r.Path == path).Select(r => r.Body));
}
