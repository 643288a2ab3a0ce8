using Relais.Changes;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// In: queued messages. Out: sends, one at a time and in order for each conversation, and their recorded outcomes. A message
/// is marked "on the wire" before its bytes leave, so that a crash in between ends as Unknown and never as a second send.
/// One transaction records what came back and claims what goes next.
/// </summary>
internal sealed class OutboxWorker(
    Database database, WorkQueue queue, HeldLeases held, Wire wire, ChangeLog changes, FailureLog failures, Ids ids, Signals signals, Clock clock,
    InboxDirectory inboxes, InboxPauses pauses, RightOfWay way, ILogger<OutboxWorker> log) : Worker(log, way)
{
    /// <summary>Reserved ahead, so that a round that has nothing to do reserves nothing.</summary>
    private const int SpareIds = 4000;

    /// <summary>Of a send that came back: its change, those of parts taken back, an error with its change, a consent, a pause.</summary>
    private const int IdsEach = 8;

    private readonly SendPacer pacer = wire.Pacer;
    private readonly OutcomeRecorder recorder = new(queue, changes, failures, wire.Pacer, inboxes, pauses, clock);
    private IdRange spare = new(0, 0);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var done = wire.TakeFinished();
        var free = pacer.Free;
        List<OutboxHead> going;
        try
        {
            var needed = (done.Count * IdsEach) + (free * 3);
            if (spare.Remaining < needed)
            {
                spare = await ids.Take(needed + SpareIds, stopping);
            }

            going = await database.Write(Scope.Pipeline, async tx =>
            {
                spare.Rewind();
                await Record(tx, done, spare);
                return await Claim(tx, free, spare);
            }, CancellationToken.None);
        }
        catch
        {
            // What came back is kept and recorded in a later round, under other ids: a commit that was cut off may have written these.
            wire.Keep(done);
            spare = new(0, 0);
            throw;
        }

        spare.Keep();
        if (done.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.OutboxRecorded);
        }

        done.ForEach(d => held.Remove(d.Head.Lease));
        wire.Depart(going);
        return wire.HasFinished || (free > 0 && going.Count == free);
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Outbox).Wait(TimeSpan.FromSeconds(1), stopping);

    protected override async Task Stopped()
    {
        // Sends in flight have 8 s to come back; what then has no answer is Unknown, and a status or a person settles it.
        pacer.Close();
        var until = Environment.TickCount64 + 8000;
        while (pacer.OnWire > 0 && Environment.TickCount64 < until)
        {
            await signals.Of(LaneKind.Outbox).Wait(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        var done = wire.TakeFinished();
        if (done.Count > 0)
        {
            var range = await ids.Take(done.Count * IdsEach);
            await database.Write(Scope.Pipeline, tx =>
            {
                range.Rewind();
                return Record(tx, done, range);
            });
        }
    }

    private async Task Record(Tx tx, List<FinishedSend> done, IdRange range)
    {
        if (done.Count == 0)
        {
            return;
        }

        await recorder.Record(tx, done, range);
        CrashPoint.Pass(CrashPoint.OutboxRecording);
        var leases = done.ConvertAll(d => d.Head.Lease);
        var next = await OutboxStore.Next(tx, leases);
        await queue.Complete(tx, leases.ConvertAll(l => new LaneResult(l, next[l.Key])));
    }

    private async Task<List<OutboxHead>> Claim(Tx tx, int free, IdRange range)
    {
        var now = clock.Micros;
        var leases = free > 0 ? await queue.Claim(tx, LaneKind.Outbox, free) : [];
        if (leases.Count == 0)
        {
            return [];
        }

        var lost = await OutboxStore.Lost(tx, leases.FindAll(l => l.Failures > 0),
            "Relais stopped while this message was on its way: it may or may not have arrived.", now);
        if (lost.Count > 0)
        {
            await OutboxStore.MarkUnknown(tx, lost.ConvertAll(n => n with { DelayMicros = RetryPolicy.ReconcileTime.Ticks / 10 }));
            await failures.Lost(tx, lost, range);
            await changes.Append(tx, OutboxStore.Changes(lost, range));
        }

        var heads = await OutboxStore.Heads(tx, leases);
        var quiet = await SendContext.Load(tx, heads.FindAll(h => h.IsUnasked).ConvertAll(h => (h.Lease.TenantId, h.Lease.Key)));
        var plan = new DeparturePlan(heads, wire.Places, now, quiet);
        tx.IfUndone(() => plan.GiveBack(wire.Places));
        await OutboxStore.Cancel(tx, plan.Cancelled);
        await changes.Append(tx, OutboxStore.Changes(plan.Cancelled, range));
        if (plan.Refused.Count > 0)
        {
            var takenBack = await OutboxStore.MarkDead(tx, plan.Refused);
            await changes.Append(tx, OutboxStore.Changes([.. plan.Refused, .. takenBack], range));
        }

        plan.Keep(await OutboxStore.MarkOnWire(tx, plan.Going.ConvertAll(h => Note(h, now))), wire.Places);
        var staying = leases.ExceptBy(plan.Going.Select(h => h.Lease.Key), l => l.Key).ToList();
        await queue.Complete(tx, staying.ConvertAll(l => new LaneResult(l, plan.Waits.TryGetValue(l.Key, out var wait) ? wait : null)));
        return plan.Going;
    }

    public static OutboxNote Note(OutboxHead head, long now) => new(
        head.Lease.TenantId, head.MessageId, head.InboxId, head.Lease.Key, head.AnswerId, head.Seq, null, null, now);
}
