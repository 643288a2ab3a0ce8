using Relais.Campaigns.Figures;

namespace Relais.Platform;

/// <param name="Category">The provider's word: marketing, utility, authentication, service …</param>
/// <param name="Count">Messages.</param>
internal sealed record CategoryCountJson(string Category, long Count);

/// <summary>What providers charge for a tenant's messages this month. Counts are always told, money only where there is a price.</summary>
/// <param name="Charged">Delivered messages that Meta said it charges.</param>
/// <param name="Categories">The same by category, the commonest first.</param>
/// <param name="Twilio">Messages in and out over Twilio's numbers: each costs Twilio's fee. What Meta takes for them is on Twilio's bill.</param>
/// <param name="Amounts">One for each currency of the installation's prices.</param>
/// <param name="Unpriced">Messages of both kinds without a price in the list.</param>
/// <param name="UnpricedPrefixes">The first digits of Meta's among those, the commonest first, ten at most.</param>
internal sealed record MessageCharges(
    long Charged, IReadOnlyList<CategoryCountJson> Categories, long Twilio, IReadOnlyList<CostAmount> Amounts, long Unpriced,
    IReadOnlyList<string> UnpricedPrefixes)
{
    /// <summary>Pure.</summary>
    public static MessageCharges Of(ProviderPrices prices, IReadOnlyList<MessagePrice> list, IReadOnlyCollection<ChargedCount> charged, long twilio)
    {
        // A category that the list does not know has no price: it is not taken for another.
        var cost = MessageCost.Of(list, "", [.. charged.Select(c => new PrefixCount { Digits = c.Digits, Category = c.Category, Count = c.Count })]);
        var fee = twilio > 0 ? prices.TwilioFee : null;
        var amounts = fee is null ? cost.Amounts : Sum([.. cost.Amounts, new CostAmount(fee.Currency!, fee.Price!.Value * twilio)]);
        return new MessageCharges(
            charged.Sum(c => c.Count),
            [.. charged.GroupBy(c => c.Category).Select(g => new CategoryCountJson(g.Key, g.Sum(c => c.Count))).OrderByDescending(c => c.Count).ThenBy(c => c.Category, StringComparer.Ordinal)],
            twilio, amounts, cost.Unpriced + (fee is null ? twilio : 0), cost.UnpricedPrefixes);
    }

    private static List<CostAmount> Sum(IEnumerable<CostAmount> amounts) =>
        [.. amounts.GroupBy(a => a.Currency).Select(g => new CostAmount(g.Key, g.Sum(a => a.Amount))).OrderBy(a => a.Currency, StringComparer.Ordinal)];
}
