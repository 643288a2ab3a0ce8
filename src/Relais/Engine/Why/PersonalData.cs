using System.Text;
using System.Text.RegularExpressions;

namespace Relais.Engine.Why;

/// <summary>
/// Takes personal data out of text that is kept for other uses than the conversation. Placeholders look like what they stand for, so
/// that the text still reads, and is understood, as a customer's. Order numbers stay: without them a test case asks nothing.
/// </summary>
internal static partial class PersonalData
{
    private const int FewestCardDigits = 13;
    private const int MostCardDigits = 19;

    /// <summary>Card numbers (13 to 19 digits that pass Luhn's check) become stars with their last four digits.</summary>
    public static string WithoutCards(string text)
    {
        if (Digits(text) < FewestCardDigits)
        {
            return text;
        }

        try
        {
            return Card().Replace(text, m => IsCard(m.Value) ? "**** " + LastFour(m.Value) : m.Value);
        }
        catch (RegexMatchTimeoutException)
        {
            // A machine that stands still for that long: better nothing is kept than a turn lost, or a number kept.
            return "…";
        }
    }

    /// <summary>Also without mail addresses, telephone numbers, bank accounts and the customer's own name.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="name">As the customer shows it, or null.</param>
    public static string Without(string text, string? name)
    {
        var clean = Card().Replace(text, m => IsCard(m.Value) ? "0000 0000 0000 0000" : m.Value);
        clean = Mail().Replace(clean, "client@example.com");
        clean = Account().Replace(clean, "FR0000000000");
        clean = Telephone().Replace(clean, m => m.Value.Count(char.IsDigit) is >= 8 and <= 15 ? "+33600000000" : m.Value);
        foreach (var part in (name ?? "").Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length > 2 && p.All(IsOfName)))
        {
            clean = Regex.Replace(clean, $@"(?<!\p{{L}}){Regex.Escape(part)}(?!\p{{L}})", "Client", RegexOptions.IgnoreCase, TimeSpan.FromMilliseconds(200));
        }

        return clean;
    }

    private static bool IsOfName(char c) => char.IsLetter(c) || c is '-' or '\'' or '’';

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
    [GeneratedRegex(@"(?<![\p{L}\d])\d(?:[ \-]?\d){12,18}(?!\d)", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Card();

    [GeneratedRegex(@"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?(?![\p{L}\d])", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Account();

    /// <summary>Not after a letter or a number sign: that is an order's number.</summary>
    [GeneratedRegex(@"(?<![\p{L}\d#])(?:\+|00)?\(?\d(?:[ .\-()]{0,2}\d){7,14}(?!\d)", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Telephone();
}
