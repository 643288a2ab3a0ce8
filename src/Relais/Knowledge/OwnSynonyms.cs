using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>
/// Words that mean the same to one business ("gandoura" and "robe"). They stand beside <see cref="FaqSynonyms"/> and win over
/// it; a line that holds a word known there takes its meaning, so that all of its spellings and languages come along.
/// </summary>
internal sealed class OwnSynonyms
{
    /// <summary>Meanings of nobody else's begin here.</summary>
    private const int FirstOwn = 100_000;

    public static readonly OwnSynonyms None = new(new Dictionary<string, IReadOnlyList<string>>());

    private readonly Dictionary<string, int> words = [];
    private readonly List<(string Padded, int Meaning)> phrases = [];

    /// <param name="lists">A word, or several, and those that mean the same.</param>
    public OwnSynonyms(IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        var next = FirstOwn;
        foreach (var (word, others) in lists.OrderBy(list => list.Key, StringComparer.Ordinal))
        {
            var all = others.Prepend(word).Select(TextFolding.FoldWords).Where(folded => folded.Length > 0).ToList();
            var meaning = all.Select(Known).FirstOrDefault(known => known is not null) ?? next++;
            foreach (var folded in all)
            {
                if (folded.Contains(' ', StringComparison.Ordinal))
                {
                    phrases.Add(($" {folded} ", meaning));
                }
                else
                {
                    words[folded] = meaning;
                }
            }
        }
    }

    /// <summary>The meaning of one folded word, here or of everybody's; null when it has none.</summary>
    public int? MeaningOf(ReadOnlySpan<char> word) =>
        words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var meaning) ? meaning : FaqSynonyms.MeaningOf(word);

    /// <summary>What several words mean together, in folded text with a space at both ends.</summary>
    public IEnumerable<int> PhrasesIn(string padded) =>
        phrases.Where(phrase => padded.Contains(phrase.Padded, StringComparison.Ordinal)).Select(phrase => phrase.Meaning);

    private int? Known(string folded) => words.TryGetValue(folded, out var own) ? own : FaqSynonyms.MeaningOf(folded);
}
