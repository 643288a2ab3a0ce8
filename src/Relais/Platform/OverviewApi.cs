using Relais.Foundation;
using Relais.Health;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Platform;

/// <param name="Name">RELAIS_NODE.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Roles">web, workers, or both with a comma.</param>
/// <param name="StartedAt">ISO-8601 UTC.</param>
/// <param name="SeenAt">ISO-8601 UTC.</param>
/// <param name="IsAlive">It was heard of in the last two minutes.</param>
internal sealed record NodeJson(string Name, string Version, string Roles, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsAlive);

/// <param name="Kind">webhook, turn, outbox, media …</param>
/// <param name="Due">Lanes that could be worked on now.</param>
/// <param name="OldestSeconds">How long the oldest of them has waited.</param>
internal sealed record QueueJson(string Kind, long Due, double OldestSeconds);

/// <param name="Version">Of the program that answers.</param>
/// <param name="Database">sqlite or postgres.</param>
/// <param name="Ready">As /health/ready.</param>
/// <param name="Reason">Why not, or null.</param>
/// <param name="Tenants">All of them.</param>
/// <param name="SuspendedTenants">Of those.</param>
/// <param name="Users">People who are not shut out of the installation.</param>
/// <param name="Numbers">Connected.</param>
/// <param name="PausedNumbers">Of those, by their providers.</param>
/// <param name="OpenConversations">Of all tenants.</param>
/// <param name="Webhooks">Stored in the last 24 hours (whole hours, half a minute behind for other processes).</param>
/// <param name="WaitingWebhooks">Stored and not worked on yet.</param>
/// <param name="DeadLetters">What a person has to look at.</param>
/// <param name="WaitingSends">Messages that have not left.</param>
/// <param name="Errors">Lines of tenants' error logs in the last 24 hours.</param>
/// <param name="Nodes">Processes that serve this database.</param>
/// <param name="Queues">By kind, those with something due.</param>
internal sealed record OverviewJson(
    string Version, string Database, bool Ready, string? Reason, long Tenants, long SuspendedTenants, long Users, long Numbers, long PausedNumbers,
    long OpenConversations, long Webhooks, long WaitingWebhooks, long DeadLetters, long WaitingSends, long Errors, IReadOnlyList<NodeJson> Nodes,
    IReadOnlyList<QueueJson> Queues);

/// <summary>GET /api/admin/overview: the installation at a glance.</summary>
internal static class OverviewApi
{
    public static void MapOverview(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/admin/overview", Get).RequireAuthorization(Policies.Platform).WithTags("Tenants").WithName("get_platform_overview")
            .WithSummary("The installation at a glance: tenants, numbers, nodes, queues").Produces<OverviewJson>().ProducesProblem(403);

    private static async Task<IResult> Get(Database database, WorkHealth health, WebhookTally tally, Clock clock, CancellationToken cancel)
    {
        var now = clock.Micros;
        var report = await health.Report(cancel);
        var (figures, nodes) = await database.Read(Scope.Directory, async tx => (
            await PlatformFigureStore.Figures(tx, now - Instants.Day), await PlatformFigureStore.Nodes(tx)), cancel);
        var alive = now - (4 * Instants.ToMicros(NodeWorker.Pause));
        return Results.Json(new OverviewJson(
            ProgramVersion.Text, database.Dialect.Name, report.Ready, report.Reason, figures.Tenants, figures.Suspended, figures.Users, figures.Numbers,
            figures.PausedNumbers, figures.OpenConversations, figures.Webhooks + tally.Waiting, report.Figures.WaitingWebhooks, report.Figures.DeadLetters,
            report.Figures.WaitingSends, figures.Errors,
            nodes.ConvertAll(n => new NodeJson(
                n.Name, n.Version, n.Roles, Instants.FromMicros(n.StartedAt), Instants.FromMicros(n.SeenAt), n.SeenAt >= alive)),
            [.. report.Figures.Lanes.Select(l => new QueueJson(((LaneKind)l.Kind).ToString().ToLowerInvariant(), l.Due, Math.Round(l.OldestSeconds, 1)))]),
            ApiJson.Options);
    }
}
