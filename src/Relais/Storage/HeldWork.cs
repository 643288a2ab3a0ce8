using Relais.Foundation;

namespace Relais.Storage;

/// <summary>
/// One piece of work that takes long and is done outside a transaction: its lane is claimed, its lease kept until it is done, and given back
/// when it ended, failed, or the node stops.
/// </summary>
internal sealed class HeldWork(Database database, WorkQueue queue, HeldLeases held)
{
    /// <summary>Times one piece may fail, or take its node with it, before its worker says that it cannot be done.</summary>
    public const int MostFailures = 3;

    private static readonly TimeSpan BeforeAgain = TimeSpan.FromSeconds(2);

    /// <summary>Carries out the first that waits; false when none does. What it throws counts as a failure, unless the node stops or the database is away.</summary>
    public async Task<bool> Next(LaneKind kind, Func<Lease, CancellationToken, Task> carryOut, CancellationToken stopping)
    {
        var leases = await database.Write(Scope.Pipeline, tx => queue.Claim(tx, kind, 1), stopping);
        if (leases.Count == 0)
        {
            return false;
        }

        var lease = leases[0];
        held.Add(lease);
        var result = new LaneResult(lease, TimeSpan.Zero, LaneEnd.Untouched);
        try
        {
            await carryOut(lease, stopping);
            result = new LaneResult(lease);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested && e is not StorageUnavailableException)
        {
            result = new LaneResult(lease, BeforeAgain, LaneEnd.Failed);
            throw;
        }
        finally
        {
            held.Remove(lease);
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [result]), CancellationToken.None);
        }

        return true;
    }
}
