using Relais.Commerce.Orders;
using Relais.Storage;
using Relais.Tenants.Rights;

namespace Relais.Commerce;

/// <summary>Which orders a list shows.</summary>
/// <param name="Text">In the number, or in the customer's name or phone number; null for all.</param>
/// <param name="Status">Only these, or null.</param>
/// <param name="ContactId">Only this customer's, or null.</param>
internal sealed record OrderFilter(string? Text, string? Status, long? ContactId)
{
    /// <summary>Only those that wait for a call.</summary>
    public bool ToCall { get; init; }

    /// <summary>Null for a reader who sees every customer.</summary>
    public Sight? Sight { get; init; }
}

/// <summary>An order with what is shown beside it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Items">Its lines.</param>
/// <param name="CustomerName">Null without a customer, or when their name is not known.</param>
internal sealed record OrderRead(Order Order, List<OrderItem> Items, string? CustomerName)
{
    /// <summary>Oldest first; read for one order only.</summary>
    public List<OrderMove>? Moves { get; init; }

    /// <summary>What its customer was told of its statuses; read for one order only.</summary>
    public List<SentNotice>? Notices { get; init; }

    /// <summary>Newest first; <paramref name="before"/> is the id of the last one already read.</summary>
    public static async Task<List<OrderRead>> Page(Tx tx, long tenantId, OrderFilter filter, long before, int limit) =>
        await With(tx, tenantId, await OrderStore.Page(tx, tenantId, filter, before, limit));

    public static async Task<OrderRead?> Find(Tx tx, long tenantId, long id) =>
        await OrderStore.Find(tx, tenantId, id) is not { } order ? null : (await With(tx, tenantId, [order]))[0] with
        {
            Moves = await OrderMoveStore.Of(tx, tenantId, id),
            Notices = await NoticeStore.Sent(tx, tenantId, id),
        };

    private static async Task<List<OrderRead>> With(Tx tx, long tenantId, List<Order> orders)
    {
        var items = (await OrderStore.Items(tx, tenantId, orders.ConvertAll(o => o.Id))).ToLookup(i => i.OrderId);
        var names = await OrderStore.CustomerNames(tx, tenantId, orders.Select(o => o.ContactId).OfType<long>().ToHashSet());
        return orders.ConvertAll(o => new OrderRead(o, items[o.Id].ToList(), o.ContactId is { } contact ? names.GetValueOrDefault(contact) : null));
    }
}
