using Relais.Foundation;

namespace Relais.Knowledge.Documents;

/// <summary>The language of a whole document, by its script and its commonest words: much text needs little cleverness (customers' lines need Engine/Ai/LanguageDetector).</summary>
internal static class TextLanguage
{
    private static readonly HashSet<string> French = [.. "le la les un une des du de et ou en est sont pour par sur dans avec vous nous votre vos notre nos ne pas plus que qui au aux ce cette".Split(' ')];
    private static readonly HashSet<string> English = [.. "the a an and or of to in is are for by on with you we your our us not more that which who at this these it be can will from".Split(' ')];

    public static string? Of(IEnumerable<Passage> passages)
    {
        var (arabic, french, english, letters) = (0, 0, 0, 0);
        foreach (var passage in passages.Take(50))
        {
            arabic += passage.Text.Count(c => c is >= '\u0600' and <= '\u06ff');
            letters += passage.Text.Count(char.IsLetter);
            foreach (var word in TextFolding.FoldWords(passage.Text).Split(' '))
            {
                french += French.Contains(word) ? 1 : 0;
                english += English.Contains(word) ? 1 : 0;
            }
        }

        return arabic * 2 > letters ? "ar" : french + english < 3 ? null : french >= english ? "fr" : "en";
    }
}
