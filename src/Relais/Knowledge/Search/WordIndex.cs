using System.Numerics;
using System.Runtime.InteropServices;
using Relais.Foundation;

namespace Relais.Knowledge.Search;

/// <summary>What a search found of one text.</summary>
/// <param name="Text">Its place in the index.</param>
/// <param name="Strength">BM25, for the order among those found.</param>
/// <param name="Share">How much of the question it has, 0 to 1: each word counts by its rarity.</param>
/// <param name="Words">How many of its words.</param>
internal readonly record struct WordMatch(int Text, double Strength, double Share, int Words);

/// <summary>
/// An inverted index of stems and of meanings across languages (<see cref="FaqSynonyms"/>), ranked by BM25 (S. Robertson, H. Zaragoza,
/// 2009). A word that no text has is looked for among those that texts have, a letter or two away. Immutable.
/// </summary>
internal sealed class WordIndex
{
    private const double K1 = 1.2;
    private const double B = 0.6;

    /// <summary>A word of the same meaning is not the word itself.</summary>
    private const double MeaningWorth = 0.6;

    private const double MisspeltWorth = 0.8;

    /// <summary>A word nobody wrote speaks against every text, but may as well be small talk.</summary>
    private const double UnknownWorth = 0.45;

    private const int ShortestMisspelt = 5;
    private const int LongMisspelt = 9;

    private readonly Dictionary<string, int> terms;
    private readonly (int Text, float Count)[][] postings;
    private readonly float[] lengths;
    private readonly double usual;
    private readonly Dictionary<(char First, int Length), List<(string Term, ulong Letters)>> byShape = [];

    private WordIndex(Dictionary<string, int> terms, (int Text, float Count)[][] postings, float[] lengths)
    {
        (this.terms, this.postings, this.lengths) = (terms, postings, lengths);
        usual = lengths.Length == 0 ? 1 : Math.Max(1, lengths.Average());
        foreach (var term in terms.Keys.Where(t => t[0] != '§' && t.Length >= ShortestMisspelt - 1))
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(byShape, (term[0], term.Length), out _) ??= []).Add((term, Letters(term)));
        }
    }

    /// <param name="texts">Each in parts with their weight: a heading says more than a paragraph.</param>
    public static WordIndex Build(IReadOnlyList<(string Text, float Weight)[]> texts)
    {
        var terms = new Dictionary<string, int>(StringComparer.Ordinal);
        var lists = new List<List<(int, float)>>();
        var lengths = new float[texts.Count];

        // Each word is stemmed once, however often it stands somewhere: -1 for nothing.
        var known = new Dictionary<string, (int Stem, int Meaning)>(StringComparer.Ordinal);
        var bySpan = known.GetAlternateLookup<ReadOnlySpan<char>>();
        var counts = new Dictionary<int, float>();
        for (var i = 0; i < texts.Count; i++)
        {
            counts.Clear();
            foreach (var (text, weight) in texts[i])
            {
                var folded = FaqSynonyms.Joined(TextFolding.FoldWords(text));
                foreach (var range in folded.AsSpan().Split(' '))
                {
                    var word = folded.AsSpan()[range];
                    if (!bySpan.TryGetValue(word, out var ids))
                    {
                        var (stem, meaning) = Says(word) ? Of(word) : default;
                        bySpan[word] = ids = (Term(stem), Term(meaning));
                    }

                    if (ids.Stem >= 0)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(counts, ids.Stem, out _) += weight;
                        lengths[i] += weight;
                    }

                    if (ids.Meaning >= 0)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(counts, ids.Meaning, out _) += weight;
                    }
                }
            }

            foreach (var (term, count) in counts)
            {
                lists[term].Add((i, count));
            }
        }

        return new(terms, [.. lists.Select(l => l.ToArray())], lengths);

        int Term(string? term)
        {
            if (term is null)
            {
                return -1;
            }

            if (!terms.TryGetValue(term, out var id))
            {
                terms[term] = id = lists.Count;
                lists.Add([]);
            }

            return id;
        }
    }

    /// <summary>Every text that has something of the question, in no order.</summary>
    public List<WordMatch> Find(string question)
    {
        var strength = new double[lengths.Length];
        var share = new double[lengths.Length];
        var words = new int[lengths.Length];
        var touched = new List<int>();
        var best = new Dictionary<int, (double Strength, double Worth)>();
        var all = 0.0;
        foreach (var (stem, meaning) in Words(question).Distinct())
        {
            best.Clear();
            var rarity = Math.Max(Add(best, stem, 1), 0);
            if (rarity == 0 && Misspelt(stem) is { } near)
            {
                rarity = Add(best, near, MisspeltWorth);
            }

            if (meaning is not null && Add(best, meaning, MeaningWorth) is > 0 and var other)
            {
                rarity = rarity == 0 ? other : Math.Min(rarity, other);
            }

            if (rarity == 0)
            {
                all += Rarity(0) * UnknownWorth;
                continue;
            }

            all += rarity;
            foreach (var (text, found) in best)
            {
                if (share[text] == 0)
                {
                    touched.Add(text);
                }

                strength[text] += found.Strength;
                share[text] += rarity * found.Worth;
                words[text]++;
            }
        }

        return touched.ConvertAll(text => new WordMatch(text, strength[text], share[text] / all, words[text]));
    }

    /// <summary>The words that say something, each with the meaning it has across languages, if any.</summary>
    public static IEnumerable<(string Stem, string? Meaning)> Words(string text)
    {
        var words = FaqSynonyms.Joined(TextFolding.FoldWords(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (Says(word))
            {
                yield return Of(word);
            }
        }
    }

    private static bool Says(ReadOnlySpan<char> word) =>
        (word.Length > 1 || (word.Length == 1 && char.IsAsciiDigit(word[0]))) && !FaqStopWords.All.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static (string Stem, string? Meaning) Of(ReadOnlySpan<char> word) =>
        (WordStem.Of(word), FaqSynonyms.MeaningOf(word) is { } meaning ? "§" + meaning : null);

    private double Rarity(int having) => Math.Log(1 + ((lengths.Length - having + 0.5) / (having + 0.5)));

    /// <summary>Adds what a term finds where nothing better was; its rarity, or 0 when no text has it.</summary>
    private double Add(Dictionary<int, (double Strength, double Worth)> best, string term, double worth)
    {
        if (!terms.TryGetValue(term, out var id))
        {
            return 0;
        }

        var rarity = Rarity(postings[id].Length);
        foreach (var (text, count) in postings[id])
        {
            var found = rarity * worth * count * (K1 + 1) / (count + (K1 * (1 - B + (B * lengths[text] / usual))));
            if (!best.TryGetValue(text, out var old) || old.Strength < found)
            {
                best[text] = (found, Math.Max(worth, old.Worth));
            }
        }

        return rarity;
    }

    private string? Misspelt(string stem)
    {
        if (stem.Length < ShortestMisspelt - 1 || char.IsAsciiDigit(stem[0]))
        {
            return null;
        }

        var most = stem.Length >= LongMisspelt ? 2 : 1;
        var letters = Letters(stem);
        for (var length = stem.Length - most; length <= stem.Length + most; length++)
        {
            foreach (var (term, its) in byShape.GetValueOrDefault((stem[0], length)) ?? [])
            {
                // Each change makes at most two of their letters differ: most terms need no closer look.
                if (BitOperations.PopCount(letters ^ its) <= 2 * most && Distance(stem, term, most) <= most)
                {
                    return term;
                }
            }
        }

        return null;
    }

    /// <summary>Which letters a word has, as far as 64 places tell.</summary>
    private static ulong Letters(string word)
    {
        var letters = 0ul;
        foreach (var c in word)
        {
            letters |= 1ul << (c & 63);
        }

        return letters;
    }

    /// <summary>Letters to add, drop, replace or swap (Damerau); above <paramref name="most"/> any number.</summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (a.Length > 40 || b.Length > 40)
        {
            return most + 1;
        }

        Span<int> before = stackalloc int[42], last = stackalloc int[42], now = stackalloc int[42];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var step = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    step = Math.Min(step, before[j - 2] + 1);
                }

                now[j] = step;
                least = Math.Min(least, step);
            }

            if (least > most)
            {
                return most + 1;
            }

            last.CopyTo(before);
            now.CopyTo(last);
        }

        return last[b.Length];
    }
}
