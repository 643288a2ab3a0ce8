using System.Buffers;
using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.Engine.Ai;

/// <summary>fr, ar or en, and how sure that is, 0 to 1.</summary>
internal readonly record struct DetectedLanguage(string Language, double Confidence);

/// <summary>
/// Which language to answer in. Arabic script decides for Arabic; for Latin letters a logistic regression over whole words
/// and character 1–4-grams, trained in some milliseconds on <see cref="LanguageSeeds"/> when first used, tells French,
/// English and Arabizi apart. Arabizi and Darija are answered in Arabic.
/// </summary>
internal static partial class LanguageDetector
{
    /// <summary>Below it ("ok", "1", "TRK1") the conversation keeps the language it had.</summary>
    public const double Sure = 0.5;

    /// <summary>Longer texts are judged by their beginning.</summary>
    private const int MostCharacters = 400;

    /// <summary>Fewer letters of words we have not seen ("Ahmed") prove proportionally less.</summary>
    private const int LettersForFullConfidence = 8;

    private static readonly SearchValues<char> FrenchLetters = SearchValues.Create("éèêëàâùûçœîïôÉÈÊÀÇŒ");
    private static readonly uint[] FrenchAccent = [0x5bd1e995];

    private static readonly string[] Languages = [AgentTexts.French, AgentTexts.English, AgentTexts.Arabic];
    private static readonly LanguageModel Model = LanguageModel.Train([Lines(LanguageSeeds.French), Lines(LanguageSeeds.English), Lines(LanguageSeeds.Arabizi)], Accents);

    /// <summary>Words that customers of every language write.</summary>
    private static readonly HashSet<string> Neutral = [.. LanguageSeeds.Neutral.Split('|').Select(TextFolding.FoldWords)];

    public static DetectedLanguage Detect(string text)
    {
        var head = text.Length <= MostCharacters ? text : text[..MostCharacters];
        var words = TextFolding.FoldWords(head.Contains("://", StringComparison.Ordinal) || head.Contains("www.", StringComparison.OrdinalIgnoreCase) ? Link().Replace(head, " ") : head);
        var (arabic, other) = Telling(words, out var telling);
        if (arabic >= 2 && arabic >= other / 2)
        {
            return new(AgentTexts.Arabic, Math.Min(1.0, 0.7 + (arabic * 0.05)));
        }

        if (other < 2)
        {
            return new(AgentTexts.French, 0);
        }

        var (winner, likelihood, known) = Model.Classify(telling, Accents(head));
        var evidence = known ? 1.0 : Math.Min(1.0, other / (double)LettersForFullConfidence);
        return new(Languages[winner], likelihood * evidence);
    }

    private static string[] Lines(string block) => block.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Folding takes accents off, so they are looked for in the text as written.</summary>
    private static uint[] Accents(string text) => text.AsSpan().ContainsAny(FrenchLetters) ? FrenchAccent : [];

    /// <summary>Counts Arabic and other letters of the words that tell a language; codes ("trk123456", "2024") and neutral words do not.</summary>
    private static (int Arabic, int Other) Telling(string words, out string telling)
    {
        var (arabic, other, kept) = (0, 0, 0);
        Span<char> buffer = stackalloc char[(MostCharacters * 18) + 1];
        var neutral = Neutral.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in words.AsSpan().Split(' '))
        {
            var word = words.AsSpan()[range];
            if (word.IsEmpty || IsCode(word) || neutral.Contains(word))
            {
                continue;
            }

            foreach (var c in word)
            {
                arabic += c is >= '\u0600' and <= '\u06ff' ? 1 : 0;
                other += char.IsAsciiLetter(c) ? 1 : 0;
            }

            // NFKD can lengthen a text (ﷺ is 18 letters), never beyond this buffer.
            word.CopyTo(buffer[kept..]);
            kept += word.Length;
            buffer[kept++] = ' ';
        }

        telling = kept == 0 ? "" : new string(buffer[..(kept - 1)]);
        return (arabic, other);
    }

    /// <summary>Digits alone, or three and more of them in one word: Arabizi uses one or two as letters ("3tini", "9ad3a").</summary>
    private static bool IsCode(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var c in word)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits >= 3 || digits == word.Length;
    }

    [GeneratedRegex(@"(?:https?://|www\.)\S*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Link();
}
