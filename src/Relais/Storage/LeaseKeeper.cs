using System.Collections.Concurrent;
using Relais.Foundation;

namespace Relais.Storage;

/// <summary>The leases this process works on outside a transaction (sends, model calls).</summary>
internal sealed class HeldLeases
{
    private readonly ConcurrentDictionary<(LaneKind, long), Lease> held = new();

    public IReadOnlyList<Lease> All => [.. held.Values];

    public void Add(Lease lease) => held[(lease.Kind, lease.Key)] = lease;

    public void Remove(Lease lease) => held.TryRemove(KeyValuePair.Create((lease.Kind, lease.Key), lease));
}

/// <summary>
/// One heartbeat statement a node, every third of a lease: what takes longer than a lease keeps it, and what this process
/// no longer holds runs out.
/// </summary>
internal sealed class LeaseKeeper(Database database, WorkQueue queue, HeldLeases held, ILogger<LeaseKeeper> log) : Worker(log)
{
    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var leases = held.All;
        if (leases.Count > 0)
        {
            await database.Write(Scope.Directory, tx => queue.Extend(tx, leases), stopping);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(WorkQueue.LeaseTime / 3, stopping);
}
