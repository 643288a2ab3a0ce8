using System.Globalization;
using Relais.Changes;
using Relais.Foundation;

namespace Relais.Desk.Search;

/// <summary>A piece of the original text, with the places of what was found in it.</summary>
/// <param name="Text">As written, cut at words.</param>
/// <param name="Marks">[start, length] in UTF-16 units of <paramref name="Text"/>.</param>
internal sealed record SearchSnippet(string Text, IReadOnlyList<int[]> Marks)
{
    private const int Length = 160;

    /// <summary>What stands before the first place found, so that it is read in its sentence.</summary>
    private const int Before = 50;

    private const int LongWord = 30;

    public static SearchSnippet Of(string text, SearchTerms terms, SearchKind kind)
    {
        var found = Places(text, terms, kind).ToList();
        var start = found.Count == 0 || found[0].Start <= Before ? 0 : WordStart(text, found[0].Start - Before);
        var end = Math.Min(text.Length, start + Length);
        end = end == text.Length ? end : Math.Max(WordStart(text, end), found.Count == 0 ? 0 : Math.Min(text.Length, found[0].Start + found[0].Length));
        var (head, tail) = (start > 0 ? "…" : "", end < text.Length ? "…" : "");
        return new SearchSnippet(
            head + text[start..end].TrimEnd() + tail,
            [.. found.Where(f => f.Start >= start && f.Start + f.Length <= end).Select(f => (int[])[f.Start - start + head.Length, f.Length])]);
    }

    /// <summary>
    /// The words of the original that hold a word asked for. A word is folded as a whole and looked at in its parts: "C'est" is two for
    /// the index and one mark here.
    /// </summary>
    private static IEnumerable<(int Start, int Length)> Places(string text, SearchTerms terms, SearchKind kind)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!IsPart(text, at))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && IsPart(text, at))
            {
                at++;
            }

            if (SearchWords.Words(text[start..at]).Any(word => terms.Finds(word, kind)))
            {
                yield return (start, at - start);
            }
        }
    }

    /// <summary>Letters and digits, with the marks and invisible characters that folding drops between them.</summary>
    private static bool IsPart(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text[at]) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.Format;

    /// <summary>The beginning of the word at a place; the place itself inside a very long one.</summary>
    private static int WordStart(string text, int at)
    {
        for (var start = at; start > at - LongWord; start--)
        {
            if (start == 0 || char.IsWhiteSpace(text[start - 1]))
            {
                return start;
            }
        }

        return at < text.Length && char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }
}
