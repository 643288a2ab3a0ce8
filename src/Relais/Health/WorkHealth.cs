using Relais.Storage;

namespace Relais.Health;

/// <summary>What the health endpoints tell.</summary>
/// <param name="Ready">False while requests should go elsewhere.</param>
/// <param name="Reason">Why not, in one sentence; null when ready.</param>
/// <param name="Figures">What waits; zeros while the database is away or not prepared.</param>
internal sealed record HealthReport(bool Ready, string? Reason, WorkFigures Figures);

/// <summary>
/// Acknowledged work that waits too long is an emergency nobody hears of unless something turns red (chatwoot#15131), so
/// readiness looks at the queue itself. Files that wait for a slow provider hold up no answer and do not count.
/// </summary>
internal sealed class WorkHealth(Database database)
{
    /// <summary>Acknowledged work that waits longer than this turns readiness red.</summary>
    private const double LongestSeconds = 60;

    /// <summary>Set once the schema is up to date and the workers run.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Set when the process was told to end.</summary>
    public bool IsStopping { get; set; }

    public async Task<HealthReport> Report(CancellationToken cancel)
    {
        if (IsStopping)
        {
            return new HealthReport(false, "Relais is stopping.", WorkFigures.None);
        }

        if (!IsStarted)
        {
            return new HealthReport(false, "Relais is starting, or waits for its database.", WorkFigures.None);
        }

        try
        {
            var figures = await WorkFigures.Read(database, cancel);
            var isLate = figures.OldestSeconds > LongestSeconds;
            return new HealthReport(!isLate, isLate ? "Acknowledged work has waited longer than a minute." : null, figures);
        }
        catch (StorageUnavailableException)
        {
            return new HealthReport(false, "The database is away.", WorkFigures.None);
        }
    }
}

internal static class HealthApi
{
    /// <param name="app">Where.</param>
    /// <param name="demo">Told by /api/health, so that the sign-in can say how.</param>
    public static void MapHealth(this IEndpointRouteBuilder app, bool demo)
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
                oldest_wait_seconds = Math.Round(report.Figures.OldestSeconds, 1),
                waiting_webhooks = report.Figures.WaitingWebhooks,
                dead_letters = report.Figures.DeadLetters,
                demo,
                version = typeof(HealthApi).Assembly.GetName().Version?.ToString(3),
            }, statusCode: report.Ready ? 200 : 503);
        }).WithName("health").WithSummary("The same for people, with what waits.");
    }
}
