using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Later;

/// <summary>
/// In: messages whose time has come by the clock of the wall, a lane each. Out: the message in the outbox and the mark that it was
/// sent in one commit, or why not. Rows are looked for once a second, so neither a restart nor a clock that was set forgets one.
/// </summary>
internal sealed class ScheduledWorker(
    Database database, WorkQueue queue, ScheduledSends sends, Ids ids, Signals signals, Clock clock, ILogger<ScheduledWorker> log) : Worker(log)
{
    private const int Most = 10;

    /// <summary>A message that ends this process's work so often is left to people.</summary>
    private const int MostFailures = 5;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var due = await database.Read(Scope.Pipeline, tx => ScheduledStore.Due(tx, clock.Micros, Most), stopping);
        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, due.ConvertAll(d => new LaneWake(LaneKind.Scheduled, d.Id, d.TenantId)));
            return await queue.Claim(tx, LaneKind.Scheduled, Most);
        }, CancellationToken.None);

        // All of them, also when one fails in a way nobody expected: the others must not wait for its lease to run out.
        await Task.WhenAll(leases.Select(Carry));
        return leases.Count == Most;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Scheduled).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Carry(Lease lease)
    {
        var planned = await database.Read(Scope.Pipeline, tx => ScheduledStore.Find(tx, lease.TenantId, lease.Key), CancellationToken.None);
        var range = await ids.Take(ScheduledSends.IdsNeeded(planned?.Content ?? ""), CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();

            // The row before its lane, as people who move it do.
            var isWaiting = await ScheduledStore.Hold(tx, lease.TenantId, lease.Key, refusedToo: false, clock.Micros);
            var held = isWaiting ? await ScheduledStore.Find(tx, lease.TenantId, lease.Key) : null;
            var left = held is null ? (TimeSpan?)null : TimeSpan.FromMicroseconds(held.DueAt - clock.Micros);

            // Woken a moment before its time: again then. What was moved far away is found by its row.
            TimeSpan? again = left > TimeSpan.Zero && left < TimeSpan.FromMinutes(1) ? left : null;
            if ((await queue.Complete(tx, [new LaneResult(lease, again)])).Count == 0 || held is null || left > TimeSpan.Zero)
            {
                return;
            }

            if (lease.Failures >= MostFailures)
            {
                await sends.Refuse(tx, held, "failed", "Relais failed several times while sending this. The log has the details.", range);
                return;
            }

            await sends.Send(tx, held, keepsRefusal: true, range);
            CrashPoint.Pass(CrashPoint.ScheduledSending);
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.ScheduledSent);
    }
}
