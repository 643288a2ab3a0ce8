using Relais.Foundation;
using Relais.Storage;

namespace Relais.Platform;

/// <summary>Says every half minute that this process lives; what was not heard of for a week is forgotten.</summary>
internal sealed class NodeWorker(Database database, NodeName name, Settings settings, Clock clock, ILogger<NodeWorker> log) : Worker(log)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly long startedAt = clock.Micros;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var now = clock.Micros;
        var node = new PlatformNode
        {
            Name = name.Value, Version = ProgramVersion.Text, StartedAt = startedAt, SeenAt = now,
            Roles = settings is { RunsWeb: true, RunsWorkers: true } ? "web,workers" : settings.RunsWeb ? "web" : "workers",
        };
        await database.Write(Scope.Pipeline, tx => PlatformFigureStore.Seen(tx, node, now - (7 * Instants.Day)), stopping);
        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);
}
