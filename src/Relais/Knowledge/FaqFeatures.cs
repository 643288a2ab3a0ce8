using System.Runtime.InteropServices;
using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>What two questions are compared by.</summary>
internal static class FaqFeatures
{
    /// <summary>A question of a customer is judged by its beginning.</summary>
    public const int MostCharacters = 600;

    /// <summary>"How much", "how long", "my order" alone do not tell of what: the thing itself must weigh more.</summary>
    private const float WeakWeight = 0.45f;

    private const int Shortest = 3;
    private const int Longest = 5;

    /// <summary>
    /// Character 3–5-grams within and across the words that mean something; spaces mark the ends of words. When every word
    /// is a stop word they are all kept.
    /// </summary>
    public static Dictionary<int, float> Grams(string text)
    {
        var words = TextFolding.FoldWords(text);
        Span<char> room = words.Length <= 1_024 ? stackalloc char[1_026] : new char[words.Length + 2];
        var stops = FaqStopWords.All.GetAlternateLookup<ReadOnlySpan<char>>();
        var length = 1;
        room[0] = ' ';
        foreach (var range in words.AsSpan().Split(' '))
        {
            var word = words.AsSpan()[range];
            if (!word.IsEmpty && !stops.Contains(word))
            {
                word.CopyTo(room[length..]);
                length += word.Length;
                room[length++] = ' ';
            }
        }

        if (length == 1)
        {
            words.CopyTo(room[1..]);
            length = words.Length + 2;
            room[length - 1] = ' ';
        }

        var kept = room[..length];
        var grams = new Dictionary<int, float>(length * 3);
        for (var start = 0; start < kept.Length; start++)
        {
            var hash = 0x811c9dc5u;
            for (var i = start; i < Math.Min(start + Longest, kept.Length); i++)
            {
                hash = (hash ^ kept[i]) * 0x01000193u;
                if (i - start + 1 >= Shortest)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(grams, (int)hash, out _) += 1f;
                }
            }
        }

        return grams;
    }

    /// <summary>Which of <see cref="FaqSynonyms"/>'s meanings a text speaks of, each once.</summary>
    /// <param name="text">As written or folded.</param>
    /// <param name="own">What the business has added.</param>
    public static Dictionary<int, float> Meanings(string text, OwnSynonyms? own = null)
    {
        own ??= OwnSynonyms.None;
        var found = new Dictionary<int, float>();
        var words = FaqSynonyms.Joined(TextFolding.FoldWords(text));
        foreach (var range in words.AsSpan().Split(' '))
        {
            if (own.MeaningOf(words.AsSpan()[range]) is { } meaning)
            {
                found[meaning] = FaqSynonyms.IsWeak(meaning) ? WeakWeight : 1f;
            }
        }

        foreach (var meaning in own.PhrasesIn(words))
        {
            found[meaning] = 1f;
        }

        return found;
    }
}
