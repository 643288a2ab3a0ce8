using Relais.Rig;

namespace Relais.Chaos;

/// <summary>What a run came to, as one line.</summary>
/// <param name="Kind">Which database.</param>
/// <param name="Ledger">What was found.</param>
/// <param name="AllowedUncertain">How many sends may be in doubt.</param>
/// <param name="Hidden">Sends in doubt that no person will be shown.</param>
/// <param name="Figures">What was done and measured.</param>
/// <param name="Failure">A goal of the scenario that was missed, in a sentence.</param>
internal sealed record Verdict(DatabaseKind Kind, Ledger Ledger, long AllowedUncertain, long Hidden, string Figures, string? Failure = null)
{
    public bool IsGood => Ledger.IsClean && Ledger.Uncertain.Count <= AllowedUncertain && Hidden == 0 && Failure is null;

    public override string ToString() =>
        $"{Kind.ToString().ToLowerInvariant()}: {(IsGood ? "good" : "BAD")} {Ledger} (at most {AllowedUncertain}{(Hidden > 0 ? $", {Hidden} HIDDEN" : "")}) | "
        + Figures + (Failure is null ? "" : $" | {Failure}");
}
