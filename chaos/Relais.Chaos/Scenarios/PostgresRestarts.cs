using System.Diagnostics;
using Relais.Chaos.Load;
using Relais.Chaos.Machines;
using Relais.Rig;

namespace Relais.Chaos.Scenarios;

/// <summary>How often PostgreSQL is treated how.</summary>
internal sealed record Restarts(int Immediate, int Fast, int Postmasters, int Backends)
{
    public int All => Immediate + Fast + Postmasters + Backends;

    /// <summary>Every act as often as asked, in random order.</summary>
    public IEnumerable<string> Shuffled(Random random)
    {
        string[] acts =
        [
            .. Enumerable.Repeat("immediate", Immediate), .. Enumerable.Repeat("fast", Fast),
            .. Enumerable.Repeat("postmaster", Postmasters), .. Enumerable.Repeat("backend", Backends),
        ];
        random.Shuffle(acts);
        return acts;
    }
}

/// <summary>
/// PostgreSQL is restarted, crashed and killed under load (R5). The server's process has to go on, and to be back to normal
/// within ten seconds.
/// </summary>
internal static class PostgresRestarts
{
    private static readonly TimeSpan Normal = TimeSpan.FromSeconds(10);

    /// <param name="cluster">Treated badly.</param>
    /// <param name="restarts">What is done to it.</param>
    /// <param name="plan">How much load.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    public static async Task<Verdict> Run(PostgresCluster cluster, Restarts restarts, LoadPlan plan, int seed, Action<string> say)
    {
        await using var database = await TestDatabase.CreateEmpty(DatabaseKind.Postgres, cluster.Superuser);
        await using var run = await ChaosRun.Start(database, null, plan, seed, say);
        await run.BeginLoad();
        var back = new List<double>();
        foreach (var act in restarts.Shuffled(run.Random))
        {
            await run.Pause();
            run.AllowedUncertain += await run.Facts.OnTheWire();
            run.LedgerFile.Note(act);
            await Harm(cluster, database, act, run.Random);
            await cluster.Up();
            var watch = Stopwatch.StartNew();
            await run.Server.Ready();
            back.Add(watch.Elapsed.TotalSeconds);
            if (back.Count % 10 == 0)
            {
                say($"{back.Count} of {restarts.All}, the last one {act}, ready {back[^1]:F1} s after PostgreSQL was back");
            }
        }

        var verdict = await run.Finish($"{restarts.Immediate} immediate, {restarts.Fast} fast, {restarts.Postmasters} postmasters and {restarts.Backends} backends killed; "
            + $"ready again {back.Order().ElementAt(back.Count / 2):F1} s (median), {back.Max():F1} s (worst) after PostgreSQL was back");
        return !run.Server.IsRunning ? verdict with { Failure = "the server's process ended" }
            : back.Max() > Normal.TotalSeconds ? verdict with { Failure = "it took more than 10 s to be back to normal" }
            : verdict;
    }

    private static async Task Harm(PostgresCluster cluster, TestDatabase database, string act, Random random)
    {
        switch (act)
        {
            case "backend":
                await cluster.KillBackend(database.Address[(database.Address.LastIndexOf('/') + 1)..], random);
                await Task.Delay(100);
                break;
            case "postmaster":
                await cluster.Kill(withChildren: false);
                await cluster.Start();
                break;
            default:
                await cluster.Stop(act);
                await cluster.Start();
                break;
        }
    }
}
