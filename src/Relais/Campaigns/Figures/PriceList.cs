using Relais.Foundation;

namespace Relais.Campaigns.Figures;

/// <param name="Prefix">1 to 4 digits a number begins with, without plus: 33, 212.</param>
/// <param name="Category">marketing, utility, authentication or service.</param>
/// <param name="Currency">ISO 4217, e.g. EUR.</param>
/// <param name="Price">Of one delivered message, with up to six decimals.</param>
internal sealed record PriceJson(string? Prefix, string? Category, string? Currency, decimal? Price);

/// <param name="Items">The whole list.</param>
internal sealed record PriceList(IReadOnlyList<PriceJson> Items)
{
    private const int Most = 1000;
    private const decimal Dearest = 1000;

    public static PriceList Of(IReadOnlyList<MessagePrice> prices) =>
        new([.. prices.Select(p => new PriceJson(p.Prefix, p.Category, p.Currency, p.Micros / 1_000_000m))]);

    /// <summary>The prices of a body, or what is wrong with them.</summary>
    public static IResult? Read(IReadOnlyList<PriceJson>? items, out List<MessagePrice> prices)
    {
        prices = [];
        items ??= [];
        if (items.Count > Most)
        {
            return Problems.Invalid400("items", $"The list has {Most} prices at most.");
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (Wrong(items[i]) is { } wrong)
            {
                return Problems.Invalid400($"items[{i}].{wrong.Field}", wrong.Sentence);
            }
        }

        if (items.GroupBy(p => (p.Prefix, p.Category)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Problems.Invalid400("items", $"{twice.Key.Prefix} has two prices for {twice.Key.Category}.");
        }

        prices = [.. items.Select(p => new MessagePrice { Prefix = p.Prefix!, Category = p.Category!, Currency = p.Currency!, Micros = Micros(p.Price!.Value) })];
        return null;
    }

    /// <summary>Of one price, for lists that hold other prices too.</summary>
    public static (string Field, string Sentence)? WrongAmount(string? currency, decimal? price) => currency switch
    {
        not { Length: 3 } => ("currency", "currency is three capitals, such as EUR."),
        _ when !currency.All(char.IsAsciiLetterUpper) => ("currency", "currency is three capitals, such as EUR."),
        _ when price is not (>= 0 and <= Dearest) => ("price", $"price is a number from 0 to {Dearest}."),
        _ => null,
    };

    private static (string Field, string Sentence)? Wrong(PriceJson? price) => price switch
    {
        null => ("prefix", "A price is an object."),
        { Prefix: not { Length: > 0 and <= PriceStore.LongestPrefix } } => ("prefix", "prefix is 1 to 4 digits, such as 33 or 212."),
        { Prefix: { } p } when !p.All(char.IsAsciiDigit) || p[0] == '0' => ("prefix", "prefix is 1 to 4 digits, such as 33 or 212."),
        { Category: not ("marketing" or "utility" or "authentication" or "service") } => ("category", "category is marketing, utility, authentication or service."),
        _ => WrongAmount(price.Currency, price.Price),
    };

    private static long Micros(decimal price) => (long)Math.Round(price * 1_000_000m);
}
