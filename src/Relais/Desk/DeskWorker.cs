using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>
/// In: conversations in which something came due, by the clock (<see cref="TimerStore"/>) or because a customer wrote who is put aside
/// or waits for the first word of a person. Out: what follows, through <see cref="DeskActions"/>, each conversation in a transaction of its own.
/// </summary>
internal sealed class DeskWorker(
    Database database, WorkQueue queue, DeskActions desk, DeskViewers viewers, Ids ids, Signals signals, Clock clock, ILogger<DeskWorker> log) : Worker(log)
{
    private const int Most = 50;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var due = await database.Read(Scope.Pipeline, tx => TimerStore.Due(tx, clock.Micros, Most), stopping);
        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, due.ConvertAll(d => new LaneWake(LaneKind.Desk, d.ConversationId, d.TenantId)));
            return await queue.Claim(tx, LaneKind.Desk, Most);
        }, stopping);
        foreach (var lease in leases)
        {
            await Carry(lease);
        }

        return leases.Count == Most;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Desk).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Carry(Lease lease)
    {
        // Four acts at most, each with ids of its own.
        var range = await ids.Take(4 * DeskActions.IdsNeeded(null), CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var (tenantId, id) = (lease.TenantId, lease.Key);

            // The conversation before its lane: whoever stores a customer's message takes them in this order.
            var conversation = await desk.Hold(tx, tenantId, id);
            if ((await queue.Complete(tx, [new LaneResult(lease)])).Count == 0)
            {
                return;
            }

            var kinds = await TimerStore.Take(tx, tenantId, id, clock.Micros);
            if (kinds.Contains(TimerStore.Viewers))
            {
                await viewers.Forget(tx, tenantId, id, range);
            }

            if (conversation is null)
            {
                return;
            }

            await desk.ComeBack(tx, conversation, range);
            await desk.TellToWait(tx, conversation, range);
            if (kinds.Contains(TimerStore.Reassign))
            {
                await desk.PassOn(tx, conversation, range);
            }

            if (kinds.Contains(TimerStore.Release))
            {
                await desk.ReleasePlanned(tx, conversation, range);
            }
        }, CancellationToken.None);
    }
}
