using System.Diagnostics;
using Relais.Chaos.Load;
using Relais.Chaos.Machines;
using Relais.Rig;

namespace Relais.Chaos.Scenarios;

/// <summary>The power goes at random moments under load (R3): what was not fsynced is gone, on both databases.</summary>
internal static class PowerCuts
{
    /// <param name="kind">Which database.</param>
    /// <param name="cuts">How many.</param>
    /// <param name="plan">How much load.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    /// <exception cref="NotSupportedException">The rig cannot be had here.</exception>
    public static async Task<Verdict> Run(DatabaseKind kind, int cuts, LoadPlan plan, int seed, Action<string> say)
    {
        await using var volume = await Volume.Create(1024, isCuttable: true);
        var normal = await CutControl.Run(volume, "NORMAL", TimeSpan.FromSeconds(2));
        var full = await CutControl.Run(volume, "FULL", TimeSpan.FromSeconds(2));
        var control = $"control: synchronous = NORMAL lost {normal.Lost} of {normal.Acknowledged} commits, FULL {full.Lost} of {full.Acknowledged}";
        say(control);

        var cluster = kind == DatabaseKind.Postgres ? await PostgresCluster.Create(Path.Combine(volume.Root, "pg")) : null;
        var folder = Directory.CreateDirectory(Path.Combine(volume.Root, "relais")).FullName;
        // It goes with the volume.
        var database = cluster is null ? TestDatabase.InFolder(folder) : await TestDatabase.CreateEmpty(kind, cluster.Superuser);
        try
        {
            await using var run = await ChaosRun.Start(database, folder, plan, seed, say);
            await run.BeginLoad();
            var slowest = 0.0;
            for (var cut = 1; cut <= cuts; cut++)
            {
                await run.Pause(mean: 2, shortest: 1, longest: 6);
                run.LedgerFile.Note("power cut");
                await volume.Cut();

                // For a moment the machine runs on with a dead disk: nothing may be acknowledged that is not on it.
                await Task.Delay(run.Random.Next(200));
                await run.Server.Kill();
                if (cluster is not null)
                {
                    await cluster.Kill(withChildren: true);
                }

                await volume.PowerOn();
                var watch = Stopwatch.StartNew();
                if (cluster is not null)
                {
                    await cluster.Start();
                }

                run.AllowedUncertain += await run.Facts.OnTheWire();
                await run.Server.Start();
                slowest = Math.Max(slowest, watch.Elapsed.TotalSeconds);
                say($"{cut} cuts, {run.Customers.Taken} messages acknowledged, ready {watch.Elapsed.TotalSeconds:F1} s after the power was back");
            }

            var verdict = await run.Finish($"{cuts} cuts; ready within {slowest:F1} s of the power's return; {control}");
            return normal.Lost == 0 ? verdict with { Failure = "the rig lost nothing without fsync either, so it proves nothing" }
                : full.Lost > 0 ? verdict with { Failure = "the rig lost commits that were fsynced" }
                : verdict;
        }
        finally
        {
            if (cluster is not null)
            {
                await cluster.DisposeAsync();
            }
        }
    }
}
