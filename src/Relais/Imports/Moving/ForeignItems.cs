using System.Globalization;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Imports.Moving;

/// <summary>The lines of another system's order: a JSON array of objects or of words, in a field of their own, also inside a CSV's cell.</summary>
internal static class ForeignItems
{
    private const int Most = 200;

    /// <exception cref="FormatException">They cannot be read; the message says what would be.</exception>
    public static IEnumerable<MovedItem> Of(ForeignRow row)
    {
        if (row.Text("items", "lineitems", "orderitems", "products", "articles", "cart") is not { } text)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() <= Most
                ? [.. json.RootElement.EnumerateArray().Select(Item)]
                : throw Unreadable(text);
        }
        catch (JsonException)
        {
            throw Unreadable(text);
        }
    }

    private static MovedItem Item(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String && json.GetString()!.Trim() is { Length: > 0 } word)
        {
            return new MovedItem(word, word, 1, null, null);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Unreadable(json.GetRawText());
        }

        var row = ForeignRow.FromJson(json.GetRawText());
        var sku = row.Text("sku", "retailerid", "productretailerid", "productid", "reference", "ref", "id");
        var name = row.Text("name", "title", "productname", "product", "nom", "label") ?? sku ?? throw Unreadable(json.GetRawText());
        var quantity = row.Text("quantity", "qty", "quantite", "count") is not { } told ? 1
            : long.TryParse(told, CultureInfo.InvariantCulture, out var read) && read is > 0 and < 1_000_000 ? read
            : throw new FormatException($"“{ForeignRow.Short(told)}” is no quantity.");
        var (price, currency) = ForeignReading.Amount(row, "unitprice", "itemprice", "price", "prix");
        return new MovedItem(sku ?? name, CustomerText.Normalise(name), quantity, price, currency);
    }

    private static FormatException Unreadable(string text) =>
        new($"Its items “{ForeignRow.Short(text)}” cannot be read: write a JSON array of at most {Most}, each with name, quantity and price.");
}
