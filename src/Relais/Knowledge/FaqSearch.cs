using System.Runtime.InteropServices;
using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>An FAQ entry that may answer a question.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Question">The owner's question.</param>
/// <param name="Answer">The owner's answer.</param>
/// <param name="Score">Likeness of the questions, 0 to 1; see <see cref="FaqClarity"/>.</param>
internal sealed record FaqMatch(long Id, string Question, string Answer, double Score);

/// <summary>
/// Enters: a tenant's FAQ entries. Leaves: the entries nearest to a question, in whatever language of ours either is written.
/// Two TF-IDF cosines are mixed: over character 3–5-grams of folded text (spelling, within a language) and over the words of
/// trade in <see cref="FaqSynonyms"/> (across languages, Darija and Arabizi). That both are about one of <see cref="FaqTopics"/> lifts the
/// score, that they are about two lowers it. Immutable: build again when an entry changes.
/// </summary>
internal sealed class FaqSearch
{
    /// <summary>The words of an answer hint at its question, and much else.</summary>
    private const float AnswerWeight = 0.15f;

    /// <summary>"My order …", "how much …" alone: what all of them share says little about which is meant.</summary>
    private const float WeakAlone = 0.4f;

    /// <summary>What a common topic adds, of what the score lacks; what another topic takes off.</summary>
    private const float TopicAgreement = 0.7f;
    private const float TopicConflict = 0.7f;

    private readonly (long Id, string Question, string Answer)[] entries;
    private readonly VectorIndex grams;
    private readonly VectorIndex meanings;

    private readonly TopicShares[] topics;
    private readonly OwnSynonyms own;

    private FaqSearch((long Id, string Question, string Answer)[] entries, VectorIndex grams, VectorIndex meanings, TopicShares[] topics, OwnSynonyms own)
    {
        this.topics = topics;
        this.own = own;
        this.entries = entries;
        this.grams = grams;
        this.meanings = meanings;
    }

    public static FaqSearch Build(IReadOnlyList<(long Id, string Question, string Answer)> entries, OwnSynonyms? synonyms = null)
    {
        var spelled = new List<Dictionary<int, float>>(entries.Count);
        var meant = new List<Dictionary<int, float>>(entries.Count);
        foreach (var (_, question, answer) in entries)
        {
            spelled.Add(Add(FaqFeatures.Grams(question), FaqFeatures.Grams(answer)));
            meant.Add(Add(FaqFeatures.Meanings(question, synonyms), FaqFeatures.Meanings(answer, synonyms)));
        }

        return new([.. entries], VectorIndex.Build(spelled), VectorIndex.Build(meant), [.. entries.Select(e => FaqTopics.Of(TextFolding.FoldWords(e.Question)))], synonyms ?? OwnSynonyms.None);
    }

    /// <summary>Best first, entries without any likeness left out.</summary>
    public IReadOnlyList<FaqMatch> Find(string question, int most = 3)
    {
        if (entries.Length == 0 || string.IsNullOrWhiteSpace(question))
        {
            return [];
        }

        // Folded first: one character can become eighteen.
        var asked = TextFolding.FoldWords(question.Length <= FaqFeatures.MostCharacters ? question : question[..FaqFeatures.MostCharacters]);
        asked = asked.Length <= FaqFeatures.MostCharacters ? asked : asked[..FaqFeatures.MostCharacters];
        if (asked.Trim().Length == 0)
        {
            return [];
        }

        var bySpelling = grams.Likeness(FaqFeatures.Grams(asked));
        var askedMeanings = FaqFeatures.Meanings(asked, own);
        var byMeaning = meanings.Likeness(askedMeanings);
        var weight = askedMeanings.Keys.All(FaqSynonyms.IsWeak) ? WeakAlone : 1f;
        var askedTopics = FaqTopics.Of(asked.Trim());
        var matches = new List<FaqMatch>(most + 1);
        for (var i = 0; i < entries.Length; i++)
        {
            var score = Mix(bySpelling[i], byMeaning[i] * weight);
            score *= 1 - (TopicConflict * FaqTopics.Conflict(askedTopics, topics[i]));
            score += (1 - score) * TopicAgreement * FaqTopics.Agreement(askedTopics, topics[i]);
            if (score <= 0.01 || (matches.Count == most && score <= matches[^1].Score))
            {
                continue;
            }

            var at = matches.FindIndex(m => m.Score < score);
            matches.Insert(at < 0 ? matches.Count : at, new(entries[i].Id, entries[i].Question, entries[i].Answer, score));
            if (matches.Count > most)
            {
                matches.RemoveAt(most);
            }
        }

        return matches;
    }

    private static Dictionary<int, float> Add(Dictionary<int, float> question, Dictionary<int, float> answer)
    {
        foreach (var (feature, weight) in answer)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(question, feature, out _) += weight * AnswerWeight;
        }

        return question;
    }

    /// <summary>
    /// The mean, lifted towards the stronger of the two: a cross-language question shares no spelling, one about a thing
    /// that is not in the synonyms shares no meaning.
    /// </summary>
    private static double Mix(float spelling, float meaning) =>
        Math.Min(1.0, (0.35 * (spelling + meaning)) + (0.3 * Math.Max(spelling, meaning)));
}

/// <summary>
/// From which score on the best entry is sent as the answer unread. Tuned on tests' FaqTrial (15 topics) and on the tuning
/// half of Engine/Ai/Trial (20 topics; docs/built-in-agent.md has the figures). A wrong answer is worse than a person's, so
/// they lean to precision.
/// </summary>
internal static class FaqClarity
{
    /// <summary>Below it messages about other things begin to match.</summary>
    public const double LeastScore = 0.36;

    /// <summary>For "my parcel is late": only an entry in nearly the same words, or the customer's own case is brushed off.</summary>
    public const double LeastScoreForOwnCase = 0.85;

    /// <summary>The best must lead the next by this much…</summary>
    public const double LeastLead = 0.05;

    /// <summary>…or the next must have no more than this share of the best one's score.</summary>
    public const double RivalShare = 0.85;
}
