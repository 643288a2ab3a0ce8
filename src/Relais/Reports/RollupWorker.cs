using System.Diagnostics;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Reports;

/// <summary>
/// Keeps the figures of reports in step with the tables, a second or two behind, from beside the path of a message: it counts in
/// transactions that read, writes a few rows, and rests ten times as long as it worked. One worker in the installation writes;
/// what another node counted meanwhile is dropped (report_progress.round).
/// </summary>
internal sealed class RollupWorker(Database database, RightOfWay way, ILogger<RollupWorker> log) : Worker(log, way, follows: true)
{
    private const int MostBuckets = 50;
    private const int Rests = 10;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private bool isFirst = true;
    private TimeSpan pause = ShortestPause;
    private long addedUpAt;
    private TimeSpan addingUp;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var start = Stopwatch.GetTimestamp();
        var step = await database.Read(Scope.Pipeline, tx => RollupRound.Look(tx, isFirst), stopping);
        var isOurs = await Keep(step, stopping);
        isFirst &= !isOurs;
        var isMore = isOurs && step.IsMore;
        var isDirty = isOurs && (!isMore || Stopwatch.GetElapsedTime(addedUpAt) > Rests * addingUp + ShortestPause) && await AddUp(stopping);
        var took = Stopwatch.GetElapsedTime(start);
        if (isMore || isDirty)
        {
            // Counting everything anew takes half of one core's time at most.
            await Task.Delay(took, stopping);
            return true;
        }

        pause = isOurs ? Rests * took : LongestPause;
        pause = pause < ShortestPause ? ShortestPause : pause > LongestPause ? LongestPause : pause;
        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(pause, stopping);

    /// <summary>False when another node was faster.</summary>
    private async Task<bool> Keep(RollupStep step, CancellationToken stopping)
    {
        if (step is { Difference.IsEmpty: true, Places.Count: 0, IsFurther: false })
        {
            return true;
        }

        return await database.Write(Scope.Pipeline, async tx =>
        {
            if (!await RollupStore.Fence(tx, step.Round, step.Seq))
            {
                return false;
            }

            await RollupStore.Write(tx, step.Difference);
            foreach (var tenant in step.Places)
            {
                await RollupStore.Place(tx, tenant.TenantId, tenant.Width!.Value, tenant.CountBefore);
            }

            return true;
        }, stopping);
    }

    /// <summary>Adds up the parts of buckets that changed; true when there are more of them.</summary>
    private async Task<bool> AddUp(CancellationToken stopping)
    {
        var start = Stopwatch.GetTimestamp();
        var (progress, buckets, totals) = await database.Read(Scope.Pipeline, async tx =>
        {
            var at = await RollupStore.Progress(tx);
            var dirty = await RollupStore.Dirty(tx, MostBuckets);
            return (at, dirty, await RollupStore.Sum(tx, dirty));
        }, stopping);
        if (buckets.Count == 0)
        {
            return false;
        }

        var isKept = await database.Write(Scope.Pipeline, async tx =>
        {
            if (!await RollupStore.Fence(tx, progress.Round, progress.Seq))
            {
                return false;
            }

            await RollupStore.Replace(tx, buckets, totals);
            return true;
        }, stopping);
        (addedUpAt, addingUp) = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(start));
        return isKept && buckets.Count == MostBuckets;
    }
}
