using System.Collections.Concurrent;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Changes;

/// <summary>A change with its place in the installation's one order.</summary>
internal sealed class NumberedChange
{
    public long Seq { get; init; }

    public long TenantId { get; init; }

    public string Type { get; init; } = "";

    public long? ConversationId { get; init; }

    public long? MessageId { get; init; }

    public long? InboxId { get; init; }

    public long At { get; init; }
}

/// <summary>
/// The one reader of the change log on this node: it follows the numbers and fans out in memory. In: numbered rows. Out: each
/// watcher of the tenant gets each change once, in order, in batches that all of them share. It reads storage and never touches a worker.
/// </summary>
internal sealed class ChangeReader(Database database, Signals signals, ILogger<ChangeReader> log) : Worker(log)
{
    private const int Batch = 500;

    private const string Columns = """
        seq AS "Seq", tenant_id AS "TenantId", type AS "Type", conversation_id AS "ConversationId", message_id AS "MessageId",
        inbox_id AS "InboxId", at AS "At"
        """;

    /// <summary>
    /// Changes that come within this time of the last ones are told together: telling costs each desk a write, and nobody sees the
    /// difference. The first change after a pause is told at once.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Watcher, bool> watchers = new();
    private long last = -1;
    private long handedAt;

    /// <summary>The newest change handed out.</summary>
    public long Last => Interlocked.Read(ref last);

    /// <summary>Live feeds that are open on this node.</summary>
    public int WatcherCount => watchers.Count;

    public Watcher Watch(long tenantId)
    {
        var watcher = new Watcher(tenantId);
        watchers[watcher] = true;
        return watcher;
    }

    public void Leave(Watcher watcher) => watchers.TryRemove(watcher, out _);

    /// <summary>True for a number that was never given here: its client saw it before the database was restored from a backup.</summary>
    public async Task<bool> NeverGave(long seq, CancellationToken cancel) =>
        seq > Last && await database.Read(Scope.Pipeline, tx => tx.QueryFirst<long>("SELECT last_seq FROM change_numbering"), cancel) < seq;

    /// <summary>A tenant's changes after a number, for a watcher that comes back; null when some of them are no longer kept.</summary>
    public Task<List<NumberedChange>?> Since(long tenantId, long seq, int most, CancellationToken cancel) =>
        database.Read(Scope.Tenant(tenantId), async tx =>
            await tx.QueryFirst<long>("SELECT pruned_seq FROM change_pruning WHERE tenant_id = @tenantId", new { tenantId }) > seq
                ? null
                : await tx.Query<NumberedChange>(
                    $"SELECT {Columns} FROM change WHERE tenant_id = @tenantId AND seq > @seq ORDER BY seq LIMIT @most",
                    new { tenantId, seq, most }), cancel);

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (last < 0)
        {
            last = await database.Read(Scope.Pipeline, tx => tx.QueryFirst<long>("SELECT last_seq FROM change_numbering"), stopping);
            return true;
        }

        var rows = await database.Read(Scope.Pipeline, tx => tx.Query<NumberedChange>(
            $"SELECT {Columns} FROM change WHERE seq > @last ORDER BY seq LIMIT @most", new { last, most = Batch }), stopping);
        if (rows.Count == 0)
        {
            return false;
        }

        // First, so that a watcher that comes now and is not given these is not told to go on before them.
        Interlocked.Exchange(ref last, rows[^1].Seq);
        Hand(rows);
        return rows.Count == Batch;
    }

    protected override async Task Idle(CancellationToken stopping)
    {
        var rest = Gather - TimeSpan.FromMilliseconds(Environment.TickCount64 - handedAt);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, stopping);
        }

        await signals.Feed.Wait(TimeSpan.FromSeconds(1), stopping);
    }

    private void Hand(List<NumberedChange> rows)
    {
        if (watchers.IsEmpty)
        {
            return;
        }

        handedAt = Environment.TickCount64;
        var batches = rows.GroupBy(row => row.TenantId).ToDictionary(tenant => tenant.Key, tenant => new ChangeBatch([.. tenant]));
        foreach (var watcher in watchers.Keys)
        {
            if (batches.TryGetValue(watcher.TenantId, out var batch) && !watcher.Give(batch))
            {
                Leave(watcher);
            }
        }
    }
}
