using Relais.Channels;
using Relais.Conversations;
using Relais.Errors;
using Relais.Inboxes;
using Relais.Storage;
using DeliveryStatus = Relais.Conversations.DeliveryStatus;

namespace Relais.Outbox;

/// <summary>What failed on the way out, in the words of the error log. Costs nothing when nothing failed.</summary>
internal sealed class FailureLog(ErrorLog errors, InboxDirectory inboxes)
{
    /// <summary>The error of a send that did not end as accepted.</summary>
    /// <param name="head">The message.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="givenUp">True when a retry was due and no time is left for it.</param>
    /// <param name="now">Microseconds UTC.</param>
    public ErrorEntry Of(OutboxHead head, SendOutcome outcome, bool givenUp, long now)
    {
        var (type, code, reason, stops) = outcome switch
        {
            SendOutcome.Rejected rejected => ("send_rejected", rejected.Code, rejected.Reason, rejected.StopsInbox),
            SendOutcome.RetryLater retry => (givenUp ? "send_given_up" : "send_retried", retry.Code, retry.Reason, retry.Pauses),
            SendOutcome.Unknown unknown => ("send_unknown", 0, unknown.Reason, false),
            _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
        };
        var channel = inboxes.ChannelOf(head.InboxId);
        return new ErrorEntry(head.Lease.TenantId, head.InboxId, ServiceOf(channel), type, code == 0 ? null : code, reason)
        {
            Details = outcome.Details,
            Reference = outcome.Reference,
            ConversationId = head.Lease.Key,
            MessageId = head.MessageId,
            IsCritical = stops,
            At = now,
        };
    }

    public Task Sends(Tx tx, IReadOnlyList<ErrorEntry> failed, IdRange ids) => errors.Append(tx, failed, ids);

    /// <summary>Sends that were on the wire when their process died.</summary>
    public Task Lost(Tx tx, IReadOnlyList<OutboxNote> lost, IdRange ids) => errors.Append(tx, [.. lost.Select(n =>
        new ErrorEntry(n.TenantId, n.InboxId, ServiceOf(inboxes.ChannelOf(n.InboxId)), "send_unknown", null, n.Text ?? "")
        {
            ConversationId = n.ConversationId,
            MessageId = n.MessageId,
            At = n.Now,
        })], ids);

    /// <summary>Failures told by statuses; takes at most <see cref="ErrorLog.IdsEach"/> ids a status.</summary>
    public async Task Statuses(Tx tx, IReadOnlyList<StatusUpdate> statuses, IReadOnlyList<MovedMessage> moved, IdRange ids, long now)
    {
        var failed = statuses.Where(s => s.FailedAt is not null || s.Status == DeliveryStatus.Failed).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        var byProvider = moved.GroupBy(m => (m.InboxId, m.ProviderId)).ToDictionary(g => g.Key, g => g.First());
        var entries = new List<ErrorEntry>();
        foreach (var status in failed)
        {
            if (byProvider.TryGetValue((status.InboxId, status.ProviderId), out var message))
            {
                entries.Add(Of(status, message, now));
            }
        }

        await errors.Append(tx, entries, ids);
    }

    private ErrorEntry Of(StatusUpdate status, MovedMessage message, long now)
    {
        var channel = inboxes.ChannelOf(message.InboxId);
        var code = (int)(status.ErrorCode ?? 0);
        var rule = ErrorRules.For(channel, code);
        return new ErrorEntry(message.TenantId, message.InboxId, ServiceOf(channel), "delivery_failed", code,
            code == 0 ? "The provider took the message and could not deliver it." : rule.Sentence)
        {
            Details = status.ErrorText,
            ConversationId = message.ConversationId,
            MessageId = message.MessageId,
            IsCritical = code != 0 && (rule.Action is ErrorAction.StopInbox or ErrorAction.ProbeInbox),
            At = now,
        };
    }

    private static string ServiceOf(ChannelKind channel) => channel == ChannelKind.Twilio ? "twilio" : "whatsapp";
}
