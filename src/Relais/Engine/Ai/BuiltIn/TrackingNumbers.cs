using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>Finds the tracking numbers a customer wrote, in the form orders are looked up by: "trk ١٢٣ ٤٥٦" ⇒ TRK123456.</summary>
internal static partial class TrackingNumbers
{
    /// <summary>More than a person asks about at once; the rest is for a person.</summary>
    public const int Most = 3;

    /// <param name="text">As written.</param>
    /// <param name="isAboutOrder">The words, or what we asked for last, speak of an order: then bare numbers count too.</param>
    /// <param name="isAwaited">We asked for the number: then even one that looks like a telephone's counts.</param>
    public static IReadOnlyList<string> In(string text, bool isAboutOrder, bool isAwaited)
    {
        var folded = TextFolding.Fold(text);
        if (!folded.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return [];
        }

        var found = new List<string>();
        foreach (Match match in Marked().Matches(folded))
        {
            Add(found, match.Groups["trk"].Success ? "TRK" + DigitsOf(match.Groups["trk"].Value) : match.Groups["hash"].Value.ToUpperInvariant());
        }

        if (found.Count == 0 && (isAboutOrder || IsAlone(folded)))
        {
            foreach (Match match in Bare().Matches(folded))
            {
                if (isAwaited || !IsTelephone(folded, match))
                {
                    Add(found, match.Value.ToUpperInvariant());
                }
            }
        }

        return found;
    }

    private static void Add(List<string> found, string number)
    {
        if (found.Count < Most && !found.Contains(number))
        {
            found.Add(number);
        }
    }

    private static bool IsAlone(string folded) => Bare().Match(folded) is { Success: true } match && match.Length >= folded.Trim(' ', '.', '?', '!', '#', ':').Length;

    private static bool IsTelephone(string folded, Match match) =>
        (match.Index > 0 && folded[match.Index - 1] == '+') || (match.Value[0] == '0' && match.Length is >= 9 and <= 15);

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    // TRK and its digits, in one piece or in groups; or # and a number.
    [GeneratedRegex(@"(?<![a-z0-9])trk[\s\-_:#.°/]*(?:n[°o]?[\s.:]*)?(?<trk>[0-9]{6,20}|[0-9]{1,5}(?:[ \-.][0-9]{2,5}){0,4})(?![0-9])|#\s?(?<hash>[a-z]{0,5}-?[0-9]{3,20})(?![0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Marked();

    // Six digits or more, or some letters and four digits ("cmd-20241").
    [GeneratedRegex(@"(?<![a-z0-9.,])(?:[a-z]{2,5}-?[0-9]{4,20}|[0-9]{6,20})(?![0-9a-z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Bare();
}
