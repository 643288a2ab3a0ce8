using Relais.Changes;
using Relais.Channels;
using Relais.Storage;

namespace Relais.Commerce.Orders;

/// <summary>What came of making an order.</summary>
internal abstract record OrderMade
{
    internal sealed record Created(Order Order, IReadOnlyList<OrderItem> Items) : OrderMade;

    /// <summary>Nothing was written; the fields as the request names them.</summary>
    internal sealed record Wrong(IReadOnlyList<ContentProblem> Problems) : OrderMade;
}

/// <summary>
/// Makes an order that was checked (<see cref="NewOrderCheck"/>), in the caller's transaction: whoever brings orders in goes through
/// here. Promises: an order's number is once in a business; lines that name a product have its name and price; the first move is written.
/// </summary>
internal sealed class OrderCreation(ChangeLog changes)
{
    /// <summary>The order's and its change's.</summary>
    public const int IdsNeeded = 2;

    private const long MostTotal = 9_007_199_254_740_991;

    /// <param name="tx">The caller's.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="asked">Checked.</param>
    /// <param name="contactId">Whose order it is, known or just made; null for nobody's.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="now">Microseconds UTC.</param>
    /// <param name="ids">At least <see cref="IdsNeeded"/>.</param>
    public async Task<OrderMade> Create(Tx tx, long tenantId, NewOrder asked, long? contactId, OrderBy by, long now, IdRange ids)
    {
        var id = ids.Next();
        var currency = asked.Currency;
        var (items, problems) = await Items(tx, tenantId, id, asked, currency);
        currency ??= items.Select(i => i.Currency).FirstOrDefault(c => c is not null);
        if (problems.Count == 0 && Total(asked, items, currency) is { } wrong)
        {
            problems.Add(wrong);
        }

        foreach (var (field, number) in new[] { ("order_number", asked.OrderNumber), ("tracking_number", asked.TrackingNumber) })
        {
            if (number is not null && await OrderStore.IsTaken(tx, tenantId, number))
            {
                problems.Add(new ContentProblem(field, $"Another order has the number {number} already."));
            }
        }

        if (problems.Count > 0)
        {
            return new OrderMade.Wrong(problems);
        }

        var order = new Order
        {
            TenantId = tenantId, Id = id, TrackingNumber = asked.TrackingNumber ?? await Free(tx, tenantId, "TRK", id, 6),
            OrderNumber = asked.OrderNumber ?? await Free(tx, tenantId, "CMD-", id, 4), ContactId = contactId, Status = OrderMachine.Placed,
            Carrier = asked.Carrier, ExpectedOn = asked.ExpectedOn, Currency = currency, Address = asked.Address, Note = asked.Note,
            TotalMinor = asked.TotalMinor ?? SumOf(items), CreatedAt = now, UpdatedAt = now,
        };
        if (!await CartOrder.Insert(tx, new CartOrder(order, items)))
        {
            // Somebody else made one of that number since we looked.
            return new OrderMade.Wrong([new ContentProblem("order_number", $"Another order has the number {order.OrderNumber} or {order.TrackingNumber} already.")]);
        }

        await OrderMoveStore.Add(tx, tenantId, id, null, order.Status, by, now);
        await changes.Append(tx, [new Change(ids.Next(), tenantId, OrderChanges.Created, null, id, null, now)]);
        return new OrderMade.Created(order, items);
    }

    private static async Task<(List<OrderItem> Items, List<ContentProblem> Problems)> Items(Tx tx, long tenantId, long orderId, NewOrder asked, string? currency)
    {
        var problems = new List<ContentProblem>();
        var named = asked.Items.Where(i => i.ProductId is not null && (i.Name is null || i.PriceMinor is null)).Select(i => i.ProductId!).Distinct().ToArray();
        var products = named.Length == 0 ? [] : (await ProductStore.BySku(tx, tenantId, named)).ToDictionary(p => p.Sku, StringComparer.Ordinal);
        var items = new List<OrderItem>(asked.Items.Count);
        for (var i = 0; i < asked.Items.Count; i++)
        {
            var item = asked.Items[i];
            var product = item.ProductId is { } sku ? products.GetValueOrDefault(sku) : null;
            if (item.Name is null && product is null)
            {
                problems.Add(new ContentProblem($"items[{i}].product_id", $"There is no product {item.ProductId}: name it, or take its sku from the catalogue."));
            }

            // A product in another currency has no price here.
            var price = item.PriceMinor ?? (product?.Currency is { } own && (currency is null || own == currency) ? product.PriceMinor : null);
            items.Add(new OrderItem
            {
                TenantId = tenantId, OrderId = orderId, Line = i + 1, ProductId = item.ProductId ?? "", Name = item.Name ?? product?.Titles.In(asked.Language ?? "fr"),
                Quantity = item.Quantity, PriceMinor = price, Currency = price is null ? null : currency ?? product?.Currency,
            });
        }

        return (items, problems);
    }

    private static ContentProblem? Total(NewOrder asked, List<OrderItem> items, string? currency)
    {
        var sum = items.Sum(i => (decimal)(i.PriceMinor ?? 0) * i.Quantity);
        return sum > MostTotal ? new ContentProblem("items", "The lines come to more than an order can hold.")
            : items.Select(i => i.Currency).OfType<string>().Distinct().Count() > 1 ? new ContentProblem("currency", "The lines have several currencies: name one, and a price for each line.")
            : asked.TotalMinor is { } total && SumOf(items) is { } lines && lines != total
                ? new ContentProblem("total_minor", $"total_minor is {total}, but the lines come to {lines} {currency}: give delivery or a discount a line of its own, or leave the total out.")
            : null;
    }

    /// <summary>Null when a line has no price, or there is none.</summary>
    private static long? SumOf(List<OrderItem> items) =>
        items.Count > 0 && items.TrueForAll(i => i.PriceMinor is not null) ? (long)items.Sum(i => (decimal)i.PriceMinor!.Value * i.Quantity) : null;

    /// <summary>Made of the id, which is nobody else's; another word only where somebody chose that very number.</summary>
    private static async Task<string> Free(Tx tx, long tenantId, string prefix, long id, int digits)
    {
        var number = prefix + id.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits, '0');
        while (await OrderStore.IsTaken(tx, tenantId, number))
        {
            number += "0";
        }

        return number;
    }
}

/// <summary>Changes of orders in the change log; a change's message id is the order's.</summary>
internal static class OrderChanges
{
    public const string Created = "order.created";
    public const string Updated = "order.updated";

    public static Change Of(long id, long tenantId, long orderId, long now) => new(id, tenantId, Updated, null, orderId, null, now);
}
