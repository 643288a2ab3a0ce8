namespace Relais.Outbox;

/// <summary>
/// What happens to the heads of claimed lanes, decided just before the bytes leave: the version, the window and the opt-out
/// may have changed since the gate let them in.
/// </summary>
internal sealed class DeparturePlan
{
    public DeparturePlan(IReadOnlyList<OutboxHead> heads, SendPacer pacer, long now)
    {
        foreach (var head in heads)
        {
            if (head.IsAutomatic && head.Version != head.ConversationVersion)
            {
                Cancelled.Add(OutboxWorker.Note(head, now) with { Text = "A person took over before this answer left." });
                Waits[head.Lease.Key] = TimeSpan.Zero;
            }
            else if (BlockRule.Refusal(head.BlockedAt) is { } blocked)
            {
                Refused.Add(OutboxWorker.Note(head, now) with { Text = blocked.Reason });
                Waits[head.Lease.Key] = TimeSpan.Zero;
            }
            else if (SendGate.Decide(head.LastInboundAt, head.OptedOutAt, ConfirmsOptOut(head), now) is SendDecision.Refused refused)
            {
                Refused.Add(OutboxWorker.Note(head, now) with { Text = refused.Reason });
                Waits[head.Lease.Key] = TimeSpan.Zero;
            }
            else if (head.DueInMicros > 0)
            {
                Waits[head.Lease.Key] = TimeSpan.FromMicroseconds(head.DueInMicros);
            }
            else if (!pacer.TryTake(head.InboxId, out var wait))
            {
                Waits[head.Lease.Key] = wait;
            }
            else
            {
                Going.Add(head);
            }
        }
    }

    public List<OutboxHead> Going { get; private set; } = [];

    public List<OutboxNote> Cancelled { get; } = [];

    public List<OutboxNote> Refused { get; } = [];

    /// <summary>When a lane that sends nothing now has something to do again.</summary>
    public Dictionary<long, TimeSpan> Waits { get; } = [];

    /// <summary>Leaves only those that were still queued when they were marked; the lanes of the others are looked at again.</summary>
    public void Keep(IReadOnlySet<long> messageIds, SendPacer pacer)
    {
        foreach (var gone in Going.Where(h => !messageIds.Contains(h.MessageId)))
        {
            pacer.Leave(gone.InboxId);
            Waits[gone.Lease.Key] = TimeSpan.Zero;
        }

        Going = Going.FindAll(h => messageIds.Contains(h.MessageId));
    }

    /// <summary>Frees the places on the wire when the plan was not carried out.</summary>
    public void GiveBack(SendPacer pacer) => Going.ForEach(h => pacer.Leave(h.InboxId));

    /// <summary>
    /// The confirmation answers the very message that opted out, so both carry the same time. What answers an earlier message
    /// was decided before the customer opted out, and does not go.
    /// </summary>
    private static bool ConfirmsOptOut(OutboxHead head) => head.OptedOutAt is { } at && head.AnsweredAt == at;
}
