using System.Text.RegularExpressions;

namespace Relais.Knowledge.Candidates;

/// <summary>
/// Masks what tells of one person in words that are to be kept for all: e-mail addresses, phone and card numbers, order and other long
/// numbers, the customer's own name. Amounts, dates and times stay. What it cannot know (other names, addresses) a person has to see.
/// </summary>
internal static partial class PersonalData
{
    private const int ShortestName = 3;

    public static string Mask(string text, string? name)
    {
        var masked = Email().Replace(text, "[…@…]");
        masked = Code().Replace(masked, m => m.ValueSpan.ContainsAnyInRange('0', '9') ? "[n°]" : m.Value);
        masked = Number().Replace(masked, m => m.Value.Count(char.IsDigit) >= 5 && !IsDate(m.Value) ? "[n°]" : m.Value);
        foreach (var part in (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length >= ShortestName && p.All(char.IsLetter)))
        {
            masked = Regex.Replace(
                masked, $@"\b{Regex.Escape(part)}\b", "[…]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }

        return masked;
    }

    private static bool IsDate(string number) => Date().IsMatch(number);

    [GeneratedRegex(@"[\p{L}\p{Nd}._%+-]+@[\p{L}\p{Nd}.-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Email();

    // TRK123456, CMD-2044, #10012, FR76…: letters and digits in one word, or a sign of numbering before digits.
    [GeneratedRegex(@"\b[A-Za-z]{1,6}-?\d{3,}[A-Za-z0-9-]*\b|#\s?\d{3,}|(?<=(n°|nº|num(é|e)ro|number|رقم)\s{0,2})[\dA-Za-z-]{3,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    // Digits with what people put between them, unless money is meant.
    [GeneratedRegex(@"(?<![\p{L}\d€$£])(?<!(DA|DH|EUR|USD)\s?)\+?\(?\d[\d .()/-]{3,}\d(?![\d])(?!\s?(€|\$|£|DA|DZD|DH|MAD|TND|EUR|USD|XOF|F\s?CFA|dinar|dirham|euro|dollar|دج|درهم|دينار|أورو))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Date();
}
