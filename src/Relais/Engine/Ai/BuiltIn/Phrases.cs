using Relais.Foundation;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// A list of phrases to be found as whole words in folded text. A star opens an end: "*توصيل*" is also found inside
/// "بالتوصيل", where Arabic writes article and preposition into the word.
/// </summary>
internal sealed class Phrases
{
    private readonly string[] patterns;

    /// <param name="phrases">Separated by | or line ends, in any spelling; they are folded here.</param>
    public Phrases(string phrases) =>
        patterns = [.. phrases.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Pattern).Distinct().OrderByDescending(p => p.Length)];

    /// <summary>Folded words with a space at both ends, as <see cref="AreIn"/> and <see cref="Without"/> want them.</summary>
    public static string Pad(string text) => " " + TextFolding.FoldWords(text) + " ";

    public bool AreIn(string padded)
    {
        foreach (var pattern in patterns)
        {
            if (padded.Contains(pattern, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is left of the text without these phrases, longest first; " " when nothing is.</summary>
    public string Without(string padded)
    {
        foreach (var pattern in patterns)
        {
            while (padded.Length > 1 && padded.Contains(pattern, StringComparison.Ordinal))
            {
                padded = padded.Replace(pattern, " ", StringComparison.Ordinal);
            }
        }

        return padded;
    }

    private static string Pattern(string phrase) =>
        (phrase.StartsWith('*') ? "" : " ") + TextFolding.FoldWords(phrase) + (phrase.EndsWith('*') ? "" : " ");
}
