using Relais.Foundation;
using Relais.Storage;

namespace Relais.Knowledge.Documents;

/// <summary>
/// In: documents that wait to be read, a lane each. Out: their passages, or why there are none. One at a time, outside any
/// transaction; a process that dies leaves its lane, and the document is read by the next.
/// </summary>
internal sealed class DocumentWorker(
    Database database, WorkQueue queue, HeldLeases held, DocumentReading reading, Ids ids, Signals signals, Clock clock, ILogger<DocumentWorker> log) : Worker(log)
{
    /// <summary>A document that ends this process's work so often, without a word, is left alone.</summary>
    private const int MostFailures = 3;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var leases = await database.Write(Scope.Pipeline, tx => queue.Claim(tx, LaneKind.Knowledge, 1), stopping);
        if (leases.Count == 0)
        {
            return false;
        }

        var lease = leases[0];
        held.Add(lease);
        try
        {
            await Carry(lease, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease, TimeSpan.Zero, LaneEnd.Untouched)]), CancellationToken.None);
        }
        finally
        {
            held.Remove(lease);
        }

        return true;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Knowledge).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Carry(Lease lease, CancellationToken stopping)
    {
        var (document, source, beside) = await database.Read(Scope.Pipeline, async tx => (
            await DocumentStore.Find(tx, lease.TenantId, lease.Key), await DocumentStore.Source(tx, lease.TenantId, lease.Key),
            await DocumentStore.PassagesBeside(tx, lease.TenantId, lease.Key)), stopping);
        var end = document is not { State: DocumentState.Waiting } ? null
            : lease.Failures >= MostFailures ? new ReadEnd.Never("Relais failed several times while reading this document. The log has the details.")
            : await Task.Run(() => reading.Read(document, source, stopping), stopping);
        if (end is ReadEnd.Done { Passages.Count: var count } && beside + count > DocumentLimits.MostPassages)
        {
            end = new ReadEnd.Never($"Its {count} passages and the {beside} of your other documents are more than the {DocumentLimits.MostPassages} that are searched. Delete one, or shorten it.");
        }

        var range = await ids.Take(Math.Max(1, (end as ReadEnd.Done)?.Passages.Count ?? 0), CancellationToken.None);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            if ((await queue.Complete(tx, [new LaneResult(lease)])).Count == 0 || document is null)
            {
                return;
            }

            switch (end)
            {
                case ReadEnd.Done done:
                    await DocumentStore.Read(tx, document, done.Language, done.Size, done.Passages, range, clock.Micros);
                    break;
                case ReadEnd.Never never:
                    await DocumentStore.Failed(tx, document, never.Problem);
                    break;
            }
        }, CancellationToken.None);
    }
}
