using System.Net;
using System.Net.Http.Headers;
using Relais.Foundation;
using Relais.Tests.Fuzz;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>What /metrics shows of the path of a message. Alone, since the instruments belong to the process.</summary>
[Collection(nameof(Alone))]
public sealed class MetricsTests(ITestOutputHelper log)
{
    private static readonly Dictionary<string, string> Token = new() { ["RELAIS_METRICS_TOKEN"] = "scrape-me" };

    [Theory, OnEveryDatabase]
    public async Task A_message_moves_every_counter_on_its_path(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, Token);
        var before = await Scrape(relais);
        await relais.Chat(relais.Meta, "+33611110001").Asks("Bonjour", "Beyond Express");
        await relais.Chat(relais.Twilio, "+33611110002").Asks("Bonjour", "Beyond Express");
        (await relais.Simulator.Phone("+33611110001").SendRaw(relais.Meta, "{}"u8.ToArray(), "sha256=00")).StatusCode.ShouldBe(401);
        await relais.Settled();
        var after = await Scrape(relais);
        double More(string name, string? label = null, string? value = null) => after.Sum(name, label, value) - before.Sum(name, label, value);

        More("relais_webhook_received_total", "result", "stored").ShouldBeGreaterThanOrEqualTo(2);
        More("relais_webhook_received_total", "result", "bad_signature").ShouldBe(1);
        More("relais_webhook_ack_duration_seconds_count").ShouldBeGreaterThanOrEqualTo(3);
        More("relais_webhook_batch_size_sum").ShouldBeGreaterThanOrEqualTo(2);
        More("relais_message_applied_total").ShouldBe(2);
        More("relais_status_applied_total").ShouldBeGreaterThanOrEqualTo(2);
        More("relais_turn_duration_seconds_count", "outcome", "replied").ShouldBe(2);
        More("relais_send_duration_seconds_count", "channel", "meta").ShouldBe(1);
        More("relais_send_duration_seconds_count", "channel", "twilio").ShouldBe(1);
        More("relais_send_outcome_total", "outcome", "accepted").ShouldBe(2);
        More("relais_reply_latency_seconds_count").ShouldBe(2);
        More("relais_reply_latency_seconds_sum").ShouldBeInRange(0.02, 60);
        More("relais_db_write_duration_seconds_count", "system", kind == DatabaseKind.Sqlite ? "sqlite" : "postgresql").ShouldBeGreaterThan(5);
        More("relais_worker_failures_total").ShouldBe(0);
        after.Sum("dotnet_process_memory_working_set_bytes").ShouldBeGreaterThan(10_000_000);
    }

    [Theory, OnEveryDatabase]
    public async Task What_waits_and_what_is_dead_is_shown(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, Token);
        (await relais.Simulator.Phone("+33611110001").SendRaw(relais.Meta, "not json"u8.ToArray())).Taken.ShouldBeTrue();
        await relais.Settled();
        var text = await Scrape(relais);
        text.Sum("relais_dead_letter_count", "kind", "webhook").ShouldBe(1);
        text.Sum("relais_dead_letter_count", "kind", "send").ShouldBe(0);
        text.Sum("relais_ready_ratio").ShouldBe(1);
        text.Samples.Where(s => s.Name == "relais_work_backlog").Select(s => s.Labels["lane"]).Order().ShouldBe(["media", "outbox", "turn", "webhook"]);
        text.Sum("relais_work_oldest_age_seconds").ShouldBeLessThan(5);
    }

    [Fact]
    public async Task A_hundred_customers_make_no_more_series_than_two_and_their_numbers_are_nowhere()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, Token);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(n => relais.Chat(relais.Meta, $"+3362220{n:D4}").Says("Bonjour")));
        await relais.Settled();
        var few = await Scrape(relais);
        await Task.WhenAll(Enumerable.Range(2, 100).Select(n => relais.Chat(relais.Meta, $"+3362220{n:D4}").Says("Bonjour")));
        await relais.Settled();
        var many = await Scrape(relais);
        many.Samples.Count(s => s.Name.StartsWith("relais_", StringComparison.Ordinal))
            .ShouldBe(few.Samples.Count(s => s.Name.StartsWith("relais_", StringComparison.Ordinal)));
        many.Samples.SelectMany(s => s.Labels.Values).ShouldAllBe(v => !v.Contains("3362220") && !v.Contains("Beyond"));
    }

    [Fact]
    public async Task A_measurement_allocates_nothing_while_metrics_are_collected_and_a_span_nothing_while_nobody_listens()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, Token);
        Measure(1000);
        var (bytes, watch) = (GC.GetAllocatedBytesForCurrentThread(), System.Diagnostics.Stopwatch.StartNew());
        Measure(100_000);
        log.WriteLine($"{watch.Elapsed.TotalNanoseconds / 100_000 / 8:F0} ns a measurement");
        (GC.GetAllocatedBytesForCurrentThread() - bytes).ShouldBeLessThan(10_000, "one object for each would be millions");

        static void Measure(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var since = Telemetry.Now;
                Telemetry.WebhookAnswered("meta", "stored", since);
                Telemetry.TurnDecided("replied", since);
                Telemetry.SendEnded("meta", 1, "accepted", since);
                Telemetry.Replied(20_000);
                Telemetry.Written("sqlite", 3, since);
                TraceTrail.Leave(1, TraceTrail.Stage("decide turn", System.Diagnostics.ActivityKind.Internal, 1));
            }
        }
    }

    [Fact]
    public async Task Without_a_token_a_server_that_the_world_reaches_shows_nothing()
    {
        // A public address that is not this computer's: a proxy may stand before it, and its requests come from this computer too.
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new() { ["RELAIS_PUBLIC_URL"] = "https://relais.example.com" });
        (await relais.Http.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "relais.example.com")]
    public async Task Without_a_token_only_a_plain_request_of_this_computer_is_answered(string header, string value)
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        (await relais.Http.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation(header, value);
        (await relais.Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("scrape-me!")]
    [InlineData("scrape-m")]
    public async Task A_token_once_set_is_asked_of_everybody(string? sent)
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Authorization", sent is null ? null : "Bearer " + sent);
        (await relais.Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    internal static async Task<PrometheusText> Scrape(RelaisHost relais)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "scrape-me");
        using var answer = await relais.Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        return PrometheusText.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
