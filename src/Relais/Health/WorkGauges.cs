using System.Diagnostics.Metrics;
using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Health;

/// <summary>
/// What waits, as instruments. Reading them costs no query: they show what the last <see cref="Refresh"/> found, which whoever
/// collects them asks for first, and which asks the database at most every five seconds.
/// </summary>
internal sealed class WorkGauges : IDisposable
{
    private static readonly string[] Lanes = ["webhook", "turn", "outbox", "media"];
    private static readonly long MostOften = (long)TimeSpan.FromSeconds(5).TotalMilliseconds;

    private readonly WorkHealth health;
    private readonly Clock clock;
    private readonly Meter meter = new(Telemetry.Name);
    private readonly SemaphoreSlim gate = new(1);
    private HealthReport report = new(false, null, WorkFigures.None);
    private long readAt = long.MinValue / 2;

    public WorkGauges(WorkHealth health, ChangeReader changes, Clock clock)
    {
        this.health = health;
        this.clock = clock;
        meter.CreateObservableGauge("relais.work.backlog", () => EachLane(f => f.Due), "{lane}", "Lanes that have something to do now and are not held.");
        meter.CreateObservableGauge("relais.work.oldest.age", () => EachLane(f => f.OldestSeconds), "s", "How long the oldest of them has waited.");
        meter.CreateObservableGauge("relais.webhook.waiting", () => report.Figures.WaitingWebhooks, "{webhook}", "Acknowledged webhooks that are not applied yet.");
        meter.CreateObservableGauge("relais.send.waiting", () => report.Figures.WaitingSends, "{message}", "Messages queued or on the wire.");
        meter.CreateObservableGauge("relais.send.unknown", () => report.Figures.UnknownSends, "{message}", "Sends of which nobody knows whether they went out.");
        meter.CreateObservableGauge("relais.dead_letter.count", DeadLetters, "{letter}", "What a person has to look at: webhooks set aside, sends given up.");
        meter.CreateObservableGauge("relais.campaign.recipients", Recipients, "{recipient}", "Recipients of campaigns that are at work or wait for their hour, by where they stand.");
        meter.CreateObservableGauge("relais.campaign.lag", () => Since(report.Figures.CampaignNextAt), "s", "How long the most belated campaign has waited to be looked at.");
        meter.CreateObservableGauge("relais.import.rows.left", () => report.Figures.ImportRowsLeft, "{row}", "Rows of files that are checked, imported or taken back at the moment.");
        meter.CreateObservableGauge("relais.subscription.waiting", () => report.Figures.WaitingDeliveries, "{event}", "Events that the systems of businesses have not taken yet.");
        meter.CreateObservableGauge("relais.subscription.oldest.age", () => Since(report.Figures.OldestDeliveryAt), "s", "How long the oldest of them has waited.");
        meter.CreateObservableGauge("relais.live.watchers", () => changes.WatcherCount, "{watcher}", "Live feeds open on this node.");
        meter.CreateObservableGauge("relais.ready", () => report.Ready ? 1 : 0, "1", "1 while readiness is green, else 0.");
    }

    /// <summary>Reads the figures anew unless that was done less than five seconds ago.</summary>
    public async Task Refresh(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            if (Environment.TickCount64 - readAt >= MostOften)
            {
                report = await health.Report(cancel);
                readAt = Environment.TickCount64;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        meter.Dispose();
        gate.Dispose();
    }

    private IEnumerable<Measurement<T>> EachLane<T>(Func<LaneFigures, T> value)
        where T : struct
    {
        var now = report.Figures;
        return Lanes.Select((name, i) => new Measurement<T>(
            value(now.Lanes.FirstOrDefault(l => l.Kind == i + 1) ?? LaneFigures.None), new KeyValuePair<string, object?>("lane", name)));
    }

    private double Since(long? at) => at is { } then ? Math.Max(0, clock.Micros - then) / 1e6 : 0;

    private IEnumerable<Measurement<long>> Recipients() =>
    [
        new(report.Figures.CampaignWaiting, new KeyValuePair<string, object?>("state", "waiting")),
        new(report.Figures.CampaignQueued, new KeyValuePair<string, object?>("state", "queued")),
        new(report.Figures.CampaignSkipped, new KeyValuePair<string, object?>("state", "skipped")),
        new(report.Figures.CampaignHeldOut, new KeyValuePair<string, object?>("state", "held_out")),
    ];

    private IEnumerable<Measurement<long>> DeadLetters() =>
    [
        new(report.Figures.DeadWebhooks, new KeyValuePair<string, object?>("kind", "webhook")),
        new(report.Figures.DeadSends, new KeyValuePair<string, object?>("kind", "send")),
    ];
}

/// <summary>Keeps the gauges fresh for an exporter that collects without waiting for anything.</summary>
internal sealed class GaugeRefresher(WorkGauges gauges, ILogger<GaugeRefresher> log) : Worker(log)
{
    protected override async Task<bool> Round(CancellationToken stopping)
    {
        await gauges.Refresh(stopping);
        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromSeconds(10), stopping);
}
