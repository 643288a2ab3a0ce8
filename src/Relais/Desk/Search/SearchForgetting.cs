using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Search;

/// <summary>
/// SQLite's full-text index marks deleted words and keeps them until its parts are merged. In: erasures of the last day, once the search has
/// looked at what they left. Out: the index merged, some pages a transaction, so that no word of who was erased is left in it. A restart does it
/// once more, which costs little.
/// </summary>
internal sealed class SearchForgetting(Database database, Clock clock, RightOfWay way, ILogger<SearchForgetting> log) : Worker(log, way)
{
    /// <summary>Pages of one write: messages wait behind it, some milliseconds.</summary>
    private const int Pages = 200;

    private long merging;
    private long merged;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (database.Dialect.IsPostgres)
        {
            return false;
        }

        var newest = await database.Read(
            Scope.Pipeline, tx => tx.QueryFirst<long?>("SELECT max(id) FROM erasure WHERE created_at > @since", new { since = clock.Micros - Instants.Day }), stopping) ?? 0;
        if (newest <= merged || await IsLookedAtAgain(stopping))
        {
            return false;
        }

        // The first step of each merge names all parts (a negative number), the others go on with them; below two changes nothing is left to do.
        var isDone = await database.Write(Scope.Pipeline, async tx =>
        {
            var before = await tx.QueryFirst<long>("SELECT total_changes()");
            await tx.Execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', @pages)", new { pages = merging == newest ? Pages : -Pages });
            return await tx.QueryFirst<long>("SELECT total_changes()") - before < 2;
        }, stopping);
        isDone &= merging == newest;
        merging = newest;
        merged = isDone ? newest : merged;
        return !isDone;
    }

    /// <summary>
    /// Whether what was erased is still noted for the search (Erasing/ErasureStore.LookAgain): words that it had read before the erasure may come
    /// into the index until then, and go as deleted ones that only a later merge removes.
    /// </summary>
    private Task<bool> IsLookedAtAgain(CancellationToken stopping) => database.Read(Scope.Pipeline, async tx => await tx.QueryFirst<long>("""
        SELECT count(*) FROM search_due d LEFT JOIN contact k ON k.tenant_id = d.tenant_id AND k.id = d.id
        WHERE d.tenant_id > 0 AND (d.kind = 3 OR k.erased_at IS NOT NULL)
        """) > 0, stopping);

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromSeconds(2), stopping);
}
