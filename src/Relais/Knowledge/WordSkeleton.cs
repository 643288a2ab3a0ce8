namespace Relais.Knowledge;

/// <summary>
/// A folded word without what hurried writers change: vowels after the first letter, h, and which of several letters stands
/// for a sound ("livrezon" and "livraison", "wslat" and "waslat", "pasword" and "password").
/// </summary>
internal static class WordSkeleton
{
    /// <summary>Longer words are judged by their beginning.</summary>
    public const int MostLetters = 24;

    /// <summary>Writes the skeleton and returns its length.</summary>
    /// <param name="word">Folded.</param>
    /// <param name="into">At least <see cref="MostLetters"/> long.</param>
    public static int Write(ReadOnlySpan<char> word, Span<char> into)
    {
        var length = 0;
        for (var i = 0; i < word.Length && length < MostLetters; i++)
        {
            var plain = Sound(word[i], i == 0);
            if (plain != '\0' && (length == 0 || into[length - 1] != plain))
            {
                into[length++] = plain;
            }
        }

        return length;
    }

    private static char Sound(char c, bool isFirst) => c switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'ا' or 'و' or 'ي' => isFirst ? 'a' : '\0',
        'h' or '2' or 'ء' => '\0',
        'c' or 'q' or 'k' or '9' => 'k',
        'z' or 's' => 's',
        _ => c,
    };
}
