using Relais.Foundation;
using Relais.Storage;

namespace Relais.Imports;

/// <summary>
/// In: files that are checked, run or undone, a lane each. Out: their rows taken, 500 in one transaction with the mark of how far it went.
/// A worker that dies leaves whole batches behind it, and the next one goes on after the last of them. Rows are looked for once a second,
/// so neither a restart nor a lost wake forgets a file.
/// </summary>
internal sealed class ImportWorker(
    Database database, WorkQueue queue, HeldLeases held, ImportKinds kinds, Ids ids, Signals signals, Clock clock, ILogger<ImportWorker> log) : Worker(log)
{
    /// <summary>Rows in one transaction.</summary>
    public const int Batch = 500;

    /// <summary>Files at a time: an import waits for customers, not they for it.</summary>
    private const int Most = 2;

    /// <summary>A file that ends this process's work so often is given up.</summary>
    private const int MostFailures = 5;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var working = await database.Read(Scope.Pipeline, tx => ImportStore.Working(tx, Most), stopping);
        if (working.Count == 0)
        {
            return false;
        }

        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, working.ConvertAll(w => new LaneWake(LaneKind.Import, w.Id, w.TenantId)));
            return await queue.Claim(tx, LaneKind.Import, Most);
        }, CancellationToken.None);
        foreach (var lease in leases)
        {
            await Carry(lease, stopping);
        }

        return leases.Count > 0;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Import).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Carry(Lease lease, CancellationToken stopping)
    {
        held.Add(lease);
        var end = LaneEnd.Untouched;
        try
        {
            if (lease.Failures >= MostFailures)
            {
                await database.Write(Scope.Pipeline, tx => ImportStore.Fail(tx, lease.TenantId, lease.Key, clock.Micros), CancellationToken.None);
            }

            while (!stopping.IsCancellationRequested && await Step(lease))
            {
                // Until it is done, or the host stops: then the next one goes on.
            }

            end = stopping.IsCancellationRequested ? LaneEnd.Untouched : LaneEnd.Done;
        }
        catch (Exception e) when (e is not StorageUnavailableException)
        {
            end = LaneEnd.Failed;
            throw;
        }
        finally
        {
            held.Remove(lease);
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease, null, end)]), CancellationToken.None);
        }
    }

    /// <summary>One batch; false when there is nothing left to do.</summary>
    private async Task<bool> Step(Lease lease)
    {
        var import = await database.Read(Scope.Pipeline, tx => ImportStore.Find(tx, lease.TenantId, lease.Key), CancellationToken.None);
        if (import is null || !ImportState.IsWorking(import.State))
        {
            return false;
        }

        var kind = kinds.Find(import.Kind)!;
        var range = await ids.Take(kind.IdsNeeded(Batch), CancellationToken.None);
        var goesOn = await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();

            // Not ours any more when somebody mapped it anew, or another node went on with it while this one stood still.
            if (!await ImportStore.Hold(tx, import, clock.Micros))
            {
                return true;
            }

            if (import.State == ImportState.Undoing)
            {
                await TakeBack(tx, import, kind, range);
            }
            else
            {
                var rows = await ImportStore.Chunk(tx, import.TenantId, import.Id, import.NextChunk);
                var outcome = await kind.Carry(tx, new ImportBatch(import, rows, import.State == ImportState.Checking, clock.Micros), range);
                await ImportStore.Took(tx, import, rows.Count, outcome, clock.Micros);
                if (import.State == ImportState.Running)
                {
                    tx.AfterCommit(() => Count(import.Kind, outcome));
                }
            }

            CrashPoint.Pass(CrashPoint.ImportApplying);
            return true;
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.ImportApplied);
        return goesOn;
    }

    private static void Count(string kind, BatchOutcome outcome)
    {
        Telemetry.Imported(kind, "created", outcome.Created);
        Telemetry.Imported(kind, "changed", outcome.Changed);
        Telemetry.Imported(kind, "unchanged", outcome.Unchanged);
        Telemetry.Imported(kind, "failed", outcome.Failed);
    }

    private async Task TakeBack(Tx tx, Import import, IImportKind kind, IdRange range)
    {
        var effects = await ImportStore.Effects(tx, import.TenantId, import.Id, Batch);
        var kept = await kind.Undo(tx, import, effects, clock.Micros, range);
        await ImportStore.TookBack(tx, import, effects, kept, effects.Count < Batch, clock.Micros);
    }
}

/// <summary>The kinds there are.</summary>
internal sealed class ImportKinds(IEnumerable<IImportKind> kinds)
{
    private readonly List<IImportKind> all = [.. kinds];

    public IEnumerable<string> Names => all.Select(k => k.Name);

    public IImportKind? Find(string name) => all.Find(k => k.Name == name);
}
