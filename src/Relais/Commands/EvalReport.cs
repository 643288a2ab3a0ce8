using System.Globalization;
using System.Text;
using Relais.Engine.Simulations.Running;

namespace Relais.Commands;

/// <summary>What <c>relais eval</c> prints: a line a case, reasons under those that failed, totals by language.</summary>
internal static class EvalReport
{
    public static string Text(IReadOnlyList<CaseResult> results, string model, bool isVerbose)
    {
        var text = new StringBuilder();
        foreach (var result in results)
        {
            text.Append(Mark(result.Verdict)).Append(' ').Append(result.Language).Append("  ").Append(result.Name);
            text.Append(CultureInfo.InvariantCulture, $"  ({result.Took.TotalMilliseconds:0} ms{Cost(result.Cost)})").Append('\n');
            result.Reasons.ToList().ForEach(reason => text.Append("      ").Append(reason).Append('\n'));
            if (isVerbose)
            {
                result.Transcript.ToList().ForEach(l => text.Append("      ").Append(l.Who).Append(": ").Append(l.Text.Replace("\n", "\n        ", StringComparison.Ordinal)).Append('\n'));
            }
        }

        text.Append('\n');
        foreach (var language in results.GroupBy(r => r.Language).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(language.Key).Append("   ").Append(Totals([.. language])).Append('\n');
        }

        return text.Append("all  ").Append(Totals(results)).Append(", ").Append(model).Append(Cost(results.Aggregate(ModelCost.None, (sum, r) => sum + r.Cost)))
            .Append('\n').ToString();
    }

    private static string Mark(Verdict verdict) => verdict switch { Verdict.Passed => "✓", Verdict.Failed => "✗", _ => "–" };

    private static string Totals(IReadOnlyList<CaseResult> results)
    {
        var (passed, failed, skipped) = (Count(Verdict.Passed), Count(Verdict.Failed), Count(Verdict.Skipped));
        return $"{passed} of {results.Count} passed" + (failed > 0 ? $", {failed} failed" : "") + (skipped > 0 ? $", {skipped} skipped" : "");

        int Count(Verdict verdict) => results.Count(r => r.Verdict == verdict);
    }

    private static string Cost(ModelCost cost) => cost == ModelCost.None ? ""
        : FormattableString.Invariant($", {cost.TokensIn + cost.TokensOut} tokens, ${cost.Micros / 1e6:0.0000}");
}
