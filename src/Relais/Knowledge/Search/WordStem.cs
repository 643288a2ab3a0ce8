using System.Buffers;

namespace Relais.Knowledge.Search;

/// <summary>
/// A folded word without its commonest endings, so that "livrés", "livraisons" and "livrer", or "السجادة" and "سجاد", meet. Light on purpose: a stem that
/// joins two words of different meaning costs more than one that keeps two forms apart. Latin words go through the English and the
/// French rules both, whatever language they are in: customers mix them, and of three words nobody can tell.
/// </summary>
internal static class WordStem
{
    public static string Of(ReadOnlySpan<char> folded) =>
        folded.IsEmpty ? ""
        : folded[0] is >= '\u0600' and <= '\u06ff' ? ArabicStem.Of(folded).ToString()
        : char.IsAsciiDigit(folded[0]) ? folded.ToString()
        : FrenchStem.Of(EnglishStem.Of(folded)).ToString();
}

/// <summary>
/// The S stemmer (D. Harman, "How effective is suffixing?", JASIS 42, 1991) and, of Porter's steps (1980), -ing and -ed where
/// three letters with a vowel are left.
/// </summary>
internal static class EnglishStem
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word)
    {
        if (word.Length > 4 && word.EndsWith("ies"))
        {
            return word[..^2];
        }

        if (word.Length > 3 && word[^1] == 's' && word[^2] is not ('u' or 's'))
        {
            word = word[..^1];
        }

        foreach (var ending in (ReadOnlySpan<string>)["ing", "ed"])
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending) && word[..^ending.Length].ContainsAny(Vowels))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}

/// <summary>
/// After the light French stemmer of UniNE (J. Savoy, "Light stemming approaches for the French, Portuguese, German and Hungarian
/// languages", SAC 2006): plural, feminine, the endings of common verb forms and of nouns made of them. Accents are folded away before, and doubled letters single.
/// </summary>
internal static class FrenchStem
{
    /// <summary>Longest first; what is left has at least four letters.</summary>
    private static readonly (string Ending, string Instead)[] Endings =
    [
        ("isements", ""), ("isement", ""), ("ations", ""), ("ation", ""), ("aisons", ""), ("aison", ""), ("ements", ""), ("ement", ""), ("ables", ""), ("able", ""),
        ("ateurs", ""), ("ateur", ""), ("euses", ""), ("euse", ""), ("eaux", "eau"), ("aux", "al"), ("eurs", ""), ("eur", ""), ("ives", "if"), ("ive", "if"),
        ("erons", ""), ("erez", ""), ("eront", ""), ("erai", ""), ("era", ""), ("erait", ""), ("ions", ""), ("ons", ""), ("ent", ""), ("ant", ""), ("ait", ""), ("ees", ""),
        ("ee", ""), ("ez", ""), ("er", ""), ("es", ""), ("e", ""), ("x", ""), ("y", "i"),
    ];

    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word)
    {
        if (word.Length < 5)
        {
            return word.Length == 4 && word[^1] == 'e' ? word[..^1] : word;
        }

        foreach (var (ending, instead) in Endings)
        {
            if (word.Length - ending.Length >= (ending.Length == 1 ? 3 : 4) && word.EndsWith(ending))
            {
                return instead.Length == 0 ? word[..^ending.Length] : string.Concat(word[..^ending.Length], instead);
            }
        }

        return word;
    }
}

/// <summary>
/// Light10 (L. Larkey, L. Ballesteros, M. Connell, "Light stemming for Arabic information retrieval", 2007): the article with its
/// prepositions, the conjunction, and its endings with نا. Letter forms are folded before, so ة is ه and ى is ي, and لل is ل.
/// </summary>
internal static class ArabicStem
{
    private static readonly string[] Prefixes = ["وال", "بال", "كال", "فال", "ال"];
    private static readonly string[] Suffixes = ["ها", "نا", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];

    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> word)
    {
        if (word.Length >= 5 && word[0] == 'و' && !word.StartsWith("وال"))
        {
            // The conjunction, where three letters stay: "وقت" keeps its first.
            word = word[1..];
        }

        foreach (var prefix in Prefixes)
        {
            if (word.Length >= prefix.Length + 2 && word.StartsWith(prefix))
            {
                word = word[prefix.Length..];
                break;
            }
        }

        if (word.Length >= 5 && word[0] == 'ل')
        {
            word = word[1..];
        }

        foreach (var suffix in Suffixes)
        {
            if (word.Length >= suffix.Length + 2 && word.EndsWith(suffix))
            {
                word = word[..^suffix.Length];
            }
        }

        return word;
    }
}
