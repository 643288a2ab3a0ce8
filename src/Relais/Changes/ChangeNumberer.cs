using Relais.Foundation;
using Relais.Storage;

namespace Relais.Changes;

/// <summary>
/// Gives committed changes their place in the one order of the installation. Numbers are given after the commit, by one
/// numberer at a time (the row of change_numbering is its lock), so a reader that asks for "after n" can never skip a row
/// that a slower transaction commits later.
/// </summary>
internal sealed class ChangeNumberer(Database database, Signals signals, RightOfWay way, ILogger<ChangeNumberer> log) : Worker(log, way)
{
    private const int Batch = 2000;

    /// <summary>Changes within this time are numbered together: nobody at a desk sees the difference, and a message makes three.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var numbered = await database.Write(Scope.Pipeline, Number, stopping);
        if (numbered > 0)
        {
            CrashPoint.Pass(CrashPoint.ChangesNumbered);
            signals.Feed.Raise();
            signals.Numbered.Raise();
        }

        return numbered == Batch;
    }

    protected override async Task Idle(CancellationToken stopping)
    {
        await signals.Changes.Wait(TimeSpan.FromSeconds(1), stopping);
        await Task.Delay(Gather, stopping);
    }

    private static async Task<int> Number(Tx tx)
    {
        if (await tx.QueryFirst<long>("SELECT count(*) FROM (SELECT 1 FROM change WHERE seq IS NULL LIMIT 1) AS new") == 0)
        {
            return 0;
        }

        // Takes the lock first: a second numberer waits here and then sees what the first one numbered.
        var last = await tx.QueryFirst<long>("UPDATE change_numbering SET last_seq = last_seq RETURNING last_seq");
        var count = await tx.Execute("""
            UPDATE change SET seq = @last + new.place
            FROM (SELECT tenant_id, id, row_number() OVER (ORDER BY id) AS place
                  FROM (SELECT tenant_id, id FROM change WHERE seq IS NULL ORDER BY id LIMIT @most) AS few) AS new
            WHERE change.tenant_id = new.tenant_id AND change.id = new.id
            """, new { last, most = Batch });
        await tx.Execute("UPDATE change_numbering SET last_seq = last_seq + @count", new { count });
        CrashPoint.Pass(CrashPoint.ChangesNumbering);
        return count;
    }
}
