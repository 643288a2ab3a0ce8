using Relais.Foundation;
using Relais.Media;
using Relais.Storage;
using Relais.Tenants.Audit;

namespace Relais.Desk.Privacy;

/// <summary>
/// Removes what each tenant keeps no longer, in small batches. What it does twice it does once, so nodes need not agree and a crash
/// leaves the rest for the next round. Calls, errors and traces are <c>Health/Alerts/LogPruner</c>'s.
/// </summary>
internal sealed class RetentionWorker(Database database, MediaFiles files, Clock clock, RightOfWay way, ILogger<RetentionWorker> log) : Worker(log, way)
{
    private const int Conversations = 20;
    private const int Rows = 500;
    private const int Webhooks = 2_000;

    /// <summary>Days.</summary>
    private const long InstallationAudit = 365;

    /// <summary>Up to which webhook this round has looked.</summary>
    private long looked;

    /// <summary>A batch of everything; true when there may be more.</summary>
    public async Task<bool> Sweep(CancellationToken cancel)
    {
        var now = clock.Micros;
        var kept = await database.Read(Scope.Pipeline, async tx =>
        {
            var all = new Dictionary<long, RetentionDays>();
            foreach (var tenant in await RetentionStore.Tenants(tx))
            {
                all[tenant] = await RetentionStore.Read(tx, tenant);
            }

            return all;
        }, cancel);
        var more = false;
        foreach (var (tenant, days) in kept)
        {
            more |= await Words(tenant, RetentionDays.Before(days.Conversations, now), now, cancel);
            more |= await Files(tenant, RetentionDays.Before(days.Media, now), cancel);
            if (RetentionDays.Before(days.Audit, now) is { } before)
            {
                more |= await Lines(tenant, before, cancel);
            }
        }

        // Anybody adds to the installation's lines by signing in as nobody; no business says how long they are kept.
        more |= await Lines(0, now - (InstallationAudit * Instants.Day), cancel);
        return await Posted(kept, now, cancel) || more;
    }

    protected override Task<bool> Round(CancellationToken stopping) => Sweep(stopping);

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromMinutes(10), stopping);

    private async Task<bool> Lines(long tenant, long before, CancellationToken cancel) =>
        await database.Write(Scope.Pipeline, tx => AuditStore.DeleteOld(tx, tenant, before, Rows), cancel) == Rows;

    private async Task<bool> Words(long tenant, long? before, long now, CancellationToken cancel)
    {
        if (before is not { } over)
        {
            return false;
        }

        var (count, shas) = await database.Write(Scope.Pipeline, async tx =>
        {
            var due = await RetentionStore.Conversations(tx, tenant, over, Conversations);
            return (due.Count, due.Count == 0 ? [] : await RetentionStore.Sweep(tx, tenant, due, now));
        }, cancel);
        CrashPoint.Pass(CrashPoint.RetentionForgotten);
        await UnnamedFiles.Delete(database, files, shas, cancel);
        return count == Conversations;
    }

    private async Task<bool> Files(long tenant, long? before, CancellationToken cancel)
    {
        if (before is not { } over)
        {
            return false;
        }

        var shas = await database.Write(Scope.Pipeline, tx => RetentionStore.Media(tx, tenant, over, Rows), cancel);
        CrashPoint.Pass(CrashPoint.RetentionForgotten);
        await UnnamedFiles.Delete(database, files, shas, cancel);
        return shas.Count == Rows;
    }

    /// <summary>Webhooks are no tenant's: each goes when every tenant of its connection keeps it no longer.</summary>
    private async Task<bool> Posted(Dictionary<long, RetentionDays> kept, long now, CancellationToken cancel)
    {
        var (page, connections) = await database.Read(
            Scope.Pipeline, async tx => (await RetentionStore.Webhooks(tx, looked, Webhooks), await RetentionStore.Connections(tx)), cancel);
        var days = connections.GroupBy(c => c.ConnectionId)
            .ToDictionary(c => c.Key, c => c.Max(t => kept.GetValueOrDefault(t.TenantId)?.Webhooks ?? RetentionDays.UsualTechnical));
        var over = page.FindAll(w => w.ReceivedAt < now - (days.GetValueOrDefault(w.ConnectionId, RetentionDays.UsualTechnical) * Instants.Day)).ConvertAll(w => w.Id);
        foreach (var part in over.Chunk(Rows))
        {
            await database.Write(Scope.Pipeline, tx => RetentionStore.DeleteWebhooks(tx, part), cancel);
        }

        // From the first one that even the shortest keeps, nothing further is over: ids follow time closely enough.
        var isEnd = page.Count < Webhooks || page[^1].ReceivedAt >= now - (kept.Values.Select(k => k.Webhooks ?? RetentionDays.UsualTechnical).DefaultIfEmpty(RetentionDays.UsualTechnical).Min() * Instants.Day);
        looked = isEnd ? 0 : page[^1].Id;
        return !isEnd;
    }
}
