namespace Relais.Bench.Systems;

/// <summary>Something that takes webhooks.</summary>
internal interface IBenchSystem
{
    string Name { get; }

    SystemKind Kind { get; }

    /// <summary>sqlite, postgres or none.</summary>
    string Database { get; }

    /// <summary>What can be done before the clock runs: building, installing.</summary>
    Task Prepare(CancellationToken cancel);

    /// <summary>Starts it with fresh data.</summary>
    /// <param name="provider">Where its sends go.</param>
    /// <param name="cancel">Gives up.</param>
    Task<Running> Start(Uri provider, CancellationToken cancel);
}

/// <summary>A started system.</summary>
/// <param name="Webhook">Where webhooks go.</param>
/// <param name="Processes">Whose processor time and memory count, by name: server, database.</param>
/// <param name="Owned">What ends with it, the last one first.</param>
internal sealed record Running(Uri Webhook, IReadOnlyDictionary<string, int> Processes, IReadOnlyList<IAsyncDisposable> Owned) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var owned in Owned.Reverse())
        {
            await owned.DisposeAsync();
        }
    }
}
