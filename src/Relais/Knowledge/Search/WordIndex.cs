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

    private readonly Dictionary<string, int> terms;
    private readonly (int Text, float Count)[][] postings;
    private readonly float[] lengths;
    private readonly double usual;
    private readonly NearWords near;

    private WordIndex(Dictionary<string, int> terms, (int Text, float Count)[][] postings, float[] lengths)
    {
        (this.terms, this.postings, this.lengths) = (terms, postings, lengths);
        usual = lengths.Length == 0 ? 1 : Math.Max(1, lengths.Average());
        near = new(terms.Keys.Where(t => t[0] != '§'));
    }

    /// <param name="texts">Each in parts with their weight: a heading says more than a paragraph.</param>
    public static WordIndex Build(IReadOnlyList<(string Text, float Weight)[]> texts)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var lists = new List<List<(int, float)>>();
        var sums = new float[texts.Count];

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
                    if (!bySpan.TryGetValue(word, out var said))
                    {
                        var (stem, meaning) = Says(word) ? Of(word) : default;
                        bySpan[word] = said = (Term(stem), Term(meaning));
                    }

                    if (said.Stem >= 0)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(counts, said.Stem, out _) += weight;
                        sums[i] += weight;
                    }

                    if (said.Meaning >= 0)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(counts, said.Meaning, out _) += weight;
                    }
                }
            }

            foreach (var (term, count) in counts)
            {
                lists[term].Add((i, count));
            }
        }

        return new(ids, [.. lists.Select(l => l.ToArray())], sums);

        int Term(string? term)
        {
            if (term is null)
            {
                return -1;
            }

            if (!ids.TryGetValue(term, out var id))
            {
                ids[term] = id = lists.Count;
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
            if (rarity == 0 && near.Of(stem) is { } meant)
            {
                rarity = Add(best, meant, MisspeltWorth);
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
}
