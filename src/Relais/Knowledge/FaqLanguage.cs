using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>The language an owner wrote an entry in, where nobody said: by its script and its commonest words (customers' lines need Engine/Ai/LanguageDetector).</summary>
internal static class FaqLanguage
{
    private static readonly HashSet<string> French = [.. "le la les l un une des du de d et ou en est sont par sur dans avec je vous nous j mon ma mes votre vos notre nos ne pas que qu qui au aux ce cette comment combien quand quel quelle quels quelles puis peut faut avez pour chez sous".Split(' ')];
    private static readonly HashSet<string> English = [.. "the and or of to in is are for by with i you we my your our not that which who at this these it be can will from how what when where why do does did if has have there any long much many".Split(' ')];

    /// <summary>fr, ar or en; null when it cannot be told.</summary>
    public static string? Of(string question, string answer)
    {
        var text = question + ' ' + answer;
        if (text.Count(c => c is >= '\u0600' and <= '\u06ff') * 2 > text.Count(char.IsLetter))
        {
            return "ar";
        }

        var words = TextFolding.FoldWords(text).Split(' ');
        var (french, english) = (words.Count(French.Contains), words.Count(English.Contains));
        return french == english ? null : french > english ? "fr" : "en";
    }
}
