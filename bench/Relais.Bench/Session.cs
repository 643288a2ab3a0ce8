using Relais.Bench.Systems;

namespace Relais.Bench;

/// <summary>
/// One session: each run starts every system once with fresh data, warms it, and puts the scenarios on it one after the other. Systems take
/// turns within a run, so that what else the machine does meets all of them.
/// </summary>
internal static class Session
{
    public static async Task<int> Run(BenchOptions options, CancellationToken cancel)
    {
        using var scratch = new Scratch();
        await using var postgres = await Postgres.Start(options, scratch, cancel);
        var systems = Systems(options, scratch, postgres);
        var scenarios = Scenario.All(options.Quick);
        scenarios = [.. scenarios.Where(s => options.Wants(s.Name, scenarios.Select(x => x.Name)))];
        foreach (var system in systems)
        {
            Say($"preparing {system.Name}");
            await system.Prepare(cancel);
        }

        var measured = new List<Measured>();
        var results = new Results(
            await Machine.Describe(postgres), Cores.Sentence, Machine.Now(), await Machine.Commit(options.Checkout, cancel), options.Quick, options.Runs, measured);
        for (var run = 1; run <= options.Runs; run++)
        {
            foreach (var system in systems)
            {
                await One(options, scratch, system, scenarios, run, measured, cancel);

                // What was measured survives a session that is broken off: --draw shows it.
                await Outcome.Save(options, results, cancel);
            }
        }

        return await Outcome.Show(options, results, cancel);
    }

    private static async Task One(
        BenchOptions options, Scratch scratch, IBenchSystem system, IReadOnlyList<Scenario> scenarios, int run, List<Measured> measured, CancellationToken cancel)
    {
        var provider = new Uri($"http://127.0.0.1:{Scratch.FreePort()}");
        try
        {
            await using var running = await system.Start(provider, cancel);
            await LoadCall.Run(options, scratch, system, running, provider, ["--connections", "16", "--messages", options.Quick ? "1500" : "3000"], cancel);
            foreach (var scenario in scenarios.Where(s => s.For.Contains(system.Kind)))
            {
                Say($"run {run} · {system.Name} · {scenario.What}");
                measured.Add(await Measure(options, scratch, system, running, provider, scenario, run, cancel));
            }
        }
        catch (InvalidOperationException e)
        {
            Say($"{system.Name}: {e.Message}");
            measured.Add(new Measured(run, system.Name, system.Kind, system.Database, "start", null, e.Message));
        }
    }

    private static async Task<Measured> Measure(
        BenchOptions options, Scratch scratch, IBenchSystem system, Running running, Uri provider, Scenario scenario, int run, CancellationToken cancel)
    {
        try
        {
            var figures = await LoadCall.Run(options, scratch, system, running, provider, [.. scenario.Arguments, "--warm", "50"], cancel);
            Say($"    {figures.AcknowledgedPerSecond:0}/s acknowledged, {figures.RepliesPerSecond:0}/s answered, p99 {figures.ToReply.P99:0.0} ms, lost {figures.Lost}, doubled {figures.Doubled}");
            return new Measured(run, system.Name, system.Kind, system.Database, scenario.Name, figures, null, Machine.LoadAverage());
        }
        catch (InvalidOperationException e)
        {
            Say($"    {e.Message}");
            return new Measured(run, system.Name, system.Kind, system.Database, scenario.Name, null, e.Message);
        }
    }

    private static List<IBenchSystem> Systems(BenchOptions options, Scratch scratch, Postgres postgres)
    {
        List<IBenchSystem> all = [new RelaisSystem(options, scratch, null), new RelaisSystem(options, scratch, postgres)];
        if (options.Ceiling)
        {
            all.AddRange(
            [
                new EndpointSystem(scratch, SystemKind.Ceiling, null), new EndpointSystem(scratch, SystemKind.Ceiling, postgres),
                new EndpointSystem(scratch, SystemKind.Light, postgres),
            ]);
        }

        all.AddRange(options.Peers.SelectMany(PeerSystem.Find).Select(folder => new PeerSystem(folder, scratch, postgres)));
        return [.. all.Where(s => options.Wants(s.Name, all.Select(x => x.Name)))];
    }

    private static void Say(string line) => Console.Error.WriteLine(line);
}
