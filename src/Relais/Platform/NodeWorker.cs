using Relais.Foundation;
using Relais.Storage;

namespace Relais.Platform;

/// <summary>Says every half minute that this process lives and how many webhooks it stored; what is older than a week is forgotten.</summary>
internal sealed class NodeWorker(
    Database database, NodeName name, Settings settings, Clock clock, WebhookTally tally, ILogger<NodeWorker> log) : Worker(log)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly long startedAt = clock.Micros;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        await Say(stopping);
        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);

    /// <summary>What was counted since the last round would be lost with the process.</summary>
    protected override Task Stopped() => Say(CancellationToken.None);

    private async Task Say(CancellationToken stopping)
    {
        var now = clock.Micros;
        var node = new PlatformNode
        {
            Name = name.Value, Version = ProgramVersion.Text, StartedAt = startedAt, SeenAt = now,
            Roles = settings is { RunsWeb: true, RunsWorkers: true } ? "web,workers" : settings.RunsWeb ? "web" : "workers",
        };
        var webhooks = tally.Take();
        try
        {
            await database.Write(Scope.Pipeline, async tx =>
            {
                await PlatformFigureStore.Seen(tx, node, now - (7 * Instants.Day));
                await PlatformFigureStore.Stored(tx, node.Name, now - (now % Instants.Hour), webhooks);
            }, stopping);
        }
        catch
        {
            tally.GiveBack(webhooks);
            throw;
        }
    }
}
