using System.Collections.Concurrent;
using System.Threading.Channels;
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

/// <summary>One watcher: its tenant and a bounded buffer. A watcher that does not keep up is dropped and comes back with what it missed.</summary>
internal sealed class Watcher(long tenantId)
{
    /// <summary>Changes a watcher may lag behind: some seconds of a busy tenant.</summary>
    private const int Buffer = 1000;

    public long TenantId { get; } = tenantId;

    public Channel<NumberedChange> Changes { get; } = Channel.CreateBounded<NumberedChange>(
        new BoundedChannelOptions(Buffer) { SingleReader = true, SingleWriter = true });
}

/// <summary>
/// The one reader of the change log on this node: it follows the numbers and fans out in memory. In: numbered rows. Out: each
/// watcher of the tenant gets each change once, in order. It reads storage and never touches a worker.
/// </summary>
internal sealed class ChangeReader(Database database, Signals signals, ILogger<ChangeReader> log) : Worker(log)
{
    private const int Batch = 500;

    private const string Columns = """
        seq AS "Seq", tenant_id AS "TenantId", type AS "Type", conversation_id AS "ConversationId", message_id AS "MessageId",
        inbox_id AS "InboxId", at AS "At"
        """;

    private readonly ConcurrentDictionary<Watcher, bool> watchers = new();
    private long last = -1;

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
        foreach (var row in rows)
        {
            foreach (var watcher in watchers.Keys.Where(w => w.TenantId == row.TenantId))
            {
                if (!watcher.Changes.Writer.TryWrite(row))
                {
                    watcher.Changes.Writer.TryComplete();
                    Leave(watcher);
                }
            }

            Interlocked.Exchange(ref last, row.Seq);
        }

        return rows.Count == Batch;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Feed.Wait(TimeSpan.FromSeconds(1), stopping);
}
