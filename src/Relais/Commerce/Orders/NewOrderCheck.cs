using System.Globalization;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Commerce.Orders;

/// <summary>
/// Whether an order can be made as it was asked for: the form, the API and imports read it here. Pure. Every wrong field is named,
/// as the request names it.
/// </summary>
internal static class NewOrderCheck
{
    private const int MostItems = 200;
    private const int LongestName = 200;
    private const int LongestProductId = 100;
    private const int LongestAddress = 500;
    private const int LongestCarrier = 80;
    private const int LongestNumber = 64;
    private const int LongestNote = 1_000;
    private const long MostQuantity = 1_000_000;
    private const long MostMinor = 1_000_000_000_000;

    /// <param name="body">As asked.</param>
    /// <param name="country">ISO 3166 alpha-2 of the business: phone numbers without country code are of there; or null.</param>
    /// <returns>The order, or what is wrong with it.</returns>
    public static (NewOrder? Order, IReadOnlyList<ContentProblem> Problems) Of(NewOrderBody body, string? country)
    {
        var problems = new List<ContentProblem>();
        var currency = body.Currency?.Trim().ToUpperInvariant() is { Length: > 0 } written ? written : null;
        if (currency is not null && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)))
        {
            problems.Add(new("currency", "currency is three letters of ISO 4217, such as EUR."));
        }

        var items = Items(body.Items ?? [], problems);
        Total(body, items, currency, problems);
        var phone = Phone(body, country, problems);
        var order = new NewOrder(
            items, currency, body.TotalMinor, Text("address", body.Address, LongestAddress, problems, lines: true),
            Text("carrier", body.Carrier, LongestCarrier, problems), Number("tracking_number", body.TrackingNumber, problems),
            Number("order_number", body.OrderNumber, problems), Day(body.EstimatedDelivery, problems), body.ContactId, phone,
            Text("name", body.Name, LongestName, problems), body.InboxId, body.Language, Text("note", body.Note, LongestNote, problems, lines: true),
            body.SendWhatsappConfirmation ?? false);
        if (body.Language is not (null or "fr" or "ar" or "en"))
        {
            problems.Add(new("language", "language is fr, ar or en."));
        }

        return problems.Count > 0 ? (null, problems) : (order, []);
    }

    private static List<NewOrderItem> Items(IReadOnlyList<NewOrderItemBody?> asked, List<ContentProblem> problems)
    {
        var items = new List<NewOrderItem>(asked.Count);
        if (asked.Count > MostItems)
        {
            problems.Add(new("items", $"items has {MostItems} lines at most."));
            return items;
        }

        for (var i = 0; i < asked.Count; i++)
        {
            var at = $"items[{i}]";
            var item = asked[i] ?? new NewOrderItemBody();
            var name = Text($"{at}.name", item.Name, LongestName, problems);
            var product = Text($"{at}.product_id", item.ProductId, LongestProductId, problems);
            if (name is null && product is null)
            {
                problems.Add(new($"{at}.name", $"{at}.name is missing: say what was ordered, or name a product with product_id."));
            }

            if (item.Quantity is < 1 or > MostQuantity)
            {
                problems.Add(new($"{at}.quantity", $"{at}.quantity is a whole number from 1 to {MostQuantity}."));
            }

            if (item.PriceMinor is < 0 or > MostMinor)
            {
                problems.Add(new($"{at}.price_minor", $"{at}.price_minor is in the currency's minor unit (cents), 0 or more."));
            }

            items.Add(new NewOrderItem(name, product, item.Quantity ?? 1, item.PriceMinor));
        }

        return items;
    }

    private static void Total(NewOrderBody body, List<NewOrderItem> items, string? currency, List<ContentProblem> problems)
    {
        if (body.TotalMinor is < 0 or > MostMinor)
        {
            problems.Add(new("total_minor", "total_minor is in the currency's minor unit (cents), 0 or more."));
        }

        if (currency is null && (body.TotalMinor is not null || items.Exists(i => i.PriceMinor is not null)))
        {
            problems.Add(new("currency", "currency is missing: prices and the total need one, such as EUR."));
        }
    }

    private static string? Phone(NewOrderBody body, string? country, List<ContentProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(body.Phone))
        {
            if (body.ContactId is null && body.SendWhatsappConfirmation == true)
            {
                problems.Add(new("phone", "phone is missing: a confirmation needs the customer's number, or their contact_id."));
            }

            return null;
        }

        if (body.ContactId is not null)
        {
            problems.Add(new("phone", "Name the customer once: contact_id or phone."));
            return null;
        }

        var phone = PhoneNumbers.ToE164(body.Phone, country);
        if (phone is null)
        {
            problems.Add(new("phone", country is null
                ? "phone is no phone number with its country code, such as +212612345678. Without one, set the business's country first."
                : $"phone is no phone number of {country}, and none with its country code, such as +212612345678."));
        }

        return phone;
    }

    private static string? Number(string field, string? written, List<ContentProblem> problems)
    {
        if (OrderStore.Clean(written) is not { } number)
        {
            return null;
        }

        if (number.Length > LongestNumber || !number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '#'))
        {
            problems.Add(new(field, $"{field} has 1 to {LongestNumber} letters, digits, -, _, ., / and #."));
        }

        return number;
    }

    private static string? Day(string? written, List<ContentProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        if (!DateOnly.TryParseExact(written.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            problems.Add(new("estimated_delivery", "estimated_delivery is a date such as 2026-05-04."));
        }

        return written.Trim();
    }

    private static string? Text(string field, string? written, int most, List<ContentProblem> problems, bool lines = false)
    {
        var text = CustomerText.Normalise(written ?? "").Trim();
        text = lines ? text : ShortText.OneLine(text);
        if (text.Length > most)
        {
            problems.Add(new(field, $"{field} has {most} characters at most."));
        }

        return text.Length == 0 ? null : text;
    }
}
