using System.Text;
using System.Text.RegularExpressions;

namespace Relais.Foundation;

/// <summary>Payment cards' numbers, which are kept nowhere but in the message they came with, and not even there unless the business wants it.</summary>
internal static partial class CardNumbers
{
    private const int FewestCardDigits = 13;
    private const int MostCardDigits = 19;

    /// <summary>Card numbers (13 to 19 digits that pass Luhn's check) become stars with their last four digits.</summary>
    public static string Mask(string text)
    {
        if (Digits(text) < FewestCardDigits)
        {
            return text;
        }

        try
        {
            return Card().Replace(text, m => IsCard(m.Value) ? Masked(m.Value) : m.Value);
        }
        catch (RegexMatchTimeoutException)
        {
            // A machine that stands still for that long: better nothing is kept than a turn lost, or a number kept.
            return "…";
        }
    }

    /// <summary>The card numbers in a text, as they are written there.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        if (Digits(text) < FewestCardDigits)
        {
            return [];
        }

        try
        {
            return [.. Card().Matches(text).Select(m => m.Value).Where(IsCard).Distinct(StringComparer.Ordinal)];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    /// <summary>One card number with its last four digits only.</summary>
    public static string Masked(string card) => "**** " + LastFour(card);

    private static int Digits(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsDigit(c) ? 1 : 0;
        }

        return count;
    }

    private static bool IsCard(string written)
    {
        var digits = written.Where(char.IsDigit).Select(c => (int)char.GetNumericValue(c)).ToList();
        if (digits.Count is < FewestCardDigits or > MostCardDigits)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < digits.Count; i++)
        {
            var digit = digits[^(i + 1)];
            var doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }

    private static string LastFour(string written)
    {
        var last = new StringBuilder(4);
        foreach (var c in written.Where(char.IsDigit).TakeLast(4))
        {
            last.Append(c);
        }

        return last.ToString();
    }

    /// <summary>A run of digits as cards are written, groups with spaces or dashes.</summary>
    [GeneratedRegex(@"(?<![\p{L}\d])\d(?:[ \-]?\d){12,18}(?!\d)", RegexOptions.None, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Card();
}
