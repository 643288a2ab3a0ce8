namespace Relais.Campaigns.Figures;

/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">In that currency, as a number with its decimals.</param>
internal sealed record CostAmount(string Currency, decimal Amount);

/// <param name="Amounts">One for each currency of the price list.</param>
/// <param name="Priced">Messages that have a price.</param>
/// <param name="Free">Of those: the provider said that it charges nothing.</param>
/// <param name="Unpriced">Messages to countries without a price in the list: their cost is not known.</param>
/// <param name="UnpricedPrefixes">The first digits of those numbers, the commonest first, ten at most.</param>
internal sealed record MessageCost(IReadOnlyList<CostAmount> Amounts, long Priced, long Free, long Unpriced, IReadOnlyList<string> UnpricedPrefixes)
{
    private const int Named = 10;

    /// <summary>
    /// By the longest prefix of the list that the number begins with. Pure. A country that is not in the list is told, never guessed:
    /// prices change, and a wrong sum is worse than none.
    /// </summary>
    public static MessageCost Of(IReadOnlyList<MessagePrice> prices, string category, IReadOnlyList<PrefixCount> counts)
    {
        var byPrefix = prices.ToDictionary(p => (p.Prefix, p.Category));
        var sums = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        var unknown = new Dictionary<string, long>(StringComparer.Ordinal);
        var (priced, free) = (0L, 0L);
        foreach (var count in counts)
        {
            if (count.Type is { } type && type.StartsWith("free_", StringComparison.Ordinal))
            {
                priced += count.Count;
                free += count.Count;
            }
            else if (Find(byPrefix, count.Digits, Category(count.Category) ?? category) is { } price)
            {
                priced += count.Count;
                sums[price.Currency] = sums.GetValueOrDefault(price.Currency) + (price.Micros * (decimal)count.Count / 1_000_000m);
            }
            else
            {
                unknown[count.Digits] = unknown.GetValueOrDefault(count.Digits) + count.Count;
            }
        }

        return new MessageCost(
            [.. sums.Select(s => new CostAmount(s.Key, s.Value))], priced, free, unknown.Values.Sum(),
            [.. unknown.OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal).Take(Named).Select(u => u.Key)]);
    }

    private static string? Category(string? told) => told is "marketing" or "utility" or "authentication" or "service" ? told : told == "marketing_lite" ? "marketing" : null;

    private static MessagePrice? Find(Dictionary<(string, string), MessagePrice> prices, string digits, string category)
    {
        for (var length = Math.Min(digits.Length, PriceStore.LongestPrefix); length > 0; length--)
        {
            if (prices.TryGetValue((digits[..length], category), out var price))
            {
                return price;
            }
        }

        return null;
    }
}
