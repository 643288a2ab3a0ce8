using System.Collections.Concurrent;
using Relais.Changes;
using Relais.Channels;
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
    Database database, WorkQueue queue, HeldLeases held, ChannelSet channels, InboxDirectory inboxes, ChangeLog changes, SendPacer pacer,
    Ids ids, Signals signals, Clock clock, SendAddresses addresses, ILogger<OutboxWorker> log) : Worker(log)
{
    /// <summary>Sends on the wire at once: enough for 256 a second at a provider that takes a second, few enough to cancel in time.</summary>
    private const int Slots = 256;

    /// <summary>Reserved ahead, so that a round that has nothing to do reserves nothing.</summary>
    private const int SpareIds = 4000;

    private readonly ConcurrentQueue<FinishedSend> finished = new();
    private readonly OutcomeRecorder recorder = new(changes, pacer, clock);
    private IdRange spare = new(0, 0);
    private int onWire;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var done = TakeFinished();
        var free = Slots - Volatile.Read(ref onWire);
        DeparturePlan? plan = null;
        try
        {
            var needed = (done.Count * 4) + (Math.Max(0, free) * 3);
            if (spare.Remaining < needed)
            {
                spare = await ids.Take(needed + SpareIds, stopping);
            }

            await database.Write(Scope.Pipeline, async tx =>
            {
                spare.Rewind();
                plan?.GiveBack(pacer);
                plan = null;
                await Record(tx, done, spare);
                plan = await Claim(tx, free, spare);
            }, CancellationToken.None);
        }
        catch
        {
            // Nothing was written: what came back is kept and recorded in a later round.
            plan?.GiveBack(pacer);
            done.ForEach(finished.Enqueue);
            throw;
        }

        spare.Keep();
        var going = plan!.Going;

        if (done.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.OutboxRecorded);
        }

        done.ForEach(d => held.Remove(d.Head.Lease));
        if (going.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.OutboxClaimed);
        }

        foreach (var head in going)
        {
            held.Add(head.Lease);
            Interlocked.Increment(ref onWire);
            _ = Send(head);
        }

        return !finished.IsEmpty || going.Count == free;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Outbox).Wait(TimeSpan.FromSeconds(1), stopping);

    protected override async Task Stopped()
    {
        // Sends in flight have 8 s to come back; what then has no answer is Unknown, and a status or a person settles it.
        var until = Environment.TickCount64 + 8000;
        while (Volatile.Read(ref onWire) > 0 && Environment.TickCount64 < until)
        {
            await signals.Of(LaneKind.Outbox).Wait(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        var done = TakeFinished();
        if (done.Count > 0)
        {
            var range = await ids.Take(done.Count * 4);
            await database.Write(Scope.Pipeline, tx => Record(tx, done, range));
        }
    }

    private List<FinishedSend> TakeFinished()
    {
        var done = new List<FinishedSend>();
        while (done.Count < Slots && finished.TryDequeue(out var next))
        {
            done.Add(next);
        }

        return done;
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

    private async Task<DeparturePlan> Claim(Tx tx, int free, IdRange range)
    {
        var now = clock.Micros;
        var leases = free > 0 ? await queue.Claim(tx, LaneKind.Outbox, free) : [];
        if (leases.Count == 0)
        {
            return new DeparturePlan([], pacer, now);
        }

        var lost = await OutboxStore.Lost(tx, leases.FindAll(l => l.Failures > 0),
            "Relais stopped while this message was on its way: it may or may not have arrived.", now);
        if (lost.Count > 0)
        {
            await OutboxStore.MarkUnknown(tx, lost.ConvertAll(n => n with { DelayMicros = RetryPolicy.ReconcileTime.Ticks / 10 }));
            await changes.Append(tx, OutboxStore.Changes(lost, range));
        }

        var heads = await OutboxStore.Heads(tx, leases);
        var plan = new DeparturePlan(heads, pacer, now);
        await OutboxStore.Cancel(tx, plan.Cancelled);
        await changes.Append(tx, OutboxStore.Changes(plan.Cancelled, range));
        if (plan.Refused.Count > 0)
        {
            var takenBack = await OutboxStore.MarkDead(tx, plan.Refused);
            await changes.Append(tx, OutboxStore.Changes([.. plan.Refused, .. takenBack], range));
        }

        plan.Keep(await OutboxStore.MarkOnWire(tx, plan.Going.ConvertAll(h => Note(h, now))), pacer);
        var staying = leases.ExceptBy(plan.Going.Select(h => h.Lease.Key), l => l.Key).ToList();
        await queue.Complete(tx, staying.ConvertAll(l => new LaneResult(l, plan.Waits.TryGetValue(l.Key, out var wait) ? wait : null)));
        return plan;
    }

    public static OutboxNote Note(OutboxHead head, long now) => new(
        head.Lease.TenantId, head.MessageId, head.InboxId, head.Lease.Key, head.AnswerId, head.Seq, null, null, now);

    private async Task Send(OutboxHead head)
    {
        await Task.Yield();
        var since = Telemetry.Now;
        using var span = TraceTrail.Stage("send message", System.Diagnostics.ActivityKind.Producer, head.Lease.Key);
        SendOutcome outcome;
        if (inboxes.Find(head.InboxId) is not { AccessToken: not null } inbox)
        {
            outcome = new SendOutcome.RetryLater(TimeSpan.FromSeconds(30), RetryScope.Inbox, 0,
                "This number has no access token. Set it (see `relais check`); the message is sent then.");
        }
        else
        {
            var message = new OutboundMessage(
                head.MessageId, new SenderIdentity(head.WaId, head.Phone, head.UserId), new OutboundContent.Text(head.Content));
            outcome = await Attempt(inbox, message);
        }

        CrashPoint.Pass(CrashPoint.OutboxSent);
        Telemetry.SendEnded(inboxes.Find(head.InboxId) is { IsTwilio: true } ? "twilio" : "meta", head.InboxId, outcome.Word, since);
        TraceTrail.Leave(head.MessageId, span?.SetTag("relais.outcome", outcome.Word));
        pacer.Leave(head.InboxId);
        finished.Enqueue(new FinishedSend(head, outcome));
        Interlocked.Decrement(ref onWire);
        signals.Of(LaneKind.Outbox).Raise();
    }

    private async Task<SendOutcome> Attempt(Inbox inbox, OutboundMessage message)
    {
        try
        {
            return await channels[inbox.IsTwilio ? ChannelKind.Twilio : ChannelKind.Meta].Send(addresses.Of(inbox), message, CancellationToken.None);
        }
#pragma warning disable CA1031 // A channel names what it expects; anything else leaves the outcome unknown, which is its own answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.LogError(e, "The channel failed in a way it does not name; the outcome of message {Message} is unknown", message.MessageId);
            return new SendOutcome.Unknown("Relais failed while sending: the message may or may not have arrived.");
        }
    }
}

/// <summary>A send that came back.</summary>
internal sealed record FinishedSend(OutboxHead Head, SendOutcome Outcome);
