using Relais.Changes;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Orders;

/// <summary>
/// What everybody hears of an order that moved: the line in its customer's conversation, those who watch, and the customer where the
/// business has a notice for that status, once for an order and a status. In the transaction that moves it.
/// </summary>
internal sealed class OrderNews(OrderSpeech speech, ConversationEvents events, ChangeLog changes, Clock clock)
{
    public static int IdsNeeded => 3 + OrderSpeech.IdsNeeded;

    /// <summary>For colleagues and for what follows the change log.</summary>
    public async Task Tell(Tx tx, Order order, string? status, long? agentId, IdRange ids)
    {
        var now = clock.Micros;
        await changes.Append(tx, [OrderChanges.Of(ids.Next(), order.TenantId, order.Id, now)]);
        if (order.ContactId is { } contact && await OutreachStore.LastConversation(tx, order.TenantId, contact) is { } place)
        {
            var type = status is OrderMachine.Confirmed or OrderMachine.Cancelled ? $"order_{status}" : "order_updated";
            var detail = type == "order_updated" && status is not null ? $"{order.Number}: {status}" : order.Number;
            await events.Add(tx, new ConversationEvent(order.TenantId, ids.Next(), place.Id, type, agentId, detail, now));
            await changes.Append(tx, [new Change(ids.Next(), order.TenantId, "conversation.updated", place.Id, null, place.InboxId, now)]);
        }
    }

    /// <summary>For the customer; nothing where there is no notice, or they were told.</summary>
    /// <param name="tx">The caller's.</param>
    /// <param name="order">As it is now.</param>
    /// <param name="teller">courier, or the person's name: part of the record why it was sent.</param>
    /// <param name="ids">At least <see cref="OrderSpeech.IdsNeeded"/>.</param>
    public async Task Notify(Tx tx, Order order, string teller, IdRange ids)
    {
        var (tenantId, now) = (order.TenantId, clock.Micros);
        if (order.ContactId is not { } contact || (await NoticeStore.Rules(tx, tenantId)).Find(r => r.Status == order.Status) is not { Enabled: true } rule
            || !await NoticeStore.Take(tx, tenantId, order.Id, order.Status, now))
        {
            return;
        }

        var tenant = (await TenantStore.Find(tx, tenantId))!;
        var name = (await OrderStore.CustomerNames(tx, tenantId, [contact])).GetValueOrDefault(contact);
        var today = OrderNotice.Today(tenant.TimeZone, now);
        var said = await speech.Say(tx, order, new OrderWords(
            language => new Channels.OutboundContent.Text(rule.Text(language, order, name, tenant.Name, today)), rule.Template,
            language =>
            [
                order.Number, order.TrackingNumber, order.Carrier ?? "–",
                Commerce.Messages.DeliveryNotification.Day(language, OrderNotice.DayOf(order), today) ?? "–",
            ])
        {
            Why = new UnaskedWhy(UnaskedWhy.OrderNotice, order.Id, $"notice for orders that are {order.Status}; {order.Number} is, by {teller}"),
        }, ids);
        await NoticeStore.Settle(
            tx, tenantId, order.Id, order.Status, (said as OrderSaid.Sent)?.MessageId, (said as OrderSaid.Refused)?.Code, (said as OrderSaid.Refused)?.Reason);
    }
}
