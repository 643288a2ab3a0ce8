namespace Relais.Bench.Report;

/// <summary>One goal of the project, decided.</summary>
/// <param name="What">For people.</param>
/// <param name="Limit">At least, or at most when <paramref name="IsMost"/>.</param>
/// <param name="IsMost">Whether smaller is better.</param>
/// <param name="Value">Median over the runs of the figure within each run; null when it was not measured.</param>
internal sealed record Goal(string What, double Limit, bool IsMost, double? Value)
{
    public bool IsMet => Value is { } v && (IsMost ? v <= Limit : v >= Limit);

    public string Verdict => Value is not { } v ? "not measured"
        : IsMet ? "met"
        : Limit == 0 ? "missed"
        : $"missed by {Math.Abs(v - Limit) / Limit:P0}";
}

/// <summary>The project's goals, each a ratio within one run where it compares two systems.</summary>
internal static class Goals
{
    private static readonly string[] Databases = ["sqlite", "postgres"];

    public static IEnumerable<Goal> Of(Results results)
    {
        foreach (var database in Databases)
        {
            var relais = "relais-" + database;
            yield return Ratio($"acknowledged/s ÷ ceiling, {database}", 0.6, results, relais, "ceiling-" + database, f => f.AcknowledgedPerSecond);
        }

        yield return Ratio("replies/s ÷ Express with synchronous FULL, sqlite", 4, results, "relais-sqlite", "express", f => f.RepliesPerSecond);
        yield return Ratio("replies/s ÷ EF Core, postgres", 10, results, "relais-postgres", "efcore", f => f.RepliesPerSecond);
        yield return Ratio("replies/s ÷ speed of light, postgres", 0.4, results, "relais-postgres", "light-postgres", f => f.RepliesPerSecond);
        foreach (var database in Databases)
        {
            var relais = "relais-" + database;
            yield return Most($"p99 webhook to reply at 200/s (ms), {database}", 100, results.Median(relais, "rate-200", f => f.ToReply.P99));
            yield return Most($"peak memory of the server (MB), {database}", 250,
                results.Scenarios.SelectMany(s => results.Of(relais, s)).Select(f => f.Server?.PeakMb).Max());
            yield return Most($"lost, all scenarios, {database}", 0, Worst(results, relais, f => f.Lost));
            yield return Most($"doubled, all scenarios, {database}", 0, Worst(results, relais, f => f.Doubled));
            yield return Most($"webhooks not acknowledged, all scenarios, {database}", 0, Worst(results, relais, f => f.NotAcknowledged + f.StatusesRefused));
            yield return Most($"lost with the provider down 3 s of 10, {database}", 0, Worst(results, relais, f => f.Lost, "provider-down"));
            yield return Most($"status flood: p50 to acknowledgement (ms), {database}", 25, results.Median(relais, "status-flood", f => f.StatusToAcknowledged.P50));
            yield return Most($"status flood: p99 to acknowledgement (ms), {database}", 100, results.Median(relais, "status-flood", f => f.StatusToAcknowledged.P99));
            yield return Most($"status flood: p50 to reply ÷ without the flood, {database}", 1.2, Within(results, relais, "status-flood", relais, "rate-300", f => f.ToReply.P50));
            yield return Most($"one customer hangs: others' p99 ÷ undisturbed, {database}", 1.5, Within(results, relais, "slow-hang", relais, "rate-200", f => f.ToReply.P99));
            yield return Most($"one customer throttled: others' p99 ÷ undisturbed, {database}", 1.5, Within(results, relais, "slow-131056", relais, "rate-200", f => f.ToReply.P99));
        }
    }

    private static Goal Ratio(string what, double least, Results results, string system, string other, Func<Figures, double?> figure) =>
        new(what, least, false, Within(results, system, "full", other, "full", figure));

    private static Goal Most(string what, double most, double? value) => new(what, most, true, value);

    private static double? Worst(Results results, string system, Func<Figures, double> figure, string? scenario = null)
    {
        var all = results.Scenarios.Where(s => scenario is null || s == scenario).SelectMany(s => results.Of(system, s)).Select(figure).ToList();
        return all.Count == 0 ? null : all.Max();
    }

    private static double? Within(Results results, string system, string scenario, string other, string otherScenario, Func<Figures, double?> figure) =>
        Statistics.Median(Enumerable.Range(1, results.Runs).Select(run =>
            results.Of(system, scenario, run) is { } ours && results.Of(other, otherScenario, run) is { } theirs && figure(theirs) is > 0 and { } divisor
                ? figure(ours) / divisor
                : null));
}
