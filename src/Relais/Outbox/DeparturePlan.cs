using Relais.Channels;

namespace Relais.Outbox;

/// <summary>
/// What happens to the heads of claimed lanes, decided just before the bytes leave: the version, the window and the opt-out
/// may have changed since the gate let them in.
/// </summary>
internal sealed class DeparturePlan
{
    /// <param name="heads">The next message of each lane.</param>
    /// <param name="places">Where they get their places on the wire.</param>
    /// <param name="now">Microseconds UTC.</param>
    /// <param name="quiet">Of the unasked ones among them, by conversation.</param>
    public DeparturePlan(IReadOnlyList<OutboxHead> heads, WirePlaces places, long now, IReadOnlyDictionary<long, SendContext>? quiet = null)
    {
        foreach (var head in heads)
        {
            if (head.IsAutomatic && head.Version != head.ConversationVersion)
            {
                Cancelled.Add(OutboxWorker.Note(head, now) with { Text = "A person took over before this answer left." });
                Waits[head.Lease.Key] = TimeSpan.Zero;
            }
            else if (head.FallsWithSeq is { } heard && (heard > head.Seq || head.Version != head.ConversationVersion))
            {
                Cancelled.Add(OutboxWorker.Note(head, now) with
                {
                    Text = heard > head.Seq ? "The customer wrote before this left." : "The conversation changed hands before this left.",
                });
                Waits[head.Lease.Key] = TimeSpan.Zero;
            }
            else if (SendRules.Check(Facts(head), now) is { } refused)
            {
                Refused.Add(OutboxWorker.Note(head, now) with { Text = refused.Reason });
                Waits[head.Lease.Key] = TimeSpan.Zero;
            }
            else if (head.DueInMicros > 0)
            {
                Waits[head.Lease.Key] = TimeSpan.FromMicroseconds(head.DueInMicros);
            }
            else if (head.IsUnasked && quiet?.GetValueOrDefault(head.Lease.Key)?.QuietHours.EndOf(now) is { } morning)
            {
                Waits[head.Lease.Key] = TimeSpan.FromMicroseconds(morning - now);
            }
            else if (!places.TryTake(head.InboxId, head.Lease.Key, out var wait))
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
    public void Keep(IReadOnlySet<long> messageIds, WirePlaces places)
    {
        foreach (var gone in Going.Where(h => !messageIds.Contains(h.MessageId)))
        {
            places.GiveBack(gone.InboxId, gone.Lease.Key);
            Waits[gone.Lease.Key] = TimeSpan.Zero;
        }

        Going = Going.FindAll(h => messageIds.Contains(h.MessageId));
    }

    /// <summary>Frees the places on the wire when the plan was not carried out.</summary>
    public void GiveBack(WirePlaces places) => Going.ForEach(h => places.GiveBack(h.InboxId, h.Lease.Key));

    private static SendFacts Facts(OutboxHead head) => new(head.LastInboundAt, head.OptedOutAt, ConfirmsOptOut(head))
    {
        IsTemplate = head.Content is OutboundContent.Template,
        Purpose = head.Purpose,
        Unasked = head.IsUnasked,
        BlockedAt = head.BlockedAt,
        MarketingOptedOutAt = head.MarketingOptedOutAt,
        UtilityOptedOutAt = head.UtilityOptedOutAt,
    };

    /// <summary>
    /// The confirmation answers the very message that opted out, so both carry the same time. What answers an earlier message
    /// was decided before the customer opted out, and does not go.
    /// </summary>
    private static bool ConfirmsOptOut(OutboxHead head) => head.OptedOutAt is { } at && head.AnsweredAt == at;
}
