using Relais.Channels;
using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>"Did you mean": entries that are likely and about equally so, for the customer to choose from; offered once.</summary>
internal static class FaqOffer
{
    private const int Most = 3;

    /// <summary>Below it the entries have little to do with the question.</summary>
    private const double LeastScore = 0.3;

    /// <summary>Of the best one's score; less is no rival.</summary>
    private const double LeastShare = 0.6;

    public static bool IsWorthIt(IReadOnlyList<FaqHit> hits) =>
        Among(hits) is [var best, var next, ..] && best.Score >= LeastScore && next.Score >= best.Score * FaqClarity.RivalShare;

    /// <summary>What the customer gets; a tap says the entry's question in full, which the next turn answers.</summary>
    public static OutboundContent Content(string language, IReadOnlyList<FaqHit> hits) => new OutboundContent.Choices(
        Words(language), [.. Among(hits).Select(hit => new Choice($"faq:{hit.Id}", hit.Question))])
    {
        Language = language,
    };

    /// <summary>Our last words were an offer: a second one would be a loop.</summary>
    public static bool WasMade(string? lastSaid) => lastSaid is not null
        && AgentTexts.Languages.Any(language => lastSaid.Contains(Words(language), StringComparison.Ordinal));

    public static string Words(string language) => language switch
    {
        AgentTexts.Arabic => "هل تقصد أحد هذه الأسئلة؟",
        AgentTexts.English => "Did you mean one of these?",
        _ => "Vouliez-vous dire l'une de ces questions ?",
    };

    private static List<FaqHit> Among(IReadOnlyList<FaqHit> hits) =>
        [.. hits.Where(hit => hit.Score >= hits[0].Score * LeastShare).DistinctBy(hit => hit.Answer).Take(Most)];
}
