using System.Globalization;
using System.Text;

namespace Relais.Bench.Report;

/// <summary>Results as Markdown.</summary>
internal static class Tables
{
    public static string Of(Results results)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{results.Machine}. Commit {results.Commit}, {results.At}, {(results.Runs == 1 ? "one run" : $"medians of {results.Runs} runs")}{(results.Quick ? ", quick" : "")}.\n{results.Pinning}\n");
        var load = results.Measured.Where(m => m.LoadAverage > 0).Select(m => (double?)m.LoadAverage).ToList();
        text.Append(CultureInfo.InvariantCulture, $"Load average of the machine: {Number(load.Min(), "0.#")} to {Number(load.Max(), "0.#")}, median {Number(Statistics.Median(load), "0.#")}; about 2 of it are the benchmark's own, the rest is somebody else's.\n\n");
        Goals(text, results);
        foreach (var scenario in Scenario.All(results.Quick).Where(s => results.Scenarios.Contains(s.Name)))
        {
            One(text, results, scenario);
        }

        foreach (var broken in results.Measured.Where(m => m.Problem is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"{broken.System}, {broken.Scenario}: no figures. {broken.Problem!.Split('\n')[0]}\n");
        }

        return text.ToString();
    }

    private static void Goals(StringBuilder text, Results results)
    {
        text.Append("### Goals\n\n").Append(results.Pinning).Append("\n\n| goal | wanted | measured | |\n|---|---|---|---|\n");
        foreach (var goal in Report.Goals.Of(results))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {goal.What} | {(goal.IsMost ? "≤" : "≥")} {goal.Limit} | {Number(goal.Value, "0.##")} | {goal.Verdict} |\n");
        }

        text.Append('\n');
    }

    private static void One(StringBuilder text, Results results, Scenario scenario)
    {
        var hasStatuses = scenario.Arguments.Any(a => a.StartsWith("--status", StringComparison.Ordinal));
        text.Append(CultureInfo.InvariantCulture, $"### {char.ToUpperInvariant(scenario.What[0])}{scenario.What[1..]}\n\n{results.Pinning}\n\n");
        text.Append("| system | acknowledged/s | replies/s | to 200: p50 · p99 · max (ms) | to reply: p50 · p99 · max (ms) | CPU ms a message: server · database · load | MB: server · database | lost | doubled | not acknowledged |");
        text.Append(hasStatuses ? " statuses/s | status to 200: p50 · p99 (ms) |\n" : "\n").Append("|---|---|---|---|---|---|---|---|---|---|").Append(hasStatuses ? "---|---|\n" : "\n");
        foreach (var system in results.Systems.Where(s => results.Of(s, scenario.Name).Any()))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {system} | {M(f => f.AcknowledgedPerSecond, "#,0")} | {M(f => f.Replied == 0 ? null : f.RepliesPerSecond, "#,0")} | ");
            text.Append(CultureInfo.InvariantCulture, $"{M(f => f.ToAcknowledged.P50)} · {M(f => f.ToAcknowledged.P99)} · {M(f => f.ToAcknowledged.Max)} | {M(f => f.ToReply.P50)} · {M(f => f.ToReply.P99)} · {M(f => f.ToReply.Max)} | ");
            text.Append(CultureInfo.InvariantCulture, $"{M(f => f.Server?.CpuMsPerMessage, "0.00")} · {M(f => f.Database?.CpuMsPerMessage, "0.00")} · {M(f => f.GeneratorCpuMsPerMessage, "0.00")} | {M(f => f.Server?.PeakMb, "0")} · {M(f => f.Database?.PeakMb, "0")} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Worst(f => f.Lost)} | {Worst(f => f.Doubled)} | {Worst(f => f.NotAcknowledged + f.StatusesRefused)} |");
            text.Append(hasStatuses ? $" {M(f => f.StatusesPosted / f.Seconds, "#,0")} | {M(f => f.StatusToAcknowledged.P50)} · {M(f => f.StatusToAcknowledged.P99)} |\n" : "\n");

            string M(Func<Figures, double?> figure, string format = "0.0") => Number(results.Median(system, scenario.Name, figure), format);

            int Worst(Func<Figures, int> figure) => results.Of(system, scenario.Name).Max(figure);
        }

        text.Append('\n');
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
