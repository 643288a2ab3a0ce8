using Relais.Errors;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Standing;

namespace Relais.Outbox;

/// <summary>
/// In: what this node has counted. Out: the month's rows, what all nodes have sent in memory here, and a line in a tenant's error log at 80 % of
/// its limit and at its end. Runs on every node that sends or lets people send; a process that dies forgets what it counted in five seconds.
/// </summary>
internal sealed class MonthlyMessageWorker(
    MonthlyMessages months, Database database, ErrorLog errors, Ids ids, Clock clock, ILogger<MonthlyMessageWorker> log) : Worker(log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var month = Months.Of(clock.Micros);
        var counts = months.Unwritten();
        if (counts.Count > 0)
        {
            await database.Write(Scope.Pipeline, tx => MonthlyMessageStore.Add(tx, counts), stopping);
        }

        var (all, near) = await database.Read(Scope.Pipeline, async tx => (
            await MonthlyMessageStore.Of(tx, month), await MonthlyMessageStore.Near(tx, month)), stopping);
        months.Kept(counts, all);
        var untold = near.FindAll(n => n.LimitTold < Told(month, n));
        if (untold.Count > 0)
        {
            await Tell(untold, month, stopping);
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);

    protected override async Task Stopped()
    {
        var counts = months.Unwritten();
        if (counts.Count > 0)
        {
            await database.Write(Scope.Pipeline, tx => MonthlyMessageStore.Add(tx, counts));
        }
    }

    private static long Told(long month, NearLimit near) => (month * 10) + Months.Stage(near.Messages, near.MessageLimit);

    private async Task Tell(List<NearLimit> untold, long month, CancellationToken stopping)
    {
        var range = await ids.Take(untold.Count * ErrorLog.IdsEach, stopping);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var entries = new List<ErrorEntry>();
            foreach (var near in untold)
            {
                if (await MonthlyMessageStore.Tell(tx, near.TenantId, Told(month, near)))
                {
                    entries.Add(Entry(near));
                }
            }

            await errors.Append(tx, entries, range);
        }, stopping);
    }

    private ErrorEntry Entry(NearLimit near)
    {
        var isReached = near.Messages >= near.MessageLimit;
        return new ErrorEntry(near.TenantId, null, "limits", isReached ? "message_limit_reached" : "message_limit_near", null, isReached
            ? $"The {near.MessageLimit} messages of this month are sent: nothing more leaves until the first (UTC). Ask the platform administrator for a higher limit."
            : $"{near.Messages} of the {near.MessageLimit} messages of this month are sent. Ask the platform administrator for a higher limit before they are used up.")
        {
            IsCritical = isReached,
            At = clock.Micros,
        };
    }
}
