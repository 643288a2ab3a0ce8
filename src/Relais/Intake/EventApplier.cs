using Relais.Channels;
using Relais.Changes;
using Relais.Conversations;
using Relais.Desk;
using Relais.Errors;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;
using DeliveryStatus = Relais.Conversations.DeliveryStatus;
using ReportedStatus = Relais.Channels.DeliveryStatus;

namespace Relais.Intake;

/// <summary>
/// In: verified webhooks. Out: contacts, conversations, messages, delivery states, due turns and changes, in one transaction.
/// Promise: each message and each status takes effect once, whatever the order and however often it comes.
/// </summary>
internal sealed class EventApplier(
    ChannelSet channels, InboxDirectory inboxes, WorkQueue queue, ChangeLog changes, InboundEffects effects, ProviderNews news, PageTaps pages,
    FailureLog failures, FailedStatuses failedStatuses, Clock clock)
{
    /// <summary>Reads bodies. Pure but for the clock; a body that cannot be read ends as quarantined with its reason.</summary>
    public EventBatch Read(IReadOnlyList<WaitingWebhook> webhooks)
    {
        var batch = new EventBatch();
        foreach (var webhook in webhooks)
        {
            var reading = channels.For((WebhookKind)webhook.Kind).Read(webhook.Verified);
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
        var messages = batch.Of(batch.Messages, mine);
        var statuses = batch.Of(batch.Statuses, mine);
        if (batch.HasNews)
        {
            await news.Apply(tx, batch, mine, ids);
        }

        if (messages.Count > 0)
        {
            await ApplyMessages(tx, batch, messages, ids);
        }

        if (statuses.Count > 0)
        {
            await ApplyStatuses(tx, StatusUpdate.Merge(statuses), ids);
        }
    }

    private async Task ApplyMessages(Tx tx, EventBatch batch, List<NewInbound> messages, IdRange ids)
    {
        var fresh = await InboundStore.KeepNew(tx, messages);
        var count = fresh.Count;
        tx.AfterCommit(() => Telemetry.MessagesApplied(count));

        // Who got another number is found under it by whatever comes after: up to there the messages are stored first.
        while (fresh.Count > 0)
        {
            var upTo = batch.Contents.Count == 0 ? -1 : fresh.FindIndex(m => InboundEffects.MovesCustomer(batch.Contents.GetValueOrDefault(m)));
            var part = upTo < 0 ? fresh : fresh[..(upTo + 1)];
            fresh = upTo < 0 ? [] : fresh[(upTo + 1)..];
            await Store(tx, batch, part, ids);
        }
    }

    private async Task Store(Tx tx, EventBatch batch, List<NewInbound> fresh, IdRange ids)
    {
        await ContactStore.Resolve(tx, fresh.ConvertAll(m => m.Contact), ids, clock.Micros);
        var touched = await InboundStore.Store(tx, fresh, ids);
        await ConsentStore.Record(tx, fresh.Select(ConsentChange.SaidBy).OfType<ConsentChange>().ToList(), ids);
        var byConversation = fresh.Where(m => m.Weight == InboundWeight.Asks).ToLookup(m => m.ConversationId);
        await queue.Wake(tx, touched
            .Where(c => c.Assignee == Assignee.AiAgent ? byConversation[c.Id].Any()
                : (c.Assignee == Assignee.Flow || (c.IsWithPeople && Drafts(c))) && byConversation[c.Id].Any(m => m.OpensWith == Assignee.AiAgent))
            .Select(c => new LaneWake(LaneKind.Turn, c.Id, c.TenantId, c.Assignee == Assignee.Flow ? TimeSpan.Zero : QuietTime(byConversation[c.Id])))
            .Concat(touched.Where(c => (c.IsSnoozed || (c.IsAwaitedUntold && c.IsWithPeople)) && byConversation[c.Id].Any())
                .Select(c => new LaneWake(LaneKind.Desk, c.Id, c.TenantId)))
            .ToList());
        await pages.Answer(tx, fresh, ids);
        await changes.Append(tx, fresh
            .Select(m => new Change(ids.Next(), m.TenantId, "message.created", m.ConversationId, m.MessageId, m.InboxId, m.Now))
            .ToList());
        if (batch.Contents.Count > 0)
        {
            await effects.Apply(tx, [.. fresh.Where(batch.Contents.ContainsKey).Select(m => (m, batch.Contents[m]))], ids);
        }
    }

    private async Task ApplyStatuses(Tx tx, List<StatusUpdate> statuses, IdRange ids)
    {
        var (moved, unmatched) = await StatusStore.Apply(tx, statuses);
        tx.AfterCommit(() => Telemetry.StatusesApplied(moved.Count));
        await OutboxSettlement.Settle(tx, moved);
        await failedStatuses.Apply(tx, statuses, moved, ids);
        await failures.Statuses(tx, statuses, moved, ids, clock.Micros);
        var lost = statuses.Where(s => s.Status == DeliveryStatus.Failed || s.FailedAt is not null).Select(s => (s.InboxId, s.ProviderId)).ToHashSet();
        if (lost.Count > 0)
        {
            // A flow may wait for the answer to what did not arrive.
            await queue.Wake(tx, [.. moved.Where(m => lost.Contains((m.InboxId, m.ProviderId))).Select(m => new LaneWake(LaneKind.Turn, m.ConversationId, m.TenantId)).Distinct()]);
        }

        if (unmatched.Count > 0)
        {
            await StatusStore.Park(tx, unmatched, ids, clock.Micros);
        }

        await changes.Append(tx, moved
            .Select(m => new Change(ids.Next(), m.TenantId, "message.updated", m.ConversationId, m.MessageId, m.InboxId, clock.Micros))
            .ToList());
    }

    /// <summary>Whether people get a suggestion with what is written to them here.</summary>
    private bool Drafts(TouchedConversation conversation) =>
        ((AiMode?)conversation.AutoRespond ?? inboxes.Find(conversation.InboxId)?.Mode) == AiMode.Draft;

    /// <summary>Answers to buttons, lists and opt-out words are not the start of a burst.</summary>
    private TimeSpan QuietTime(IEnumerable<NewInbound> messages)
    {
        var last = messages.Last();
        return last.ChoiceId is not null || last.SaysConsent ? TimeSpan.Zero : inboxes.Find(last.InboxId)?.Quiet ?? TimeSpan.Zero;
    }

    private string? Sort(EventBatch batch, WaitingWebhook webhook, ChannelEvent item)
    {
        switch (item)
        {
            case ChannelEvent.Other:
                return null;
            case ChannelEvent.TemplateChanged template:
                batch.Add(batch.Templates, Told(webhook, template.Account, template.News), webhook);
                return null;
            case ChannelEvent.AccountChanged account:
                batch.Add(batch.Accounts, Told(webhook, account.Account, account.News), webhook);
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
                var cards = inbox.MasksCards ? CardNumbers.In(received.Message.Text) : [];
                var message = ToInbound(inbox, received.Message, webhook, cards);
                batch.Add(batch.Messages, message, webhook);
                if (cards.Count > 0)
                {
                    batch.Cards.Add(message, cards);
                }

                if (received.Message.Content is { } content)
                {
                    batch.Contents.Add(message, content);
                }

                break;
            case ChannelEvent.StatusReported reported:
                batch.Add(batch.Statuses, ToStatus(inbox, reported.Status, webhook.ReceivedAt), webhook);
                break;
            case ChannelEvent.IdentityChanged changed:
                batch.Add(batch.Moves, new IdentityMove(inbox.Id, Seen(inbox, changed.Before), Seen(inbox, changed.Now), IsNewNumber: false), webhook);
                break;
            case ChannelEvent.BusinessWrote wrote:
                batch.Add(batch.PhoneMessages, ToPhoneMessage(inbox, wrote.Message, webhook), webhook);
                break;
            case ChannelEvent.MarketingPreference wish:
                batch.Add(batch.Wishes, new MarketingWish(Seen(inbox, wish.Sender), wish.Wants, wish.At ?? webhook.ReceivedAt), webhook);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(item.GetType().Name);
        }

        return null;
    }

    private ToldNews<T> Told<T>(WaitingWebhook webhook, string? account, T what) =>
        new(webhook.ConnectionId, account, what, 2 * inboxes.Inboxes.Count);

    private static SeenContact Seen(Inbox inbox, SenderIdentity who, string? name = null) => new(inbox.TenantId, who.WaId, who.Phone, who.UserId, name);

    private static NewInbound ToInbound(Inbox inbox, InboundMessage message, WaitingWebhook webhook, IReadOnlyList<string> cards)
    {
        var receivedAt = webhook.ReceivedAt;
        var weight = InboundEffects.WeightOf(message.Content);
        var word = weight != InboundWeight.Asks ? ConsentWord.None
            : message.Type == "button" ? ConsentWords.Tapped(message.Text)
            : message.ChoiceId is null ? ConsentWords.Said(message.Text) : ConsentWord.None;
        var contact = Seen(inbox, message.Sender, message.ProfileName) with
        {
            OptsOutAt = word == ConsentWord.OptOut ? receivedAt : null,
            OptsInAt = word == ConsentWord.OptIn ? receivedAt : null,
            EndsMarketingAt = word == ConsentWord.MarketingOptOut ? receivedAt : null,
        };

        // Card numbers go before anything is shown, searched, exported or read by a model. In the provider's form those very numbers
        // are masked, and nothing that only looks like one.
        var text = cards.Count == 0 ? message.Text : CardNumbers.Mask(message.Text);
        var raw = cards.Count == 0 || message.Raw is null ? message.Raw : MaskedCards.In(message.Raw, cards);
        return new NewInbound(
            inbox.TenantId, inbox.Id, contact, message.ProviderId, message.Type, text, message.ChoiceId,
            message.RepliesTo, Payload: null, raw, message.SentAt, receivedAt, webhook.IsStudio ? Assignee.Flow : Assignee.AiAgent)
        {
            Weight = weight,
        };
    }

    private static PhoneMessage ToPhoneMessage(Inbox inbox, InboundMessage message, WaitingWebhook webhook) => new(
        inbox.Id, Seen(inbox, message.Sender), message.ProviderId, message.Type, message.Text, ContentJson.Write(message.Content), message.Raw,
        message.RepliesTo, message.SentAt ?? webhook.ReceivedAt);

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
        })
        {
            CostCategory = report.CostCategory,
            CostType = report.CostType,
        };
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
