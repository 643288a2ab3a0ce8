using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>When an FAQ entry may be sent as the answer without anyone reading it first.</summary>
internal static class ClearAnswer
{
    /// <summary>The best entry, if it is clearly meant and no other is nearly as likely; entries with the same answer do not compete.</summary>
    public static FaqHit? Among(IReadOnlyList<FaqHit> hits, double least = FaqClarity.LeastScore)
    {
        if (hits.Count == 0 || hits[0].Score < least || string.IsNullOrWhiteSpace(hits[0].Answer))
        {
            return null;
        }

        foreach (var rival in hits.Skip(1))
        {
            if (rival.Answer != hits[0].Answer)
            {
                return hits[0].Score - rival.Score >= FaqClarity.LeastLead || rival.Score <= hits[0].Score * FaqClarity.RivalShare ? hits[0] : null;
            }
        }

        return hits[0];
    }
}
