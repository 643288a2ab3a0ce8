using Npgsql;
using Relais.Foundation;

namespace Relais.Storage;

/// <summary>
/// Tells the other nodes of a PostgreSQL that lanes have work: one NOTIFY for everything committed since the last one, outside
/// the transactions, because a NOTIFY inside them would make their commits wait for each other. A lost one costs the second
/// that the safety poll takes.
/// </summary>
internal sealed class NodeWaker(Database database, Signals signals, NodeName node, ILogger<NodeWaker> log) : Worker(log)
{
    public const string Channel = "relais_work";

    /// <summary>Wake-ups within this time become one: far below what a customer notices, far above what a NOTIFY costs.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        await Task.Delay(Gather, stopping);
        var kinds = signals.TakeOutward();
        if (kinds.Count > 0 && database is PostgresDatabase postgres)
        {
            await using var line = await postgres.OpenLine(stopping);
            await using var notify = new NpgsqlCommand("SELECT pg_notify($1, $2)", line);
            notify.Parameters.AddWithValue(Channel);
            notify.Parameters.AddWithValue(node.Value + " " + string.Join(',', kinds.Select(kind => (int)kind)));
            await notify.ExecuteNonQueryAsync(stopping);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Outward.Wait(TimeSpan.FromMinutes(1), stopping);
}

/// <summary>Hears of other nodes' work and wakes this one's workers. On SQLite there is nobody to hear.</summary>
internal sealed class NodeListener(Database database, Signals signals, NodeName node, ILogger<NodeListener> log) : Worker(log)
{
    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (database is not PostgresDatabase postgres)
        {
            return false;
        }

        await using var line = await postgres.OpenLine(stopping);
        line.Notification += (_, heard) => Hear(heard.Payload);
        await using var listen = new NpgsqlCommand($"LISTEN {NodeWaker.Channel}", line);
        await listen.ExecuteNonQueryAsync(stopping);
        while (true)
        {
            await line.WaitAsync(stopping);
        }
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromMinutes(10), stopping);

    private void Hear(string payload)
    {
        var parts = payload.Split(' ');
        if (parts.Length != 2 || parts[0] == node.Value)
        {
            return;
        }

        foreach (var word in parts[1].Split(','))
        {
            if (Enum.TryParse<LaneKind>(word, out var kind) && Enum.IsDefined(kind))
            {
                signals.Of(kind).Raise();
            }
        }
    }
}
