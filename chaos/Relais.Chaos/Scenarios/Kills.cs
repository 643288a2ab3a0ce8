using System.Diagnostics;
using Relais.Chaos.Load;
using Relais.Rig;

namespace Relais.Chaos.Scenarios;

/// <summary>SIGKILL at random moments under load (reliability table, R1).</summary>
internal static class Kills
{
    /// <param name="database">Empty.</param>
    /// <param name="kills">How many.</param>
    /// <param name="plan">How much load.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    public static async Task<Verdict> Run(TestDatabase database, int kills, LoadPlan plan, int seed, Action<string> say)
    {
        await using var run = await ChaosRun.Start(database, null, plan, seed, say);
        await run.BeginLoad();
        var starts = new List<(double Seconds, long Backlog)>();
        for (var kill = 1; kill <= kills; kill++)
        {
            await run.Pause();
            var backlog = await run.Kill(run.Server);
            var watch = Stopwatch.StartNew();
            await run.Server.Start();
            starts.Add((watch.Elapsed.TotalSeconds, backlog));
            if (kill % 10 == 0)
            {
                say($"{kill} kills, {run.Customers.Taken} messages acknowledged, last start {starts[^1].Seconds:F1} s with {backlog} waiting");
            }
        }

        var sorted = starts.Select(s => s.Seconds).Order().ToList();
        return await run.Finish($"{kills} kills; ready again after {sorted[sorted.Count / 2]:F1} s (median), {sorted[^1]:F1} s (worst); "
            + $"at most {starts.Max(s => s.Backlog)} pieces of work waiting");
    }
}
