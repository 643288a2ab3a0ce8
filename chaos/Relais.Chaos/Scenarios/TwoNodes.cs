using System.Diagnostics;
using Relais.Chaos.Load;
using Relais.Rig;
using Relais.Simulator;

namespace Relais.Chaos.Scenarios;

/// <summary>
/// Two nodes on one PostgreSQL (R15 without the network part): one is stopped in the middle of its work (SIGSTOP) for longer
/// than a lease and goes on as if nothing had been, then it is killed. What it held has to come to the other one when the
/// lease ends, and nothing it does late may count.
/// </summary>
internal static class TwoNodes
{
    /// <summary>A lease is 30 s, the poll 1 s; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(33);

    /// <param name="database">Empty, PostgreSQL.</param>
    /// <param name="pause">How long the first node is stopped, at least 35 s.</param>
    /// <param name="plan">How much load.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    public static async Task<Verdict> Run(TestDatabase database, TimeSpan pause, LoadPlan plan, int seed, Action<string> say)
    {
        await using var run = await ChaosRun.Start(database, null, plan, seed, say);
        var first = run.Server;
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(run.LedgerFile.Path)!, "second")).FullName;
        await using var second = new RelaisProcess(database, run.Provider, folder, new Uri($"http://127.0.0.1:{Ports.Free()}/"));
        second.Set("RELAIS_KEY_FILE", Path.Combine(Path.GetDirectoryName(run.LedgerFile.Path)!, "data", "relais.key"));
        second.Set("RELAIS_NODE", "second");
        run.DataFolders.Add(folder);
        first.Set("RELAIS_NODE", "first");
        await first.Terminate();
        await first.Start();
        await second.Start();

        // What a load balancer does: it asks the nodes in turn, and leaves out one that has not answered for two seconds.
        var nodes = new List<Uri> { first.Url, second.Url };
        var turn = 0;
        Uri Next() => nodes is var now ? now[(int)((uint)Interlocked.Increment(ref turn) % now.Count)] : throw new UnreachableException();
        run.Wire.Node = Next;

        // Sends that take a while, so that some are on the wire whenever a node is stopped.
        run.Provider.Simulator.Faults.Add(new Fault(FaultKind.Slow, Delay: TimeSpan.FromMilliseconds(150)));
        await run.BeginLoad(Next);
        await Task.Delay(TimeSpan.FromSeconds(8));

        await StopWhileItHolds(first, run.Facts);
        run.LedgerFile.Note("first node stopped");
        var watch = Stopwatch.StartNew();
        run.AllowedUncertain += await run.Facts.Count(OnTheWireOfFirst);
        await Task.Delay(TimeSpan.FromSeconds(2));
        nodes = [second.Url];
        var (held, takenOver) = await Released(run.Facts, "first", watch, pause);
        say($"{held} lanes were held by the stopped node; the last one was taken over after {takenOver.TotalSeconds:F1} s");
        await Task.Delay(pause > watch.Elapsed ? pause - watch.Elapsed : TimeSpan.Zero);
        await first.Signal("CONT");
        await first.Ready();
        nodes = [first.Url, second.Url];
        await Task.Delay(TimeSpan.FromSeconds(8));

        await run.Kill(second);
        run.LedgerFile.Note("second node killed");
        watch.Restart();
        await Task.Delay(TimeSpan.FromSeconds(2));
        nodes = [first.Url];
        var (heldByKilled, afterKill) = await Released(run.Facts, "second", watch, TimeSpan.FromSeconds(60));
        say($"{heldByKilled} lanes were held by the killed node; the last one was taken over after {afterKill.TotalSeconds:F1} s");
        await second.Start();
        nodes = [first.Url, second.Url];
        await Task.Delay(TimeSpan.FromSeconds(5));

        var verdict = await run.Finish($"one node stopped for {pause.TotalSeconds:F0} s ({held} lanes taken over within {takenOver.TotalSeconds:F1} s), "
            + $"the other killed ({heldByKilled} lanes within {afterKill.TotalSeconds:F1} s)");
        return takenOver > Takeover || afterKill > Takeover ? verdict with { Failure = "a lane waited longer than lease and poll" } : verdict;
    }

    /// <summary>In the middle of its work: while it holds lanes.</summary>
    private static async Task StopWhileItHolds(RelaisProcess node, Facts facts)
    {
        await node.Signal("STOP");
        for (var attempt = 0; attempt < 100 && (await facts.Query<string>(Held, new { node = "first" })).Count == 0; attempt++)
        {
            await node.Signal("CONT");
            await Task.Delay(50);
            await node.Signal("STOP");
        }
    }

    /// <summary>How many lanes a node held first, and when it held none of those any more.</summary>
    private static async Task<(int Held, TimeSpan After)> Released(Facts facts, string node, Stopwatch watch, TimeSpan within)
    {
        // Of the node that lives and claims again under its own name only the old claims count.
        var held = await facts.Query<string>(Held, new { node });
        while (watch.Elapsed < within && (await facts.Query<string>(Held, new { node })).Intersect(held).Any())
        {
            await Task.Delay(100);
        }

        return (held.Count, watch.Elapsed);
    }

    private const string OnTheWireOfFirst = """
        SELECT count(*) FROM outbox o JOIN lane l ON l.kind = 3 AND l.lane_key = o.conversation_id AND l.node = 'first' WHERE o.state = 1
        """;

    private const string Held = "SELECT kind || '/' || lane_key || '/' || lease_token FROM lane WHERE leased = 1 AND node = @node";
}
