using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Commerce.Orders;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Orders;

/// <summary>
/// Asks a customer whether their order is right, with buttons, and reminds of it. In the caller's transaction: the message, the question
/// its buttons answer, and when it is looked at again. A reminder asks the same question, so that one tap answers both.
/// </summary>
internal sealed class OrderConfirming(OrderSpeech speech, Clock clock)
{
    /// <summary>Comes with Relais (Templates/ShippedTemplates).</summary>
    public const string Template = "order_to_confirm";

    public static int IdsNeeded => OrderSpeech.IdsNeeded;

    /// <summary>What could not be sent lists the order for a call.</summary>
    public async Task<OrderSaid> Ask(Tx tx, Order order, string? language, long? inboxId, long? agentId, IdRange ids)
    {
        var now = clock.Micros;
        var (said, nonce) = await Say(tx, order, false, ids, words => words with { Language = language, InboxId = inboxId, AgentId = agentId });
        if (said is OrderSaid.Sent sent)
        {
            await Keep(tx, order, sent, nonce, now);
            await OrderFollowStore.Asked(tx, order.TenantId, order.Id, OrderFollowStore.After(await OrderFollowStore.Reminding(tx, order.TenantId), now), now);
        }
        else if (said is OrderSaid.Refused no)
        {
            await OrderFollowStore.ListForCall(tx, order.TenantId, order.Id, no.Reason, now);
        }

        return said;
    }

    /// <summary>The order is held by the caller, who counts it.</summary>
    public async Task<OrderSaid> Remind(Tx tx, Order order, IdRange ids)
    {
        var (said, nonce) = await Say(tx, order, true, ids, words => words with
        {
            Why = new Outbox.UnaskedWhy(Outbox.UnaskedWhy.OrderReminder, order.Id, $"reminder {order.Reminders + 1} to confirm order {order.Number}, which its customer was asked to"),
            WaitsOutside = true, FallsOnReply = true,
        });
        if (said is OrderSaid.Sent sent)
        {
            await Keep(tx, order, sent, nonce, clock.Micros);
        }

        return said;
    }

    /// <summary>Null: a confirmation would go.</summary>
    public Task<OrderSaid.Refused?> Foresee(Tx tx, Order order, string? language, long? inboxId) => speech.Foresee(
        tx, order.TenantId, order.ContactId, Words(order, [], RecapButton.NewNonce(), false) with { Language = language, InboxId = inboxId });

    private async Task<(OrderSaid Said, string Nonce)> Say(Tx tx, Order order, bool again, IdRange ids, Func<OrderWords, OrderWords> with)
    {
        var items = await OrderStore.Items(tx, order.TenantId, [order.Id]);
        var known = await OrderConfirmationStore.Renew(tx, order.TenantId, order.Id, clock.Micros);
        var nonce = known ?? RecapButton.NewNonce();
        return (await speech.Say(tx, order, with(Words(order, items, nonce, again)), ids), nonce);
    }

    private static OrderWords Words(Order order, List<OrderItem> items, string nonce, bool again)
    {
        var recap = Recap(order, items);
        return new OrderWords(
            language => again ? OrderRecap.Again(language, recap, nonce) : OrderRecap.Of(language, recap, nonce), Template,
            language => [recap.Number, OrderRecap.OneLine(language, recap)])
        {
            Payloads = [.. OrderRecap.Acts.Select(act => RecapButton.Id(act, order.Id, nonce))],
        };
    }

    private static async Task Keep(Tx tx, Order order, OrderSaid.Sent sent, string nonce, long now)
    {
        if (await OrderConfirmationStore.Find(tx, order.TenantId, nonce, OrderAct.Confirm) is null)
        {
            await OrderConfirmationStore.Ask(
                tx, order.TenantId, nonce, order.Id, sent.To.ContactId, sent.To.ConversationId, OrderRecap.Acts, null, now, OrderConfirmation.LifetimeOfBusiness);
        }

        await OrderConfirmationStore.Carried(tx, order.TenantId, sent.MessageId, order.Id, nonce, now);
    }

    private static RecapOrder Recap(Order order, List<OrderItem> items) => new(
        order.Id, order.Number, items.ConvertAll(i => new RecapLine(i.Name ?? i.ProductId, i.Quantity, Amount(i.PriceMinor * i.Quantity, i.Currency))),
        Amount(order.TotalMinor, order.Currency));

    private static Money? Amount(long? minor, string? currency) =>
        minor is { } amount && currency is { Length: > 0 } ? new Money(amount, currency) : null;
}
