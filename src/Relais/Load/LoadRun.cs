using Relais.Simulator;

namespace Relais.Load;

/// <summary>
/// One run: customers write to a server, the provider here takes its replies, and every message is followed from the instant it was due.
/// In: <see cref="LoadOptions"/> that have no problem. Out: <see cref="LoadResult"/>. Memory is bounded by the number of messages.
/// </summary>
internal sealed class LoadRun : IDisposable
{
    /// <summary>A second answer follows the first at once, if it comes at all.</summary>
    private static readonly TimeSpan DoublesAwaited = TimeSpan.FromMilliseconds(300);

    private const int WarmConnections = 8;
    private const int OpenConnections = 512;

    private readonly LoadOptions options;
    private readonly TimeProvider clock;
    private readonly Connections connections;
    private readonly StatusFeed statuses;
    private LoadTraffic? traffic;
    private LoadLedger? ledger;
    private int strays;

    private LoadRun(LoadOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        connections = new Connections(options.Url, options.Rate > 0 ? OpenConnections : options.Connections);
        statuses = new StatusFeed(options, clock);
    }

    /// <param name="options">What to do.</param>
    /// <param name="clock">Times everything.</param>
    /// <param name="cancel">Ends it early, without a result.</param>
    /// <param name="ready">Told where the provider listens, before the first webhook.</param>
    public static async Task<LoadResult> Run(LoadOptions options, TimeProvider clock, CancellationToken cancel, Func<Uri, Task>? ready = null)
    {
        using var run = new LoadRun(options, clock);
        await using var provider = await LoadProvider.Start(options, run.Accepted, cancel);
        if (ready is not null)
        {
            await ready(provider.Url);
        }

        return await run.Go(provider, cancel);
    }

    public void Dispose()
    {
        connections.Dispose();
        statuses.Dispose();
    }

    private async Task<LoadResult> Go(LoadProvider provider, CancellationToken cancel)
    {
        var number = new SimulatedNumber(
            options.Channel, options.Number, options.Channel == SimulatedChannel.Meta ? "+15550783881" : options.Number, options.Account,
            options.Secret, "", options.Url, "Load", options.SignedUrl);
        provider.Hub.Connect(number);
        traffic = new LoadTraffic(options, provider.Hub, number, clock);
        ledger = new LoadLedger(traffic.Count);
        traffic.Prepare();

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var following = Quietly(statuses.Follow(ending.Token));
        await Pace.Closed(0, options.Warm, WarmConnections, Now, cancel);
        await Drain(0, options.Warm, cancel);

        provider.CountAnew();
        var meter = new ProcessMeter(options.Processes, clock);
        var own = Environment.CpuUsage.TotalTime;
        var sampling = meter.Sample(ending.Token);
        var faults = Quietly(LoadFaults.Play(options, traffic.SlowPhone, provider.Hub.Faults, clock, ending.Token));
        var start = clock.GetTimestamp();
        var flood = statuses.Flood(cancel);
        await (options.Rate > 0
            ? Pace.Open(options.Warm, traffic.Count, options.Rate, clock, Post, cancel)
            : Pace.Closed(options.Warm, traffic.Count, options.Connections, Now, cancel));
        await flood;
        await Drain(options.Warm, traffic.Count, cancel);
        var use = meter.Conclude(options.Total);
        var ownUse = Environment.CpuUsage.TotalTime - own;
        await ending.CancelAsync();
        await Task.WhenAll(following, sampling, faults);
        return LoadTally.Draw(options, traffic, ledger, start, clock, statuses, provider, strays, use) with
        {
            GeneratorCpuMsPerMessage = Math.Round(ownUse.TotalMilliseconds / options.Total, 3),
        };

        Task Now(int index) => Post(index, clock.GetTimestamp());

        async Task Post(int index, long due)
        {
            ledger.Due(index, due);
            var code = await connections.Post(traffic.Request(index), cancel);
            ledger.Answered(index, code, clock.GetTimestamp());
        }
    }

    private void Accepted(Receipt receipt)
    {
        var at = clock.GetTimestamp();
        switch (traffic?.IndexOf(receipt.Phone.Number) ?? -2)
        {
            case >= 0 and var index:
                ledger!.Reply(index, at);
                statuses.Accepted(receipt, isMeasured: index >= options.Warm);
                break;
            case -2:
                Interlocked.Increment(ref strays);
                break;
        }
    }

    private async Task Drain(int from, int to, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < options.Drain && (statuses.UnderWay > 0 || (options.AwaitReplies && Waiting() > 0)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancel);
        }

        if (options.AwaitReplies && to > from)
        {
            await Task.Delay(DoublesAwaited, clock, cancel);
        }

        int Waiting() => ledger!.Waiting(from, to, i => !traffic!.IsSlow(i));
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // It ends with the run.
        }
    }
}
