using Relais.Foundation;
using Relais.Storage;

namespace Relais.Health;

/// <summary>What the health endpoints tell.</summary>
/// <param name="Ready">False while requests should go elsewhere.</param>
/// <param name="Reason">Why not, in one sentence; null when ready.</param>
/// <param name="OldestWaitSeconds">How long the oldest due work has waited.</param>
/// <param name="WaitingWebhooks">Acknowledged webhooks not yet applied.</param>
/// <param name="DeadLetters">What a person has to look at.</param>
internal sealed record HealthReport(bool Ready, string? Reason, double OldestWaitSeconds, long WaitingWebhooks, long DeadLetters);

/// <summary>
/// Acknowledged work that waits too long is an emergency nobody hears of unless something turns red (chatwoot#15131), so
/// readiness looks at the queue itself. Files that wait for a slow provider (lanes of kind 4) hold up no answer and do not count.
/// </summary>
internal sealed class WorkHealth(Database database)
{
    /// <summary>Acknowledged work that waits longer than this turns readiness red.</summary>
    private const long LongestWait = 60 * Instants.Second;

    /// <summary>Set once the schema is up to date and the workers run.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Set when the process was told to end.</summary>
    public bool IsStopping { get; set; }

    public async Task<HealthReport> Report(CancellationToken cancel)
    {
        if (IsStopping)
        {
            return new HealthReport(false, "Relais is stopping.", 0, 0, 0);
        }

        if (!IsStarted)
        {
            return new HealthReport(false, "Relais is starting, or waits for its database.", 0, 0, 0);
        }

        try
        {
            var row = await database.Read(Scope.Directory, tx => tx.QueryFirst<Row>("""
                SELECT {greatest}(
                    coalesce((SELECT {now} - min(ready_at) FROM lane WHERE ready_at < {now} AND kind <> 4), 0),
                    coalesce((SELECT {now} - min(received_at) FROM received_webhook WHERE state = 0), 0)) AS "OldestWait",
                  (SELECT count(*) FROM received_webhook WHERE state = 0) AS "WaitingWebhooks",
                  (SELECT count(*) FROM received_webhook WHERE state >= 2) + (SELECT count(*) FROM outbox WHERE state >= 2) AS "DeadLetters"
                """), cancel);
            var late = row!.OldestWait > LongestWait;
            return new HealthReport(!late, late ? "Acknowledged work has waited longer than a minute." : null,
                row.OldestWait / 1e6, row.WaitingWebhooks, row.DeadLetters);
        }
        catch (StorageUnavailableException)
        {
            return new HealthReport(false, "The database is away.", 0, 0, 0);
        }
    }

    /// <summary>The same with its parts, for measurements; zeros while the database is away or not prepared.</summary>
    public async Task<WorkFigures> Figures(CancellationToken cancel)
    {
        var report = await Report(cancel);
        if (!IsStarted || IsStopping)
        {
            return WorkFigures.None;
        }

        try
        {
            var figures = await WorkFigures.Read(database, cancel);
            figures.IsReady = report.Ready;
            return figures;
        }
        catch (StorageUnavailableException)
        {
            return WorkFigures.None;
        }
    }

    private sealed class Row
    {
        public long OldestWait { get; init; }

        public long WaitingWebhooks { get; init; }

        public long DeadLetters { get; init; }
    }
}

internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Health").AllowAnonymous();
        group.MapGet("/health/live", () => Results.Text("ok")).WithName("health_live").WithSummary("The process runs.");
        group.MapGet("/health/ready", async (WorkHealth health, CancellationToken cancel) =>
            await health.Report(cancel) is { Ready: true } ? Results.Text("ok") : Results.Text("not ready", statusCode: 503))
            .WithName("health_ready").WithSummary("Work is taken and done in time; 503 otherwise.");
        group.MapGet("/api/health", async (WorkHealth health, Database database, CancellationToken cancel) =>
        {
            var report = await health.Report(cancel);
            return Results.Json(new
            {
                status = report.Ready ? "ok" : "not_ready",
                reason = report.Reason,
                database = database.Dialect.Name,
                oldest_wait_seconds = Math.Round(report.OldestWaitSeconds, 1),
                waiting_webhooks = report.WaitingWebhooks,
                dead_letters = report.DeadLetters,
                version = typeof(HealthApi).Assembly.GetName().Version?.ToString(3),
            }, statusCode: report.Ready ? 200 : 503);
        }).WithName("health").WithSummary("The same for people, with what waits.");
    }
}
