using Relais.Changes;
using Relais.Errors;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Media;

/// <summary>
/// In: customers' files that wait at their provider, a lane each. Out: stored or failed rows and a change of their message.
/// A few are fetched at a time, outside any transaction; a file is in its place before its row says so.
/// </summary>
internal sealed class MediaWorker(
    Database database, WorkQueue queue, HeldLeases held, MediaFetcher fetcher, ChangeLog changes, ErrorLog errors, Ids ids, Signals signals, Clock clock, RightOfWay way,
    ILogger<MediaWorker> log) : Worker(log, way)
{
    /// <summary>Enough to keep a line busy; more would only take turns from messages.</summary>
    private const int Slots = 8;

    /// <summary>A file that ends this process's work so often, without a word, is left alone.</summary>
    private const int MostFailures = 5;

    private static readonly TimeSpan AwayPause = TimeSpan.FromSeconds(1);

    private readonly List<Task> running = [];

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var done = running.FindAll(task => task.IsCompleted);
        running.RemoveAll(done.Contains);

        // What one did not expect is thrown here and logged by the loop; its lane comes back when the lease runs out. All at once:
        // when the database goes they all fail, and a pause for each would hold up every other file.
        await Task.WhenAll(done);

        var free = Slots - running.Count;
        if (free == 0)
        {
            return false;
        }

        var leases = await database.Write(Scope.Pipeline, tx => queue.Claim(tx, LaneKind.Media, free), CancellationToken.None);
        running.AddRange(leases.Select(lease => Carry(lease, stopping)));
        return leases.Count == free;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Media).Wait(TimeSpan.FromSeconds(1), stopping);

    protected override Task Stopped() => Task.WhenAll(running);

    private async Task Carry(Lease lease, CancellationToken stopping)
    {
        await Task.Yield();
        held.Add(lease);
        try
        {
            var media = await database.Read(Scope.Pipeline, tx => MediaStore.Find(tx, lease.TenantId, lease.Key), stopping);
            var end = media is not { State: MediaState.Waiting } ? null
                : lease.Failures >= MostFailures ? new FetchEnd.Never("Relais failed several times while fetching this file. The log has the details.")
                : await fetcher.Fetch(media, stopping);
            var range = await ids.Take(1 + ErrorLog.IdsEach, CancellationToken.None);
            CrashPoint.Pass(CrashPoint.MediaKept);
            await Settle(lease, media, end, range, stopping);
            CrashPoint.Pass(CrashPoint.MediaStored);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease, TimeSpan.Zero, LaneEnd.Untouched)]), CancellationToken.None);
        }
        finally
        {
            held.Remove(lease);
            signals.Of(LaneKind.Media).Raise();
        }
    }

    /// <summary>
    /// A database that is away for a moment must not cost the file that is here: it is written down when the database is back. After
    /// a lease's time the lane is somebody else's, and nothing is gained by waiting.
    /// </summary>
    private async Task Settle(Lease lease, StoredMedia? media, FetchEnd? end, IdRange range, CancellationToken stopping)
    {
        var until = Environment.TickCount64 + (long)WorkQueue.LeaseTime.TotalMilliseconds;
        while (true)
        {
            try
            {
                await database.Write(Scope.Pipeline, tx =>
                {
                    range.Rewind();
                    return Settle(tx, lease, media, end, range);
                }, CancellationToken.None);
                return;
            }
            catch (StorageUnavailableException) when (Environment.TickCount64 < until && !stopping.IsCancellationRequested)
            {
                await Task.Delay(AwayPause, stopping);
            }
        }
    }

    private async Task Settle(Tx tx, Lease lease, StoredMedia? media, FetchEnd? end, IdRange range)
    {
        var next = (end as FetchEnd.Later)?.After;
        if ((await queue.Complete(tx, [new LaneResult(lease, next)])).Count == 0 || media is null)
        {
            return;
        }

        var place = end switch
        {
            FetchEnd.Here here => await MediaStore.Stored(tx, media, here.Sha256, here.MimeType, here.Size, here.Filename, clock.Micros),
            FetchEnd.Later later => await MediaStore.Waits(tx, media, later.Problem),
            FetchEnd.Never never => await MediaStore.Failed(tx, media, never.Problem),
            _ => null,
        };
        if (place is { ConversationId: > 0 })
        {
            await changes.Append(tx, [new Change(
                range.Next(), media.TenantId, "message.updated", place.ConversationId, place.MessageId, place.InboxId, clock.Micros)]);
            var (type, problem) = end switch
            {
                FetchEnd.Later later => ("media_retried", later.Problem),
                FetchEnd.Never never => ("media_failed", never.Problem),
                _ => ("", null),
            };
            if (problem is not null)
            {
                await errors.Append(tx, [new ErrorEntry(media.TenantId, place.InboxId, "media", type, null, problem)
                {
                    ConversationId = place.ConversationId,
                    MessageId = place.MessageId,
                    At = clock.Micros,
                }], range);
            }
        }
    }
}
