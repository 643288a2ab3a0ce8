using Relais.Channels;
using Relais.Changes;
using Relais.Conversations;
using Relais.Errors;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using DeliveryStatus = Relais.Conversations.DeliveryStatus;
using ReportedStatus = Relais.Channels.DeliveryStatus;

namespace Relais.Intake;

/// <summary>What a batch of webhooks says, freed of providers and sorted into what it does to storage. Made outside any transaction.</summary>
internal sealed class EventBatch
{
    public List<NewInbound> Messages { get; } = [];

    public List<StatusUpdate> Statuses { get; } = [];

    public List<WebhookFate> Fates { get; } = [];

    /// <summary>Which webhook a message came with: a batch may be cut down to the webhooks whose lane was claimed.</summary>
    public Dictionary<object, WaitingWebhook> Origins { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Upper bound of the ids that applying takes. A message: contact, conversation, change, and a consent if it says one. A status:
    /// parking or change, and if it failed an error with its change, a consent and a pause.
    /// </summary>
    public int IdsNeeded => (Messages.Count * 3) + Messages.Count(m => m.SaysConsent) + PageTaps.IdsNeeded(Messages)
        + (Statuses.Count * 2) + (Statuses.Count(s => s.Status == DeliveryStatus.Failed) * (2 + ErrorLog.IdsEach));
}

/// <summary>
/// In: verified webhooks. Out: contacts, conversations, messages, delivery states, due turns and changes, in one transaction.
/// Promise: each message and each status takes effect once, whatever the order and however often it comes.
/// </summary>
internal sealed class EventApplier(
    ChannelSet channels, InboxDirectory inboxes, WorkQueue queue, ChangeLog changes, PageTaps pages, FailureLog failures, FailedStatuses failedStatuses,
    Clock clock)
{
    /// <summary>Reads bodies. Pure but for the clock; a body that cannot be read ends as quarantined with its reason.</summary>
    public EventBatch Read(IReadOnlyList<WaitingWebhook> webhooks)
    {
        var batch = new EventBatch();
        foreach (var webhook in webhooks)
        {
            var reading = channels[webhook.Kind == (long)WebhookKind.Meta ? ChannelKind.Meta : ChannelKind.Twilio].Read(webhook.Verified);
            var problem = reading.Problem;
            foreach (var item in reading.Events)
            {
                problem = Sort(batch, webhook, item) ?? problem;
            }

            batch.Fates.Add(new WebhookFate(
                webhook.Id, problem is null ? WebhookState.Applied : WebhookState.Quarantined, problem, clock.Micros));
        }

        return batch;
    }

    /// <summary>Writes the part of the batch whose webhooks are in <paramref name="mine"/>.</summary>
    public async Task Apply(Tx tx, EventBatch batch, IReadOnlySet<long> mine, IdRange ids)
    {
        var messages = batch.Messages.FindAll(m => mine.Contains(batch.Origins[m].Id));
        var statuses = batch.Statuses.FindAll(s => mine.Contains(batch.Origins[s].Id));
        if (messages.Count > 0)
        {
            await ApplyMessages(tx, messages, ids);
        }

        if (statuses.Count > 0)
        {
            await ApplyStatuses(tx, StatusUpdate.Merge(statuses), ids);
        }
    }

    private async Task ApplyMessages(Tx tx, List<NewInbound> messages, IdRange ids)
    {
        var fresh = await InboundStore.KeepNew(tx, messages);
        if (fresh.Count == 0)
        {
            return;
        }

        await ContactStore.Resolve(tx, fresh.ConvertAll(m => m.Contact), ids, clock.Micros);
        var touched = await InboundStore.Store(tx, fresh, ids);
        await ConsentStore.Record(tx, fresh.Select(ConsentChange.SaidBy).OfType<ConsentChange>().ToList(), ids);
        tx.AfterCommit(() => Telemetry.MessagesApplied(fresh.Count));
        var byConversation = fresh.ToLookup(m => m.ConversationId);
        await queue.Wake(tx, touched
            .Where(c => c.Assignee == Assignee.AiAgent && byConversation[c.Id].Any(m => m.OpensWith == Assignee.AiAgent))
            .Select(c => new LaneWake(LaneKind.Turn, c.Id, c.TenantId, QuietTime(byConversation[c.Id])))
            .ToList());
        await pages.Answer(tx, fresh, ids);
        await changes.Append(tx, fresh
            .Select(m => new Change(ids.Next(), m.TenantId, "message.created", m.ConversationId, m.MessageId, m.InboxId, m.Now))
            .ToList());
    }

    private async Task ApplyStatuses(Tx tx, List<StatusUpdate> statuses, IdRange ids)
    {
        var (moved, unmatched) = await StatusStore.Apply(tx, statuses);
        tx.AfterCommit(() => Telemetry.StatusesApplied(moved.Count));
        await OutboxSettlement.Settle(tx, moved);
        await failedStatuses.Apply(tx, statuses, moved, ids);
        await failures.Statuses(tx, statuses, moved, ids, clock.Micros);
        if (unmatched.Count > 0)
        {
            await StatusStore.Park(tx, unmatched, ids, clock.Micros);
        }

        await changes.Append(tx, moved
            .Select(m => new Change(ids.Next(), m.TenantId, "message.updated", m.ConversationId, m.MessageId, m.InboxId, clock.Micros))
            .ToList());
    }

    /// <summary>Answers to buttons, lists and opt-out words are not the start of a burst.</summary>
    private TimeSpan QuietTime(IEnumerable<NewInbound> messages)
    {
        var last = messages.Last();
        return last.ChoiceId is not null || last.SaysConsent ? TimeSpan.Zero : inboxes.Find(last.InboxId)?.Quiet ?? TimeSpan.Zero;
    }

    private string? Sort(EventBatch batch, WaitingWebhook webhook, ChannelEvent item)
    {
        if (item is ChannelEvent.Other)
        {
            return null;
        }

        if (inboxes.Find(webhook.ConnectionId, item.Address) is not { } inbox)
        {
            return item.Address is null
                ? "The body names no number and this connection speaks for more than one: connect the webhook of one inbox (/webhooks/meta/{inbox})."
                : "The number it is for is not an inbox of this connection. Connect the number, then replay this webhook.";
        }

        switch (item)
        {
            case ChannelEvent.MessageReceived received:
                var message = ToInbound(inbox, received.Message, webhook);
                batch.Messages.Add(message);
                batch.Origins.Add(message, webhook);
                break;
            case ChannelEvent.StatusReported reported:
                var status = ToStatus(inbox, reported.Status, webhook.ReceivedAt);
                batch.Statuses.Add(status);
                batch.Origins.Add(status, webhook);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(item.GetType().Name);
        }

        return null;
    }

    private static NewInbound ToInbound(Inbox inbox, InboundMessage message, WaitingWebhook webhook)
    {
        var receivedAt = webhook.ReceivedAt;
        var word = message.Type == "button" ? ConsentWords.Tapped(message.Text)
            : message.ChoiceId is null ? ConsentWords.Said(message.Text) : ConsentWord.None;
        var contact = new SeenContact(
            inbox.TenantId, message.Sender.WaId, message.Sender.Phone, message.Sender.UserId, message.ProfileName)
        {
            OptsOutAt = word == ConsentWord.OptOut ? receivedAt : null,
            OptsInAt = word == ConsentWord.OptIn ? receivedAt : null,
            EndsMarketingAt = word == ConsentWord.MarketingOptOut ? receivedAt : null,
        };
        return new NewInbound(
            inbox.TenantId, inbox.Id, contact, message.ProviderId, message.Type, message.Text, message.ChoiceId,
            message.RepliesTo, ContentJson.Write(message.Content), message.Raw, message.SentAt, receivedAt, webhook.IsStudio ? Assignee.Flow : Assignee.AiAgent);
    }

    private static StatusUpdate ToStatus(Inbox inbox, StatusReport report, long receivedAt)
    {
        var at = report.At ?? receivedAt;
        var update = new StatusUpdate(inbox.TenantId, inbox.Id, report.ProviderId, report.MessageId, report.Status switch
        {
            ReportedStatus.Sent => DeliveryStatus.Sent,
            ReportedStatus.Delivered => DeliveryStatus.Delivered,
            ReportedStatus.Read => DeliveryStatus.Read,
            ReportedStatus.Failed => DeliveryStatus.Failed,
            _ => DeliveryStatus.Queued,
        });
        return update.Status switch
        {
            DeliveryStatus.Sent => update with { SentAt = at },
            DeliveryStatus.Delivered => update with { DeliveredAt = at },
            DeliveryStatus.Read => update with { ReadAt = at },
            DeliveryStatus.Failed => update with { FailedAt = at, ErrorCode = report.ErrorCode, ErrorText = report.ErrorText },
            _ => update,
        };
    }
}
