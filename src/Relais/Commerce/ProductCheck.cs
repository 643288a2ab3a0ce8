using Relais.Foundation;

namespace Relais.Commerce;

/// <summary>Whether a product can be what it says. Pure.</summary>
internal static class ProductCheck
{
    private const int LongestTitle = 200;
    private const int LongestDescription = 2_000;
    private const int LongestAddress = 1_000;
    private const long MostMinor = 1_000_000_000_000;

    /// <summary>Null when it can be used; otherwise the refusal that names the field.</summary>
    public static IResult? Wrong(ProductRequest asked) => Find(asked) is { } wrong ? Problems.Invalid400(wrong.Field, wrong.Sentence) : null;

    /// <summary>Null when it can be used; otherwise the field, and a sentence that says how to mend it.</summary>
    public static (string Field, string Sentence)? Find(ProductRequest asked) =>
        string.IsNullOrWhiteSpace(asked.Sku) || asked.Sku.Length > 64 || !asked.Sku.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            ? ("sku", "sku has 1 to 64 letters, digits, -, _, . and /.")
        : asked.Title?.Clean() is not { } title || title.All.Any(t => t.Length > LongestTitle)
            ? ("title", $"title is a text of at most {LongestTitle} characters, or one in each of fr, ar and en.")
        : asked.Description?.All.Any(d => d.Length > LongestDescription) == true
            ? ("description", $"description has {LongestDescription} characters at most.")
        : asked.PriceMinor is < 0 or > MostMinor
            ? ("price_minor", "price_minor is in the currency's minor unit (cents), 0 or more.")
        : asked.Currency is { } currency && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper))
            ? ("currency", "currency is three capitals of ISO 4217, such as EUR.")
        : (asked.PriceMinor is null) != (asked.Currency is null)
            ? ("currency", "price_minor and currency go together.")
        : asked.Stock is < -1 or > 1_000_000_000
            ? ("stock", "stock is 0 or more, or -1 when it is not counted.")
        : asked.ImageMediaId is > 0 && asked.ImageUrl is { Length: > 0 }
            ? ("image_url", "Name one picture: image_media_id or image_url.")
        : Address(asked.ImageUrl) ?? Address(asked.Url, "url");

    private static (string Field, string Sentence)? Address(string? address, string field = "image_url") => address is null or { Length: 0 } ? null
        : address.Length <= LongestAddress && Channels.MediaLimits.CheckLink(address) is null ? null
        : (field, $"{field} is a public https address.");
}
