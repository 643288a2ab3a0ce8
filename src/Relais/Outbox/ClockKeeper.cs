using System.Diagnostics;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// The queue waits by the database's clock. When that is set back by an hour, whatever waits or was due at that moment would leave an hour late.
/// In: the database's clock beside this machine's monotonic one, and the latest time that anybody saw. Out: what waits in the queue, brought
/// forward by as much, by one node of the installation; and this process's <see cref="Clock"/> in step with the database's.
/// </summary>
internal sealed class ClockKeeper(Database database, Clock clock, ILogger<ClockKeeper> log) : Worker(log)
{
    /// <summary>Microseconds. A clock that is kept in step moves by less at a time.</summary>
    private const long Unnoticed = Instants.Second;

    /// <summary>A reading that took longer, on a machine that stands still for a moment, says too little of the time it is now.</summary>
    private static readonly TimeSpan SlowestReading = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>What this node saw last, and when by the monotonic clock.</summary>
    private (QueueClock Seen, long At)? last;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var before = Stopwatch.GetTimestamp();
        var seen = await database.Read(Scope.Pipeline, async tx => await tx.QueryFirst<QueueClock>(
            """SELECT {now} AS "Now", latest AS "Latest", moves AS "Moves" FROM queue_clock"""), stopping) ?? throw new UnreachableException();
        var reading = Stopwatch.GetElapsedTime(before);

        // Where another node has brought the queue forward meanwhile, what was seen before it says nothing.
        var expected = last is { } known && known.Seen.Moves == seen.Moves
            ? known.Seen.Now + Instants.ToMicros(Stopwatch.GetElapsedTime(known.At, before)) : 0;
        var by = Math.Max(expected, seen.Latest) - seen.Now;
        if (by > Unnoticed)
        {
            last = null;
            await BringForward(seen, by, stopping);
            return true;
        }

        last = (seen, Stopwatch.GetTimestamp());
        if (reading < SlowestReading)
        {
            clock.Follow(Instants.FromMicros(seen.Now), Log);
        }

        if (seen.Now - seen.Latest > Instants.Minute)
        {
            await database.Write(Scope.Pipeline, tx => tx.Execute("UPDATE queue_clock SET latest = @Now WHERE latest < @Now AND moves = @Moves", seen), stopping);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);

    private async Task BringForward(QueueClock seen, long by, CancellationToken stopping)
    {
        var isOurs = await database.Write(Scope.Pipeline, async tx =>
        {
            if (await tx.Execute("UPDATE queue_clock SET latest = @Now, moves = moves + 1 WHERE moves = @Moves", seen) == 0)
            {
                return false;
            }

            await WorkQueue.MoveBack(tx, by);
            await OutboxStore.MoveBack(tx, by);
            return true;
        }, stopping);
        if (isOurs)
        {
            Log.LogWarning("The database's clock was set back by {Seconds:F0} s; what waits in the queue was brought forward by as much", by / (double)Instants.Second);
        }
    }

    private sealed class QueueClock
    {
        public long Now { get; init; }

        public long Latest { get; init; }

        public long Moves { get; init; }
    }
}
