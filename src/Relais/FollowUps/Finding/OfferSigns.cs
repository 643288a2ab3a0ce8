using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.FollowUps.Finding;

/// <summary>Whether words of ours wait for an answer: a question, a price, an offer. Pure.</summary>
internal static partial class OfferSigns
{
    /// <summary>Folded as customers' words are: no accents, no case.</summary>
    private static readonly string[] Offers =
    [
        "devis", "offre", "promotion", "remise", "tarif", "prix", "disponible", "souhaitez vous", "voulez vous", "reserver", "panier",
        "quote", "offer", "discount", "price", "available", "would you like", "shall we", "book", "cart",
        "عرض", "سعر", "ثمن", "تخفيض", "متوفر", "هل تريد", "هل ترغب", "حجز",
    ];

    public static bool In(string text)
    {
        if (text.Contains('?', StringComparison.Ordinal) || text.Contains('؟', StringComparison.Ordinal) || Price().IsMatch(text))
        {
            return true;
        }

        var folded = $" {TextFolding.FoldWords(text)} ";
        return Offers.Any(o => folded.Contains($" {TextFolding.FoldWords(o)}", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\d\s?(€|\$|£|EUR|USD|GBP|MAD|DH|DHS|TND|DZD|DA|CHF|درهم|دينار)|(€|\$|£)\s?\d", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 200)]
    private static partial Regex Price();
}
