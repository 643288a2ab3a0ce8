namespace Relais.Storage;

/// <summary>A lane held by this process. Every completing statement carries the token, so a lost lease completes nothing.</summary>
/// <param name="Kind">What the lane is for.</param>
/// <param name="Key">Which one: a conversation, an inbox or a provider connection.</param>
/// <param name="TenantId">Whose it is; 0 for lanes that belong to the pipeline alone.</param>
/// <param name="Token">Fence: grows with every claim of this lane.</param>
/// <param name="Failures">Runs of this lane that ended in an error or a lost process since the last good one.</param>
internal sealed record Lease(LaneKind Kind, long Key, long TenantId, long Token, int Failures);

/// <summary>A lane that has something to do after <paramref name="Delay"/> (by the database's clock).</summary>
internal readonly record struct LaneWake(LaneKind Kind, long Key, long TenantId, TimeSpan Delay = default);

/// <summary>How a held lane is given back.</summary>
/// <param name="Lease">The lane.</param>
/// <param name="Next">When it has something to do again; null leaves that to the next wake.</param>
/// <param name="End">How its run ended.</param>
internal readonly record struct LaneResult(Lease Lease, TimeSpan? Next = null, LaneEnd End = LaneEnd.Done);

/// <summary>What a run does to its lane's count of failures.</summary>
internal enum LaneEnd
{
    /// <summary>The work was done: the count starts over.</summary>
    Done = 0,

    /// <summary>The work failed: one more.</summary>
    Failed = 1,

    /// <summary>The work was not tried: the count stays.</summary>
    Untouched = 2,
}

/// <summary>
/// The one durable queue. Lanes are claimed, never items: one worker in the installation holds a lane, and the items are the
/// domain's own rows, read in order by whoever holds it. In: wakes, written in the transaction that made the item. Out:
/// leases with fencing tokens. Promise: a wake is never lost, a lane never runs twice at once, a dead holder's lane comes back.
/// </summary>
internal sealed class WorkQueue(Signals signals, NodeName node)
{
    /// <summary>
    /// How long a claim lasts without a heartbeat. The heartbeat comes every 10 s, so a process must stall for two of them
    /// before another takes over; a customer of a dead node waits no longer than this.
    /// </summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    private static readonly long LeaseMicros = LeaseTime.Ticks / 10;

    private static readonly Rows<LaneWake> WakeRows = new("""
        INSERT INTO lane (kind, lane_key, tenant_id, due_at, ready_at, lease_token, leased, failures)
        SELECT r.kind, r.lane_key, r.tenant_id, {now} + r.delay, {now} + r.delay, 0, 0, 0 FROM {rows} WHERE true
        ON CONFLICT (kind, lane_key) DO UPDATE SET
          due_at = {least}(coalesce(lane.due_at, excluded.due_at), excluded.due_at),
          ready_at = CASE WHEN lane.leased = 1 THEN lane.ready_at
                          ELSE {least}(coalesce(lane.ready_at, excluded.ready_at), excluded.ready_at) END
        """,
        Column<LaneWake>.Long("kind", w => (long)w.Kind),
        Column<LaneWake>.Long("lane_key", w => w.Key),
        Column<LaneWake>.Long("tenant_id", w => w.TenantId),
        Column<LaneWake>.Long("delay", w => w.Delay.Ticks / 10));

    // Idle: nobody holds it, no wake waits, and no holder died over it, so whatever it is seized for is the first thing it has to do.
    private static readonly Rows<(LaneWake Lane, string Node)> SeizeRows = new("""
        INSERT INTO lane (kind, lane_key, tenant_id, due_at, ready_at, lease_token, leased, failures, node)
        SELECT r.kind, r.lane_key, r.tenant_id, NULL, {now} + r.lease, 1, 1, 0, r.node FROM {rows} WHERE true
        ON CONFLICT (kind, lane_key) DO UPDATE SET
          lease_token = lane.lease_token + 1, leased = 1, node = excluded.node, ready_at = excluded.ready_at
        WHERE lane.leased = 0 AND lane.ready_at IS NULL
        RETURNING lane_key, tenant_id, lease_token, failures
        """,
        Column<(LaneWake Lane, string Node)>.Long("kind", s => (long)s.Lane.Kind),
        Column<(LaneWake Lane, string Node)>.Long("lane_key", s => s.Lane.Key),
        Column<(LaneWake Lane, string Node)>.Long("tenant_id", s => s.Lane.TenantId),
        Column<(LaneWake Lane, string Node)>.Long("lease", _ => LeaseMicros),
        Column<(LaneWake Lane, string Node)>.Text("node", s => s.Node));

    private static readonly Rows<(LaneKind Kind, int Most, string Node)> ClaimRows = new("""
        WITH asked AS MATERIALIZED (SELECT r.kind AS kind, r.most AS most, r.lease AS lease, r.node AS node FROM {rows}),
        due AS MATERIALIZED (
          SELECT kind, lane_key FROM lane WHERE kind = (SELECT kind FROM asked) AND ready_at <= {now}
          ORDER BY ready_at LIMIT (SELECT most FROM asked) {skip_locked})
        UPDATE lane SET lease_token = lease_token + 1, failures = failures + leased, leased = 1, node = (SELECT node FROM asked),
               due_at = NULL, ready_at = {now} + (SELECT lease FROM asked)
        FROM due WHERE lane.kind = due.kind AND lane.lane_key = due.lane_key
        RETURNING lane.lane_key, tenant_id, lease_token, failures
        """,
        Column<(LaneKind Kind, int Most, string Node)>.Long("kind", c => (long)c.Kind),
        Column<(LaneKind Kind, int Most, string Node)>.Long("most", c => c.Most),
        Column<(LaneKind Kind, int Most, string Node)>.Long("lease", _ => LeaseMicros),
        Column<(LaneKind Kind, int Most, string Node)>.Text("node", c => c.Node));

    private static readonly Rows<LaneResult> CompleteRows = new("""
        UPDATE lane SET leased = 0, node = NULL, failures = CASE r.ending WHEN 1 THEN failures + 1 WHEN 2 THEN failures ELSE 0 END,
          due_at = CASE WHEN r.next IS NULL THEN due_at ELSE {least}(coalesce(due_at, {now} + r.next), {now} + r.next) END,
          ready_at = CASE WHEN r.next IS NULL THEN due_at ELSE {least}(coalesce(due_at, {now} + r.next), {now} + r.next) END
        FROM {rows}
        WHERE lane.kind = r.kind AND lane.lane_key = r.lane_key AND lane.lease_token = r.token AND lane.leased = 1
        RETURNING lane.lane_key
        """,
        Column<LaneResult>.Long("kind", l => (long)l.Lease.Kind),
        Column<LaneResult>.Long("lane_key", l => l.Lease.Key),
        Column<LaneResult>.Long("token", l => l.Lease.Token),
        Column<LaneResult>.Long("next", l => l.Next is { } next ? next.Ticks / 10 : null),
        Column<LaneResult>.Long("ending", l => (long)l.End));

    private static readonly Rows<Lease> ExtendRows = new("""
        UPDATE lane SET ready_at = {now} + r.lease FROM {rows}
        WHERE lane.kind = r.kind AND lane.lane_key = r.lane_key AND lane.lease_token = r.token AND lane.leased = 1
        """,
        Column<Lease>.Long("kind", l => (long)l.Kind),
        Column<Lease>.Long("lane_key", l => l.Key),
        Column<Lease>.Long("token", l => l.Token),
        Column<Lease>.Long("lease", _ => LeaseMicros));

    /// <summary>
    /// Tells that lanes have work. In the transaction that writes the work, so neither is ever without the other. Sorted by
    /// key, so that two batches take row locks in one order.
    /// </summary>
    public async Task Wake(Tx tx, IReadOnlyList<LaneWake> wakes)
    {
        if (wakes.Count == 0)
        {
            return;
        }

        await tx.Each(WakeRows, Merged(wakes));
        tx.AfterCommit(() =>
        {
            foreach (var wake in wakes)
            {
                if (wake.Delay == default)
                {
                    signals.Tell(wake.Kind);
                }
                else
                {
                    signals.Of(wake.Kind).RaiseAfter(wake.Delay);
                }
            }
        });
    }

    /// <summary>Takes up to <paramref name="most"/> due lanes. A lane whose holder's lease ran out counts as a failure of it.</summary>
    public Task<List<Lease>> Claim(Tx tx, LaneKind kind, int most) => tx.Each(ClaimRows, [(kind, most, node.Value)],
        row => new Lease(kind, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), (int)row.GetInt64(3)));

    /// <summary>
    /// Claims lanes for work that is written in this very transaction, instead of waking them and claiming them in the next one.
    /// Returns the leases of those that were idle; wake the others.
    /// </summary>
    public async Task<List<Lease>> Seize(Tx tx, IReadOnlyList<LaneWake> lanes) => lanes.Count == 0 ? [] :
        await tx.Each(SeizeRows, Merged(lanes).ConvertAll(lane => (lane, node.Value)),
            row => new Lease(lanes[0].Kind, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), (int)row.GetInt64(3)));

    /// <summary>Gives lanes back. Returns the keys that were still ours: drop the results of the others.</summary>
    public async Task<HashSet<long>> Complete(Tx tx, IReadOnlyList<LaneResult> results)
    {
        var sorted = results.Count < 2 ? results : [.. results.OrderBy(r => r.Lease.Key)];
        var kept = await tx.Each(CompleteRows, sorted, reader => reader.GetInt64(0));
        if (results.Count > 0)
        {
            var soonest = results.Where(r => r.Next is not null).Select(r => r.Next!.Value).DefaultIfEmpty(TimeSpan.MaxValue).Min();
            var signal = signals.Of(results[0].Lease.Kind);
            if (soonest <= TimeSpan.Zero)
            {
                tx.AfterCommit(signal.Raise);
            }
            else if (soonest < TimeSpan.FromMinutes(1))
            {
                tx.AfterCommit(() => signal.RaiseAfter(soonest));
            }
        }

        return [.. kept];
    }

    /// <summary>One statement a node: keeps what it still works on.</summary>
    public Task Extend(Tx tx, IReadOnlyList<Lease> held) => tx.Each(ExtendRows, [.. held.OrderBy(l => l.Kind).ThenBy(l => l.Key)]);

    /// <summary>
    /// After the database's clock was set back by this many microseconds: what waits waits no longer than it would have. A lease is cut to its
    /// usual length and no further: it may have been taken since the clock was set, and whoever holds it works on.
    /// </summary>
    public static Task MoveBack(Tx tx, long by) => tx.Execute("""
        UPDATE lane SET ready_at = CASE WHEN leased = 1 THEN {least}(ready_at, {now} + @lease) ELSE ready_at - @by END, due_at = due_at - @by
        WHERE ready_at > {now}
        """, new { by, lease = LeaseMicros });

    /// <summary>At start: what this node held when it died is nobody's. Only one process at a time has the node's name.</summary>
    public Task<int> FreeOwn(Tx tx) => tx.Execute(
        """
        UPDATE lane SET leased = 0, node = NULL, lease_token = lease_token + 1, failures = failures + 1, ready_at = {now}
        WHERE leased = 1 AND node = @node
        """, new { node = node.Value });

    private static List<LaneWake> Merged(IReadOnlyList<LaneWake> wakes)
    {
        if (wakes.Count == 1)
        {
            return [wakes[0]];
        }

        // One row may be touched once a statement, so wakes of one lane become its earliest.
        var earliest = new SortedDictionary<(LaneKind, long), LaneWake>();
        foreach (var wake in wakes)
        {
            var key = (wake.Kind, wake.Key);
            if (!earliest.TryGetValue(key, out var known) || wake.Delay < known.Delay)
            {
                earliest[key] = wake;
            }
        }

        return [.. earliest.Values];
    }
}

/// <summary>The name under which this process holds leases: RELAIS_NODE, else one made once in the data folder.</summary>
internal sealed record NodeName(string Value);
