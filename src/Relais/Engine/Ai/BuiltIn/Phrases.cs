using System.Runtime.InteropServices;
using Relais.Foundation;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// A list of phrases to be found as whole words in folded text. A star opens an end: "*توصيل*" is also found inside
/// "بالتوصيل", where Arabic writes article and preposition into the word. Indexed by first word, so that a long list costs
/// little more than a short one.
/// </summary>
internal sealed class Phrases
{
    /// <summary>Those with a whole first word, longest first, each with a space at both ends unless a star opens its last.</summary>
    private readonly Dictionary<string, List<string>> byFirstWord = [];

    /// <summary>Those that may begin inside a word.</summary>
    private readonly string[] anywhere;

    /// <param name="phrases">Separated by | or line ends, in any spelling; they are folded here.</param>
    public Phrases(string phrases)
    {
        var patterns = phrases.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Pattern).Distinct().OrderByDescending(p => p.Length).ToList();
        foreach (var pattern in patterns.Where(HasWholeFirstWord))
        {
            var first = pattern[1..pattern.IndexOf(' ', 1)];
            (CollectionsMarshal.GetValueRefOrAddDefault(byFirstWord, first, out _) ??= []).Add(pattern);
        }

        anywhere = [.. patterns.Where(p => !HasWholeFirstWord(p))];
    }

    /// <summary>Folded words with a space at both ends, as <see cref="AreIn"/> and <see cref="Without"/> want them.</summary>
    public static string Pad(string text) => " " + TextFolding.FoldWords(text) + " ";

    public bool AreIn(string padded)
    {
        for (var space = 0; space < padded.Length - 1; space = padded.IndexOf(' ', space + 1))
        {
            if (LongestAt(padded, space) > 0)
            {
                return true;
            }
        }

        foreach (var pattern in anywhere)
        {
            if (padded.Contains(pattern, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is left of the text without these phrases; " " when nothing is. Phrases that begin with a star stay.</summary>
    public string Without(string padded)
    {
        char[]? left = null;
        var length = 0;
        for (var space = 0; space < padded.Length - 1;)
        {
            // Up to the space before the next word.
            var found = LongestAt(padded, space) - 1;
            var next = found > 0 ? space + found : padded.IndexOf(' ', space + 1);
            if (found > 0)
            {
                if (left is null)
                {
                    left = new char[padded.Length];
                    padded.CopyTo(0, left, 0, length);
                }
            }
            else
            {
                if (left is not null)
                {
                    padded.CopyTo(space, left, length, next - space);
                }

                length += next - space;
            }

            space = next;
        }

        if (left is null)
        {
            return padded;
        }

        left[length] = ' ';
        return new string(left, 0, length + 1);
    }

    private static bool HasWholeFirstWord(string pattern) => pattern[0] == ' ' && pattern.IndexOf(' ', 1) > 0;

    private static string Pattern(string phrase) =>
        (phrase.StartsWith('*') ? "" : " ") + TextFolding.FoldWords(phrase) + (phrase.EndsWith('*') ? "" : " ");

    /// <summary>Length, spaces included, of the longest phrase whose first space is this one; 0 for none.</summary>
    private int LongestAt(string padded, int space)
    {
        var end = padded.IndexOf(' ', space + 1);
        if (byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(padded.AsSpan(space + 1, end - space - 1), out var patterns))
        {
            foreach (var pattern in patterns)
            {
                if (padded.AsSpan(space).StartsWith(pattern, StringComparison.Ordinal))
                {
                    return pattern.Length;
                }
            }
        }

        return 0;
    }
}
