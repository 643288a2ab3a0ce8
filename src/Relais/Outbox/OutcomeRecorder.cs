using Relais.Changes;
using Relais.Channels;
using Relais.Errors;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>Writes down how sends ended. In: outcomes. Out: messages sent, waiting for another try, unknown or dead.</summary>
internal sealed class OutcomeRecorder(ChangeLog changes, FailureLog failures, SendPacer pacer, Clock clock)
{
    /// <summary>Records a batch. An acceptance counts even if the lease was lost meanwhile: it is a fact about the world.</summary>
    public async Task Record(Tx tx, IReadOnlyList<FinishedSend> done, IdRange ids)
    {
        var now = clock.Micros;
        var sent = new List<OutboxNote>();
        var later = new List<OutboxNote>();
        var unknown = new List<OutboxNote>();
        var dead = new List<OutboxNote>();
        var optedOut = new List<OutboxNote>();
        var failed = new List<ErrorEntry>();
        foreach (var (head, outcome) in done.OrderBy(d => d.Head.MessageId))
        {
            var note = OutboxWorker.Note(head, now);
            switch (outcome)
            {
                case SendOutcome.Accepted accepted:
                    sent.Add(note with { ProviderId = accepted.ProviderId });
                    Replied(tx, head, now);
                    break;
                case SendOutcome.RetryLater retry:
                    failed.Add(failures.Of(head, retry, Retry(head, retry, note, later, dead), now));
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
                        optedOut.Add(note);
                    }

                    break;
                default:
                    throw new System.Diagnostics.UnreachableException(outcome.GetType().Name);
            }
        }

        await OutboxStore.MarkSent(tx, sent);
        await OutboxStore.MarkRetry(tx, later);
        await OutboxStore.MarkUnknown(tx, unknown);
        if (dead.Count > 0)
        {
            dead.AddRange(await OutboxStore.MarkDead(tx, dead));
            await OutboxStore.MarkOptedOut(tx, optedOut);
        }

        await failures.Sends(tx, failed, ids);
        await changes.Append(tx, OutboxStore.Changes([.. sent, .. unknown, .. dead], ids));
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
