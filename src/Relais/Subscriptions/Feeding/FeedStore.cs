using Relais.Changes;
using Relais.Storage;

namespace Relais.Subscriptions.Feeding;

/// <summary>An event for one subscription, ready to be written.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="SubscriptionId">For whom.</param>
/// <param name="ThingId">What it is in order with: a conversation, an order or a contact.</param>
/// <param name="Seq">Of the change.</param>
/// <param name="Type">Of the event.</param>
/// <param name="Body">What is posted.</param>
internal sealed record NewDelivery(long TenantId, long SubscriptionId, long ThingId, long Seq, string Type, string Body);

/// <summary>What is to be remembered as told.</summary>
internal sealed record SeenState(long TenantId, long ThingId, string State);

/// <summary>The feeder's statements. It alone moves the cursor and remembers what was told.</summary>
internal static class FeedStore
{
    private static readonly Rows<(long Id, long Tenant, long Subscription, long Thing, long Now)> StreamRows = new("""
        INSERT INTO subscription_stream (tenant_id, id, subscription_id, thing_id, due_at)
        SELECT r.tenant_id, r.id, r.subscription_id, r.thing_id, r.due_at FROM {rows} WHERE true
        ON CONFLICT (tenant_id, subscription_id, thing_id) DO UPDATE SET due_at = coalesce(subscription_stream.due_at, excluded.due_at)
        RETURNING id, subscription_id, thing_id
        """,
        Column<(long Id, long Tenant, long Subscription, long Thing, long Now)>.Long("tenant_id", s => s.Tenant),
        Column<(long Id, long Tenant, long Subscription, long Thing, long Now)>.Long("id", s => s.Id),
        Column<(long Id, long Tenant, long Subscription, long Thing, long Now)>.Long("subscription_id", s => s.Subscription),
        Column<(long Id, long Tenant, long Subscription, long Thing, long Now)>.Long("thing_id", s => s.Thing),
        Column<(long Id, long Tenant, long Subscription, long Thing, long Now)>.Long("due_at", s => s.Now));

    private static readonly Rows<(long Id, long Stream, NewDelivery Event, long Now)> DeliveryRows = new("""
        INSERT INTO subscription_delivery (tenant_id, id, subscription_id, stream_id, seq, type, body, state, attempts, created_at)
        SELECT r.tenant_id, r.id, r.subscription_id, r.stream_id, r.seq, r.type, r.body, 0, 0, r.created_at FROM {rows} WHERE true
        ON CONFLICT (tenant_id, subscription_id, seq, type) DO NOTHING
        """,
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Long("tenant_id", d => d.Event.TenantId),
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Long("id", d => d.Id),
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Long("subscription_id", d => d.Event.SubscriptionId),
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Long("stream_id", d => d.Stream),
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Long("seq", d => d.Event.Seq),
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Text("type", d => d.Event.Type),
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Text("body", d => d.Event.Body),
        Column<(long Id, long Stream, NewDelivery Event, long Now)>.Long("created_at", d => d.Now));

    private static readonly Rows<(SeenState Seen, long Now)> SeenRows = new("""
        INSERT INTO subscription_seen (tenant_id, thing_id, state, at) SELECT r.tenant_id, r.thing_id, r.state, r.at FROM {rows} WHERE true
        ON CONFLICT (tenant_id, thing_id) DO UPDATE SET state = excluded.state, at = excluded.at
        """,
        Column<(SeenState Seen, long Now)>.Long("tenant_id", s => s.Seen.TenantId),
        Column<(SeenState Seen, long Now)>.Long("thing_id", s => s.Seen.ThingId),
        Column<(SeenState Seen, long Now)>.Text("state", s => s.Seen.State),
        Column<(SeenState Seen, long Now)>.Long("at", s => s.Now));

    /// <summary>Of every tenant: the few rows that are on.</summary>
    public static Task<List<Subscription>> On(Tx tx) => tx.Query<Subscription>("""
        SELECT tenant_id AS "TenantId", id AS "Id", events AS "Events", state AS "State", started_seq AS "StartedSeq", started_at AS "StartedAt"
        FROM subscription WHERE state = 1 ORDER BY id
        """);

    public static Task<long> Cursor(Tx tx) => tx.QueryFirst<long>("SELECT seq FROM subscription_feed");

    public static Task<long> LastSeq(Tx tx) => tx.QueryFirst<long>("SELECT last_seq FROM change_numbering");

    public static Task<List<NumberedChange>> Changes(Tx tx, long[] tenants, long after, long upto) => tx.Query<NumberedChange>($"""
        SELECT seq AS "Seq", tenant_id AS "TenantId", type AS "Type", conversation_id AS "ConversationId", message_id AS "MessageId",
          inbox_id AS "InboxId", at AS "At"
        FROM change WHERE seq > @after AND seq <= @upto AND tenant_id {tx.Dialect.In("tenants")} ORDER BY seq
        """, new { tenants, after, upto });

    public static async Task<Dictionary<long, string>> Seen(Tx tx, long tenantId, long[] ids) => ids.Length == 0 ? [] :
        (await tx.Query<SeenRow>($"""
            SELECT thing_id AS "ThingId", state AS "State" FROM subscription_seen
            WHERE tenant_id = @tenantId AND thing_id {tx.Dialect.In("ids")}
            """, new { tenantId, ids })).ToDictionary(s => s.ThingId, s => s.State);

    /// <summary>When people last got each conversation, by its id.</summary>
    public static async Task<Dictionary<long, long>> HandedAt(Tx tx, long tenantId, long[] ids) => ids.Length == 0 ? [] :
        (await tx.Query<HandedRow>($"""
            SELECT conversation_id AS "ConversationId", max(created_at) AS "At" FROM conversation_event
            WHERE tenant_id = @tenantId AND conversation_id {tx.Dialect.In("ids")}
              AND type IN ('handed_off', 'taken_over', 'assigned') GROUP BY conversation_id
            """, new { tenantId, ids })).ToDictionary(h => h.ConversationId, h => h.At);

    /// <summary>False when somebody else moved it meanwhile: then nothing of this round is to be written.</summary>
    public static async Task<bool> Move(Tx tx, long from, long to) =>
        await tx.Execute("UPDATE subscription_feed SET seq = @to WHERE seq = @from", new { from, to }) > 0;

    /// <summary>Takes two ids an event.</summary>
    public static async Task Write(Tx tx, IReadOnlyList<NewDelivery> events, IReadOnlyList<SeenState> seen, IdRange ids, long now)
    {
        if (seen.Count > 0)
        {
            await tx.Each(SeenRows, [.. seen.OrderBy(s => s.ThingId).Select(s => (s, now))]);
        }

        if (events.Count == 0)
        {
            return;
        }

        var streams = new Dictionary<(long, long), long>();
        var wanted = events.Select(e => (e.TenantId, e.SubscriptionId, e.ThingId)).Distinct().Order().Select(s => (ids.Next(), s.TenantId, s.SubscriptionId, s.ThingId, now));
        foreach (var (id, subscription, thing) in await tx.Each(StreamRows, [.. wanted], row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))))
        {
            streams[(subscription, thing)] = id;
        }

        // In the order of the changes: a stream's events go by id.
        await tx.Each(DeliveryRows, [.. events.Select(e => (ids.Next(), streams[(e.SubscriptionId, e.ThingId)], e, now))]);
    }

    private sealed class SeenRow
    {
        public long ThingId { get; init; }

        public string State { get; init; } = "";
    }

    private sealed class HandedRow
    {
        public long ConversationId { get; init; }

        public long At { get; init; }
    }
}
