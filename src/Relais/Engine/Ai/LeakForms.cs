using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.Engine.Ai;

/// <summary>
/// The ways a model is talked into writing something that it must not say: as it is, backwards, in rot13, base64, hex, percent or
/// character codes, hidden in Unicode tags; each as a run of letters and digits, so that spaces, marks and line ends between them hide nothing.
/// </summary>
internal static partial class LeakForms
{
    private const int TagBlock = 0xe0000;

    /// <summary>Folded, letters and digits only.</summary>
    public static string Run(string text)
    {
        var folded = TextFolding.Fold(text);
        var run = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            // A letter that is repeated over a gap ("s s") is one letter here as well.
            if (char.IsLetterOrDigit(c) && (run.Length == 0 || c != run[^1] || char.IsAsciiDigit(c)))
            {
                run.Append(c);
            }
        }

        return run.ToString();
    }

    /// <summary>What an answer may say in disguise, its plain form first.</summary>
    public static IEnumerable<string> Of(string answer)
    {
        var shown = Untagged(answer);
        var run = Run(shown);
        yield return run;
        yield return string.Create(run.Length, run, static (to, from) =>
        {
            from.CopyTo(to);
            to.Reverse();
        });
        // Rotating is no folding: letters are repeated only after it.
        yield return Run(Rotated(shown));

        foreach (var bytes in Bytes(shown))
        {
            yield return Run(Encoding.UTF8.GetString(bytes));
        }
    }

    private static IEnumerable<byte[]> Bytes(string text)
    {
        // Alone, and one after another for a secret in pieces.
        var pieces = Base64().Matches(text).Select(m => m.Value).ToList();
        var encoded = pieces.FindAll(IsNoWord);
        foreach (var word in encoded.Count > 1 ? [.. encoded, string.Concat(pieces)] : encoded)
        {
            // Whatever stands before the secret shifts it by up to three characters.
            for (var skip = 0; skip < 4 && word.Length - skip >= 4; skip++)
            {
                var part = word[skip..].Replace('-', '+').Replace('_', '/');
                yield return Convert.FromBase64String((part.Length % 4) switch { 0 => part, 1 => part[..^1], 2 => part + "==", _ => part + "=" });
            }
        }

        foreach (Match match in Hex().Matches(text))
        {
            var digits = string.Concat(match.Value.Where(char.IsAsciiHexDigit));
            yield return Convert.FromHexString(digits[..(digits.Length / 2 * 2)]);
        }

        foreach (Match match in Codes().Matches(text))
        {
            yield return [.. Numbers().Matches(match.Value).Select(n => int.Parse(n.ValueSpan, CultureInfo.InvariantCulture)).Where(n => n < 256).Select(n => (byte)n)];
        }

        if (text.Contains('%', StringComparison.Ordinal))
        {
            yield return Encoding.UTF8.GetBytes(Uri.UnescapeDataString(text));
        }
    }

    /// <summary>A digit, or a capital after the first letter: written words are not decoded for nothing.</summary>
    private static bool IsNoWord(string piece) => piece.AsSpan(1).ContainsAnyInRange('A', 'Z') || piece.AsSpan().ContainsAnyInRange('0', '9');

    private static string Rotated(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            var c = from[i];
            to[i] = char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26)) : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26)) : c;
        }
    });

    private static string Untagged(string text)
    {
        if (!text.EnumerateRunes().Any(r => r.Value is > TagBlock and < TagBlock + 0x80))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.Value is > TagBlock and < TagBlock + 0x80 ? ((char)(rune.Value - TagBlock)).ToString() : rune.ToString());
        }

        return shown.ToString();
    }

    [GeneratedRegex(@"[A-Za-z0-9+/_\-]{4,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Base64();

    [GeneratedRegex(@"(?:[0-9a-fA-F]{2}[\s:,\-]{0,2}){6,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Hex();

    [GeneratedRegex(@"(?:[0-9]{2,3}[\s,;\-]{1,2}){5,}[0-9]{2,3}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Codes();

    [GeneratedRegex("[0-9]{2,3}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Numbers();
}
