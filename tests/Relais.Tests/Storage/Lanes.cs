using Relais.Storage;
using Relais.Tests.Support;

namespace Relais.Tests.Storage;

/// <summary>The queue as two nodes see it, on a fresh database, with the means to look at lanes and to let leases run out.</summary>
internal sealed class Lanes : IAsyncDisposable
{
    private readonly TestDatabase store;
    private readonly Signals signals = new();

    private Lanes(TestDatabase store)
    {
        this.store = store;
        Queue = new WorkQueue(signals, new NodeName("here"));
        OtherNode = new WorkQueue(signals, new NodeName("there"));
    }

    public Database Database => store.Database!;

    public WorkQueue Queue { get; }

    public WorkQueue OtherNode { get; }

    public static async Task<Lanes> Create(DatabaseKind kind) => new(await TestDatabase.Create(kind));

    public Task Wake(params LaneWake[] wakes) => Database.Write(Scope.Pipeline, tx => Queue.Wake(tx, wakes));

    public Task Wake(long key, TimeSpan delay = default) => Wake(new LaneWake(LaneKind.Turn, key, 1, delay));

    public Task<List<Lease>> Claim(int most = 100, WorkQueue? by = null) =>
        Database.Write(Scope.Pipeline, tx => (by ?? Queue).Claim(tx, LaneKind.Turn, most));

    public Task<HashSet<long>> Complete(Lease lease, TimeSpan? next = null, bool failed = false) =>
        Complete([new LaneResult(lease, next, failed ? LaneEnd.Failed : LaneEnd.Done)]);

    public Task<HashSet<long>> Complete(IReadOnlyList<LaneResult> results) =>
        Database.Write(Scope.Pipeline, tx => Queue.Complete(tx, results));

    /// <summary>As if the holder had been silent for a whole lease.</summary>
    public Task Expire(long key) => Database.Write(Scope.Pipeline, tx =>
        tx.Execute("UPDATE lane SET ready_at = {now} - 1 WHERE lane_key = @key AND leased = 1", new { key }));

    public async Task<LaneRow> Row(long key) => (await Database.Read(Scope.Pipeline, tx => tx.QueryFirst<LaneRow>("""
        SELECT due_at - {now} AS "DueIn", ready_at - {now} AS "ReadyIn", lease_token AS "Token", leased AS "Leased",
          failures AS "Failures", node AS "Node" FROM lane WHERE lane_key = @key
        """, new { key })))!;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        signals.Dispose();
    }
}

/// <summary>A lane as stored; times in microseconds from now.</summary>
internal sealed class LaneRow
{
    public long? DueIn { get; init; }

    public long? ReadyIn { get; init; }

    public long Token { get; init; }

    public long Leased { get; init; }

    public long Failures { get; init; }

    public string? Node { get; init; }
}
