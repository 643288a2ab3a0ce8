using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Errors;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>Writes down how sends ended. In: outcomes. Out: messages sent, waiting for another try, unknown or dead.</summary>
internal sealed class OutcomeRecorder(
    WorkQueue queue, ChangeLog changes, FailureLog failures, SendPacer pacer, InboxDirectory inboxes, InboxPauses pauses, Clock clock)
{
    /// <summary>Until every node has read that the number is paused (InboxRefresher: five seconds).</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(6);

    /// <summary>Records a batch. An acceptance counts even if the lease was lost meanwhile: it is a fact about the world.</summary>
    public async Task Record(Tx tx, IReadOnlyList<FinishedSend> done, IdRange ids)
    {
        var now = clock.Micros;
        var sent = new List<OutboxNote>();
        var later = new List<OutboxNote>();
        var putOff = new List<OutboxNote>();
        var unknown = new List<OutboxNote>();
        var dead = new List<OutboxNote>();
        var failed = new List<ErrorEntry>();
        var optedOut = new List<(OutboxNote Note, SendOutcome.Rejected Outcome)>();
        var stopped = new List<PausedInbox>();
        var mended = new HashSet<(long TenantId, long InboxId)>();
        foreach (var (head, outcome) in done.OrderBy(d => d.Head.MessageId))
        {
            var note = OutboxWorker.Note(head, now);
            switch (outcome)
            {
                case SendOutcome.Accepted accepted:
                    sent.Add(note with { ProviderId = accepted.ProviderId });
                    Replied(tx, head, now);
                    if (inboxes.Find(head.InboxId) is { Pause.Probes: not null })
                    {
                        mended.Add((note.TenantId, head.InboxId));
                    }

                    break;
                case SendOutcome.RetryLater { Pauses: true } probing:
                    var every = probing.After ?? TimeSpan.FromMinutes(1);
                    pacer.Hold(head.InboxId, StopTime);
                    later.Add(note with { Text = probing.Reason, DelayMicros = Instants.ToMicros(every) });
                    failed.Add(failures.Of(head, probing, givenUp: false, now));
                    stopped.Add(new PausedInbox(note.TenantId, head.InboxId, probing.Code, probing.Reason, every));
                    break;
                case SendOutcome.RetryLater { PutsOff: true } off when !RetryPolicy.IsPutOffTooLong(head.FirstTriedAt ?? now, now, off.After!.Value):
                    failed.Add(failures.Of(head, off, givenUp: false, now));
                    putOff.Add(note with { Text = off.Reason, DelayMicros = Instants.ToMicros(off.After!.Value) });
                    break;
                case SendOutcome.RetryLater retry:
                    failed.Add(failures.Of(head, retry, Retry(head, retry, note, later, dead), now));
                    break;
                case SendOutcome.Rejected { StopsInbox: true } stops:
                    // The message is as good as before: it waits with the others until the number may send again.
                    pacer.Hold(head.InboxId, StopTime);
                    later.Add(note with { Text = stops.Reason, DelayMicros = Instants.ToMicros(StopTime) });
                    failed.Add(failures.Of(head, stops, givenUp: false, now));
                    stopped.Add(new PausedInbox(note.TenantId, head.InboxId, stops.Code, stops.Reason));
                    break;
                case SendOutcome.Unknown lost:
                    failed.Add(failures.Of(head, lost, givenUp: false, now));
                    unknown.Add(note with { Text = lost.Reason, DelayMicros = RetryPolicy.ReconcileTime.Ticks / 10 });
                    break;
                case SendOutcome.Rejected rejected:
                    failed.Add(failures.Of(head, rejected, givenUp: false, now));
                    dead.Add(note with { Code = rejected.Code, Text = rejected.Reason });
                    if (rejected.OptedOut)
                    {
                        optedOut.Add((note, rejected));
                    }

                    break;
                default:
                    throw new System.Diagnostics.UnreachableException(outcome.GetType().Name);
            }
        }

        await OutboxStore.MarkSent(tx, sent);
        await OutboxStore.MarkRetry(tx, later);
        await OutboxStore.MarkPutOff(tx, putOff);
        await OutboxStore.MarkUnknown(tx, unknown);
        if (dead.Count > 0)
        {
            dead.AddRange(await OutboxStore.MarkDead(tx, dead));

            // A flow may wait for the answer to what will never arrive.
            await queue.Wake(tx, [.. dead.Select(n => new LaneWake(LaneKind.Turn, n.ConversationId, n.TenantId)).Distinct()]);
        }

        await Consents(tx, optedOut, ids, now);
        if (stopped.Count > 0)
        {
            await pauses.Pause(tx, stopped, ids, now);
        }

        foreach (var (tenantId, inboxId) in mended)
        {
            await pauses.Resume(tx, tenantId, inboxId, ids, now);
        }

        await failures.Sends(tx, failed, ids);
        await changes.Append(tx, OutboxStore.Changes([.. sent, .. unknown, .. dead], ids));
    }

    private static async Task Consents(Tx tx, List<(OutboxNote Note, SendOutcome.Rejected Outcome)> optedOut, IdRange ids, long now)
    {
        var consents = new List<ConsentChange>();
        foreach (var (note, outcome) in optedOut)
        {
            consents.Add(await ProviderOptOut.Of(tx, note.TenantId, note.ConversationId, note.MessageId, outcome.Code, outcome.MarketingOnly, now));
        }

        await ConsentStore.Record(tx, consents, ids);
    }

    /// <summary>Of the first part of a turn's answer: later ones wait for their turn on the wire.</summary>
    private static void Replied(Tx tx, OutboxHead head, long now)
    {
        if (head is { IsAutomatic: true, AnsweredAt: { } asked } && head.AnswerId == head.MessageId)
        {
            tx.AfterCommit(() => Telemetry.Replied(now - asked));
        }
    }

    /// <summary>True when it is given up.</summary>
    private bool Retry(OutboxHead head, SendOutcome.RetryLater retry, OutboxNote note, List<OutboxNote> later, List<OutboxNote> dead)
    {
        var delay = retry.Scope == RetryScope.Recipient
            ? RetryPolicy.PairDelay(head.Attempts, retry.After)
            : RetryPolicy.Delay(head.Attempts + 1, retry.After, Random.Shared);
        if (retry.Scope == RetryScope.Inbox)
        {
            pacer.Hold(head.InboxId, delay);
        }

        if (RetryPolicy.GivesUp(head.FirstTriedAt ?? note.Now, note.Now, delay))
        {
            dead.Add(note with { Code = retry.Code, Text = $"Given up after {head.Attempts + 1} tries in ten minutes. {retry.Reason}" });
            return true;
        }

        later.Add(note with { Text = retry.Reason, DelayMicros = delay.Ticks / 10 });
        return false;
    }
}
