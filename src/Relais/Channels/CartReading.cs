using System.Globalization;
using System.Text.Json;

namespace Relais.Channels;

/// <summary>A cart as WhatsApp writes it: catalogue, note and <c>product_items</c> (Meta, webhooks/reference/messages/order).</summary>
internal static class CartReading
{
    private const int MostItems = 200;
    private const long MostOfOne = 1_000_000;

    public static InboundContent.Cart Read(JsonElement order)
    {
        var items = new List<CartItem>();
        foreach (var item in order.Get("product_items"u8).Items())
        {
            if (item.ValueKind == JsonValueKind.Object && items.Count < MostItems)
            {
                items.Add(new CartItem(
                    item.Text("product_retailer_id"u8) ?? "?",
                    item.Amount("quantity"u8) is { } quantity ? (long)Math.Clamp(quantity, 1, MostOfOne) : 1,
                    item.Amount("item_price"u8),
                    item.Text("currency"u8)?.Trim().ToUpperInvariant()));
            }
        }

        return new InboundContent.Cart(order.Text("catalog_id"u8), order.Text("text"u8), items);
    }

    /// <summary>The customer's note, or the lines: 2 × rye-800, 1 × bun.</summary>
    public static string Words(InboundContent.Cart cart) =>
        cart.Note ?? string.Join(", ", cart.Items.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Quantity} × {i.ProductId}")));
}
