using Relais.Changes;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>Writes down how sends ended. In: outcomes. Out: messages sent, waiting for another try, unknown or dead.</summary>
internal sealed class OutcomeRecorder(ChangeLog changes, SendPacer pacer, Clock clock)
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
                    Retry(head, retry, note, later, dead);
                    break;
                case SendOutcome.Unknown lost:
                    unknown.Add(note with { Text = lost.Reason, DelayMicros = RetryPolicy.ReconcileTime.Ticks / 10 });
                    break;
                case SendOutcome.Rejected rejected:
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

    private void Retry(OutboxHead head, SendOutcome.RetryLater retry, OutboxNote note, List<OutboxNote> later, List<OutboxNote> dead)
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
        }
        else
        {
            later.Add(note with { Text = retry.Reason, DelayMicros = delay.Ticks / 10 });
        }
    }
}
