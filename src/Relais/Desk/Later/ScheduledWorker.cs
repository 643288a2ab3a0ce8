using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Later;

/// <summary>
/// In: conversations in which a message's time has come by the clock of the wall, a lane each. Out: the messages in the outbox, in the
/// order of their times, each with the mark that it was sent in one commit, or why not. Rows are looked for once a second, so neither
/// a restart nor a clock that was set forgets one.
/// </summary>
internal sealed class ScheduledWorker(
    Database database, WorkQueue queue, ScheduledSends sends, Ids ids, Signals signals, Clock clock, ILogger<ScheduledWorker> log) : Worker(log)
{
    /// <summary>Conversations at a time.</summary>
    private const int Most = 10;

    /// <summary>Messages of one conversation in one transaction.</summary>
    private const int MostOfOne = 20;

    /// <summary>Messages that end this process's work so often are left to people.</summary>
    private const int MostFailures = 5;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var due = await database.Read(Scope.Pipeline, tx => ScheduledStore.Due(tx, clock.Micros, Most), stopping);
        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, due.ConvertAll(d => new LaneWake(LaneKind.Scheduled, d.ConversationId, d.TenantId)));
            return await queue.Claim(tx, LaneKind.Scheduled, Most);
        }, CancellationToken.None);

        // All of them, also when one fails in a way nobody expected: the others must not wait for its lease to run out.
        await Task.WhenAll(leases.Select(Carry));
        return leases.Count == Most;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Scheduled).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Carry(Lease lease)
    {
        var most = (await database.Read(Scope.Pipeline, tx => ScheduledStore.Of(tx, lease.TenantId, lease.Key), CancellationToken.None))
            .Sum(m => ScheduledSends.IdsNeeded(m.Content));
        var range = await ids.Take(most, CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();

            // First the rows, as people who move or send one take them, then the conversation, then its lane. One that came up since the
            // ids were counted is left for the next round.
            foreach (var planned in await ScheduledStore.HoldDue(tx, lease.TenantId, lease.Key, clock.Micros, MostOfOne))
            {
                if (range.Remaining < ScheduledSends.IdsNeeded(planned.Content))
                {
                    break;
                }

                if (lease.Failures >= MostFailures)
                {
                    await sends.Refuse(tx, planned, "failed", "Relais failed several times while sending this. The log has the details.", range);
                }
                else
                {
                    await sends.Send(tx, planned, keepsRefusal: true, range);
                }
            }

            // A lease that was lost changes nothing: what was sent is marked so by this commit.
            var next = await ScheduledStore.NextDue(tx, lease.TenantId, lease.Key) - clock.Micros;
            await queue.Complete(tx, [new LaneResult(lease, next < Instants.Minute ? TimeSpan.FromMicroseconds(Math.Max(0, next.Value)) : null)]);
            CrashPoint.Pass(CrashPoint.ScheduledSending);
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.ScheduledSent);
    }
}
