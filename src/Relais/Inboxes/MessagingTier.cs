namespace Relais.Inboxes;

/// <summary>
/// Meta's messaging limit: how many different customers may be written to first in 24 hours (messaging-limits). Words as in
/// webhooks and in the number's fields: TIER_250, TIER_2K, TIER_UNLIMITED …
/// </summary>
internal static class MessagingTier
{
    /// <summary>Customers a day; null when there is no limit or the word is not known.</summary>
    public static int? Customers(string? tier)
    {
        if (tier is null || !tier.StartsWith("TIER_", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var word = tier["TIER_".Length..];
        var isThousands = word.EndsWith('K') || word.EndsWith('k');
        return int.TryParse(isThousands ? word[..^1] : word, out var number) && number is > 0 and < 1_000_000
            ? number * (isThousands ? 1000 : 1)
            : null;
    }
}
