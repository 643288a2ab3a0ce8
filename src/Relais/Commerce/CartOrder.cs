using Relais.Channels;
using Relais.Storage;

namespace Relais.Commerce;

/// <summary>One line of an order.</summary>
internal sealed class OrderItem
{
    public long TenantId { get; init; }

    public long OrderId { get; init; }

    public long Line { get; init; }

    /// <summary>The retailer's id in the catalogue.</summary>
    public string ProductId { get; init; } = "";

    public string? Name { get; init; }

    public long Quantity { get; init; }

    /// <summary>Of one, in the currency's minor unit; null when it was not told.</summary>
    public long? PriceMinor { get; init; }

    public string? Currency { get; init; }
}

/// <summary>
/// A cart that a customer sent, as a draft order: nobody has confirmed its prices or promised its goods. It is numbered after
/// the message, so that a message makes one draft whatever happens.
/// </summary>
internal sealed record CartOrder(Order Order, IReadOnlyList<OrderItem> Items)
{
    private static readonly Rows<OrderItem> InsertRows = new("""
        INSERT INTO customer_order_item (tenant_id, order_id, line, product_id, name, quantity, price_minor, currency)
        SELECT r.tenant_id, r.order_id, r.line, r.product_id, r.name, r.quantity, r.price_minor, r.currency FROM {rows}
        """,
        Column<OrderItem>.Long("tenant_id", i => i.TenantId),
        Column<OrderItem>.Long("order_id", i => i.OrderId),
        Column<OrderItem>.Long("line", i => i.Line),
        Column<OrderItem>.Text("product_id", i => i.ProductId),
        Column<OrderItem>.Text("name", i => i.Name),
        Column<OrderItem>.Long("quantity", i => i.Quantity),
        Column<OrderItem>.Long("price_minor", i => i.PriceMinor),
        Column<OrderItem>.Text("currency", i => i.Currency));

    /// <param name="names">Retailer id ⇒ our title of it, for those that are our products; null for none.</param>
    public static CartOrder Draft(
        long tenantId, long id, long contactId, long messageId, InboundContent.Cart cart, long now, IReadOnlyDictionary<string, string>? names = null)
    {
        var items = cart.Items.Select((item, i) => new OrderItem
        {
            TenantId = tenantId, OrderId = id, Line = i + 1, ProductId = item.ProductId, Quantity = item.Quantity,
            Name = names?.GetValueOrDefault(item.ProductId),
            PriceMinor = item is { Price: { } price, Currency: { } currency } ? Currencies.ToMinor(price, currency) : null,
            Currency = item.Currency,
        }).ToList();
        var currencies = items.Select(i => i.Currency).Distinct().ToList();
        var hasTotal = currencies is [not null] && items.TrueForAll(i => i.PriceMinor is not null);
        return new CartOrder(
            new Order
            {
                TenantId = tenantId, Id = id, TrackingNumber = NumberOf(messageId), ContactId = contactId, Status = Order.Draft,
                TotalMinor = hasTotal ? Total(items) : null, Currency = currencies is [{ } one] ? one : null,
                MessageId = messageId, Note = cart.Note, CreatedAt = now, UpdatedAt = now,
            },
            items);
    }

    /// <summary>One piece of a product, as a customer tapped it; numbered after the tap.</summary>
    public static CartOrder Draft(long tenantId, long id, long contactId, long messageId, Product product, string language, long now) => new(
        new Order
        {
            TenantId = tenantId, Id = id, TrackingNumber = NumberOf(messageId), ContactId = contactId, Status = Order.Draft,
            TotalMinor = product.PriceMinor, Currency = product.Currency, MessageId = messageId, CreatedAt = now, UpdatedAt = now,
        },
        [
            new OrderItem
            {
                TenantId = tenantId, OrderId = id, Line = 1, ProductId = product.Sku, Name = product.Titles.In(language), Quantity = 1,
                PriceMinor = product.PriceMinor, Currency = product.Currency,
            },
        ]);

    /// <summary>The number of the draft that a message makes.</summary>
    public static string NumberOf(long messageId) => $"CART-{messageId}";

    /// <summary>Writes order and lines, in the transaction that stores the message. False when its number is taken: then nothing was written.</summary>
    public static async Task<bool> Insert(Tx tx, CartOrder cart)
    {
        if (!await OrderStore.Insert(tx, cart.Order))
        {
            return false;
        }

        await tx.Each(InsertRows, cart.Items);
        return true;
    }

    /// <summary>Null beyond what a number can hold exactly in a browser.</summary>
    private static long? Total(List<OrderItem> items)
    {
        var total = items.Sum(i => (decimal)i.PriceMinor!.Value * i.Quantity);
        return total > 9_007_199_254_740_991m ? null : (long)total;
    }
}
