using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Relais.Knowledge.Documents;

namespace Relais.Knowledge.Search;

/// <summary>A passage that may answer a question.</summary>
/// <param name="Passage">With its document.</param>
/// <param name="Score">0 to 1: how much of the question it has, in words or, where a model compares meanings, in meaning.</param>
internal sealed record PassageMatch(StoredPassage Passage, double Score);

/// <param name="Faqs">Best first.</param>
/// <param name="Passages">Best first.</param>
internal sealed record KnowledgeMatches(IReadOnlyList<FaqMatch> Faqs, IReadOnlyList<PassageMatch> Passages)
{
    public static KnowledgeMatches None { get; } = new([], []);
}

/// <summary>A text's place in a model's space.</summary>
/// <param name="Id">Of the FAQ or passage.</param>
/// <param name="Vector">Of length 1.</param>
internal readonly record struct ItemVector(long Id, float[] Vector);

/// <summary>
/// All that a tenant's agent may answer from, in memory. Three looks at it are fused: likeness of spelling and meaning (FAQs), words with their
/// stems (BM25), and, with an embedding model, cosines. Immutable: built again when something changes.
/// </summary>
internal sealed class KnowledgeIndex
{
    private const int MostFaqs = 3;
    private const int MostPassages = 3;

    /// <summary>Of reciprocal rank fusion (G. Cormack, C. Clarke, S. Büttcher, SIGIR 2009).</summary>
    private const double RankConstant = 60;

    private readonly FaqSearch faqSearch;
    private readonly IReadOnlyList<(Faq Faq, string Words)> faqs;
    private readonly string?[] languages;
    private readonly Dictionary<long, int> faqPlaces;
    private readonly IReadOnlyList<StoredPassage> passages;
    private readonly WordIndex faqWords;
    private readonly WordIndex passageWords;
    private readonly Dictionary<long, float[]> vectors;
    private readonly double likenessFloor;
    private readonly OwnSynonyms synonyms;

    private KnowledgeIndex(
        List<Faq> faqs, IReadOnlyList<StoredPassage> passages, IReadOnlyList<ItemVector> vectors, double likenessFloor, OwnSynonyms synonyms, KnowledgeIndex? before)
    {
        this.faqs = faqs.ConvertAll(f => (f, f.Question + '\n' + f.Answer));
        languages = [.. faqs.Select(f => f.Language ?? FaqLanguage.Of(f.Question, f.Answer))];
        this.passages = passages;
        this.likenessFloor = likenessFloor;
        this.synonyms = synonyms;
        this.vectors = vectors.ToDictionary(v => v.Id, v => v.Vector);
        faqPlaces = this.faqs.Select((f, place) => (f.Faq.Id, place)).ToDictionary(p => p.Id, p => p.place);

        // Most of the work, and most changes touch neither or one: what is the same is taken over. A passage never changes under its id.
        var hasSameFaqs = before is not null && ReferenceEquals(before.synonyms, synonyms)
            && before.faqs.Select(f => (f.Faq.Id, f.Words)).SequenceEqual(faqs.Select(f => (f.Id, f.Question + '\n' + f.Answer)));
        faqSearch = hasSameFaqs ? before!.faqSearch : FaqSearch.Build(faqs.ConvertAll(f => (f.Id, f.Question, f.Answer)), synonyms);
        faqWords = hasSameFaqs ? before!.faqWords : WordIndex.Build(faqs.ConvertAll(f => ((string, float)[])[(f.Question, 2f), (f.Answer, 0.5f)]));
        passageWords = before is not null && before.passages.Select(p => p.Id).SequenceEqual(passages.Select(p => p.Id))
            ? before.passageWords
            : WordIndex.Build([.. passages.Select(p => ((string, float)[])[(p.Title, 0.5f), (p.Heading, 2f), (p.Text, 1f)])]);
    }

    /// <param name="faqs">All of the tenant's.</param>
    /// <param name="passages">All of its documents'.</param>
    /// <param name="vectors">Of both, where a model made them.</param>
    /// <param name="likenessFloor">Cosines below it count for nothing.</param>
    /// <param name="synonyms">The business's own; null: none.</param>
    /// <param name="before">What it replaces, if anything.</param>
    public static KnowledgeIndex Build(
        List<Faq> faqs, IReadOnlyList<StoredPassage> passages, IReadOnlyList<ItemVector> vectors, double likenessFloor,
        OwnSynonyms? synonyms = null, KnowledgeIndex? before = null) =>
        new(faqs, passages, vectors, likenessFloor, synonyms ?? OwnSynonyms.None, before);

    /// <summary>Whether there is anything to compare a question's vector with.</summary>
    public bool HasVectors => vectors.Count > 0;

    /// <summary>What is below every floor is left out: an empty result means that nobody knows.</summary>
    /// <param name="question">The customer's words.</param>
    /// <param name="language">fr, ar or en: preferred where two say the same.</param>
    /// <param name="vector">The question's, of length 1, or null.</param>
    public KnowledgeMatches Find(string question, string? language = null, float[]? vector = null)
    {
        var asked = question.Length <= FaqFeatures.MostCharacters ? question : question[..FaqFeatures.MostCharacters];
        return string.IsNullOrWhiteSpace(asked) ? KnowledgeMatches.None : new(FindFaqs(asked, language, vector), FindPassages(asked, language, vector));
    }

    private List<FaqMatch> FindFaqs(string asked, string? language, float[]? vector)
    {
        var spelled = faqSearch.Find(asked, MostFaqs * 2);
        var worded = faqWords.Find(asked).Where(m => m.Share >= KnowledgeFloor.Faq).OrderByDescending(m => m.Strength).Take(MostFaqs).Select(m => m.Text);
        var alike = Alike(vector, faqs.Select(f => f.Faq.Id)).Take(MostFaqs).ToList();
        var ranks = Fuse([.. spelled.Select(m => faqPlaces[m.Id])], [.. worded], [.. alike.Select(a => a.Place)]);
        var scores = spelled.ToDictionary(m => m.Id, m => m.Score);
        var found = ranks.OrderByDescending(r => r.Value).Select(r => faqs[r.Key].Faq).Select(f => new FaqMatch(f.Id, f.Question, f.Answer, scores.GetValueOrDefault(f.Id)))
            .Where(m => m.Score >= KnowledgeFloor.FaqLikeness || !scores.ContainsKey(m.Id)).OrderByDescending(m => m.Score).Take(MostFaqs + 1).ToList();
        return Prefer(found, language);
    }

    /// <summary>Where two entries are nearly as good, the one in the customer's language goes first, and what then follows in others no longer rivals it.</summary>
    private List<FaqMatch> Prefer(List<FaqMatch> found, string? language)
    {
        var own = found.Find(m => LanguageOf(m) == language && language is not null);
        if (own is null || LanguageOf(found[0]) is null || own.Score < found[0].Score * KnowledgeFloor.SameInOtherLanguage)
        {
            return found;
        }

        var top = own.Score;
        return
        [
            own with { Score = Math.Max(top, found[0].Score) },
            .. found.Where(m => m != own).Select(m => LanguageOf(m) is { } other && other != language ? m with { Score = Math.Min(m.Score, top * KnowledgeFloor.OtherLanguage) } : m)
                .OrderByDescending(m => m.Score),
        ];
    }

    private string? LanguageOf(FaqMatch match) => languages[faqPlaces[match.Id]];

    private List<PassageMatch> FindPassages(string asked, string? language, float[]? vector)
    {
        var worded = passageWords.Find(asked).Where(m => m.Share >= KnowledgeFloor.Passage)
            .OrderByDescending(m => m.Strength * (passages[m.Text].Language == language ? 1.1 : 1)).Take(MostPassages * 2).ToList();
        var alike = Alike(vector, passages.Select(p => p.Id)).Take(MostPassages * 2).ToList();
        var shares = worded.ToDictionary(m => m.Text, m => m.Words > 1 ? m.Share : Math.Min(m.Share, KnowledgeFloor.OneWord));
        var cosines = alike.ToDictionary(a => a.Place, a => a.Cosine);
        return
        [
            .. Fuse([.. worded.Select(m => m.Text)], [.. alike.Select(a => a.Place)]).OrderByDescending(r => r.Value).Take(MostPassages)
                .Select(r => new PassageMatch(passages[r.Key], Math.Min(1, Math.Max(shares.GetValueOrDefault(r.Key), cosines.GetValueOrDefault(r.Key))))),
        ];
    }

    /// <summary>By cosine, nearest first, what is under the tenant's floor left out.</summary>
    private IEnumerable<(int Place, double Cosine)> Alike(float[]? vector, IEnumerable<long> items) => vector is null ? [] : items
        .Select((id, place) => (Place: place, Cosine: vectors.TryGetValue(id, out var its) && its.Length == vector.Length ? (double)TensorPrimitives.Dot<float>(its, vector) : -1))
        .Where(a => a.Cosine >= likenessFloor).OrderByDescending(a => a.Cosine);

    private static Dictionary<int, double> Fuse(params ReadOnlySpan<List<int>> rankings)
    {
        var fused = new Dictionary<int, double>();
        foreach (var ranking in rankings)
        {
            for (var rank = 0; rank < ranking.Count; rank++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(fused, ranking[rank], out _) += 1 / (RankConstant + rank + 1);
            }
        }

        return fused;
    }
}

/// <summary>From which score on something is worth being looked at. Tuned on tests' KnowledgeTrial; docs/knowledge.md has the figures.</summary>
internal static class KnowledgeFloor
{
    /// <summary>Share of the question that a FAQ's words must have, where its spelling alone does not find it.</summary>
    public const double Faq = 0.6;

    /// <summary>Likeness under which a FAQ is noise.</summary>
    public const double FaqLikeness = 0.12;

    /// <summary>Share of the question that a passage's words must have to be shown to a model.</summary>
    public const double Passage = 0.33;

    /// <summary>The most that one word alone is worth: a model may look at it, nobody quotes it unread.</summary>
    public const double OneWord = 0.55;

    /// <summary>From which share on the built-in agent quotes a passage unread.</summary>
    public const double QuotedPassage = 0.65;

    /// <summary>An entry in the customer's language that has this share of the best one's score says the same.</summary>
    public const double SameInOtherLanguage = 0.7;

    /// <summary>What the same entry in another language keeps of the score: less than a rival's (<see cref="FaqClarity.RivalShare"/>).</summary>
    public const double OtherLanguage = 0.8;
}
