using Relais.Storage;

namespace Relais.Subscriptions.Delivering;

/// <summary>How an event stands with a subscription. The number is stored.</summary>
internal enum DeliveryState
{
    Waiting = 0,
    Taken = 1,
    GivenUp = 2,
}

/// <summary>An event for one subscription, as stored; instants are microseconds UTC.</summary>
internal sealed class Delivery
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long SubscriptionId { get; init; }

    public long StreamId { get; init; }

    public string Type { get; init; } = "";

    public string Body { get; init; } = "";

    public DeliveryState State { get; init; }

    public long Attempts { get; init; }

    public long? StatusCode { get; init; }

    public string? Answer { get; init; }

    public string? Problem { get; init; }

    public long? FirstAt { get; init; }

    public long? LastAt { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>When its stream is due next.</summary>
    public long? DueAt { get; init; }
}

/// <summary>A stream whose first event is to be posted now.</summary>
internal sealed class DueStream
{
    public long TenantId { get; init; }

    public long Id { get; init; }
}

/// <summary>Events for subscriptions and the streams they stand in. Whoever changes what a stream waits for takes its row first.</summary>
internal static class DeliveryStore
{
    private const string Select = """
        SELECT d.tenant_id AS "TenantId", d.id AS "Id", d.subscription_id AS "SubscriptionId", d.stream_id AS "StreamId", d.type AS "Type",
          d.body AS "Body", d.state AS "State", d.attempts AS "Attempts", d.status_code AS "StatusCode", d.answer AS "Answer",
          d.problem AS "Problem", d.first_at AS "FirstAt", d.last_at AS "LastAt", d.created_at AS "CreatedAt", s.due_at AS "DueAt"
        FROM subscription_delivery d JOIN subscription_stream s ON s.tenant_id = d.tenant_id AND s.id = d.stream_id
        """;

    /// <summary>Of every tenant, the longest due first; of one subscription a few, of one that fails a single one.</summary>
    public static Task<List<DueStream>> Due(Tx tx, long now, int each, int most) => tx.Query<DueStream>("""
        SELECT tenant_id AS "TenantId", id AS "Id" FROM (
          SELECT s.tenant_id, s.id, s.due_at, b.failing_since, row_number() OVER (PARTITION BY s.subscription_id ORDER BY s.due_at, s.id) AS place
          FROM subscription_stream s JOIN subscription b ON b.tenant_id = s.tenant_id AND b.id = s.subscription_id
          WHERE s.due_at <= @now AND b.state = 1
            AND NOT EXISTS (SELECT 1 FROM tenant t WHERE t.tenant_id = s.tenant_id AND t.suspended_at IS NOT NULL)) AS due
        WHERE place <= CASE WHEN failing_since IS NULL THEN @each ELSE 1 END ORDER BY due_at, id LIMIT @most
        """, new { now, each, most });

    /// <summary>What a stream has to post now, or null.</summary>
    public static Task<Delivery?> Head(Tx tx, long tenantId, long streamId, long now) => tx.QueryFirst<Delivery>($"""
        {Select} WHERE d.tenant_id = @tenantId AND d.stream_id = @streamId AND d.state = 0 AND s.due_at <= @now ORDER BY d.id LIMIT 1
        """, new { tenantId, streamId, now });

    public static Task<Delivery?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<Delivery>(
        $"{Select} WHERE d.tenant_id = @tenantId AND d.id = @id", new { tenantId, id });

    /// <summary>Newest first; all states when none is asked for.</summary>
    public static Task<List<Delivery>> Page(Tx tx, long tenantId, long subscriptionId, DeliveryState? state, long before, int limit) => tx.Query<Delivery>($"""
        {Select} WHERE d.tenant_id = @tenantId AND d.subscription_id = @subscriptionId AND d.id < @before
          {(state is null ? "" : "AND d.state = @state")} ORDER BY d.id DESC LIMIT @limit
        """, new { tenantId, subscriptionId, state = (long)(state ?? DeliveryState.Waiting), before, limit });

    /// <summary>Takes the stream's row until the end of the transaction: what a feeder writes to it is seen after, or waits.</summary>
    public static Task HoldStream(Tx tx, long tenantId, long streamId) => tx.Execute(
        "UPDATE subscription_stream SET due_at = due_at WHERE tenant_id = @tenantId AND id = @streamId", new { tenantId, streamId });

    /// <summary>Due now when something waits; never otherwise. <paramref name="at"/> says when instead.</summary>
    public static Task SetDue(Tx tx, long tenantId, long streamId, long? at, long now) => tx.Execute("""
        UPDATE subscription_stream SET due_at = CASE
          WHEN EXISTS (SELECT 1 FROM subscription_delivery d WHERE d.stream_id = @streamId AND d.state = 0 AND d.tenant_id = @tenantId)
          THEN coalesce(CAST(@at AS BIGINT), CAST(@now AS BIGINT)) END
        WHERE tenant_id = @tenantId AND id = @streamId
        """, new { tenantId, streamId, at, now });

    /// <summary>False when it no longer waits.</summary>
    public static async Task<bool> Record(Tx tx, Delivery d, DeliveryState state, int? status, string? answer, string? problem, long now) => await tx.Execute("""
        UPDATE subscription_delivery SET state = @state, attempts = attempts + 1, status_code = CAST(@status AS BIGINT), answer = CAST(@answer AS TEXT),
          problem = CAST(@problem AS TEXT), first_at = coalesce(first_at, @now), last_at = @now
        WHERE tenant_id = @TenantId AND id = @Id AND state = 0
        """, new { d.TenantId, d.Id, state = (long)state, status = (long?)status, answer, problem, now }) > 0;

    /// <summary>A test that was made beside the worker, with its outcome. Its stream is made when there is none.</summary>
    public static async Task InsertTest(Tx tx, Delivery d)
    {
        await tx.Execute("""
            INSERT INTO subscription_stream (tenant_id, id, subscription_id, thing_id) VALUES (@TenantId, @StreamId, @SubscriptionId, 0)
            ON CONFLICT (tenant_id, subscription_id, thing_id) DO NOTHING
            """, d);
        await tx.Execute("""
            INSERT INTO subscription_delivery (tenant_id, id, subscription_id, stream_id, type, body, state, attempts, status_code, answer, problem,
              first_at, last_at, created_at)
            SELECT @TenantId, @Id, @SubscriptionId, s.id, @Type, @Body, @State, 1, CAST(@StatusCode AS BIGINT), CAST(@Answer AS TEXT), CAST(@Problem AS TEXT),
              CAST(@FirstAt AS BIGINT), CAST(@LastAt AS BIGINT), @CreatedAt
            FROM subscription_stream s WHERE s.tenant_id = @TenantId AND s.subscription_id = @SubscriptionId AND s.thing_id = 0
            """, new
        {
            d.TenantId, d.Id, d.SubscriptionId, d.StreamId, d.Type, d.Body, State = (long)d.State, d.StatusCode, d.Answer, d.Problem, d.FirstAt, d.LastAt, d.CreatedAt,
        });
    }

    /// <summary>Queues one again, under the same webhook-id.</summary>
    public static async Task Replay(Tx tx, Delivery d, long now)
    {
        await HoldStream(tx, d.TenantId, d.StreamId);
        await tx.Execute("""
            UPDATE subscription_delivery SET state = 0, attempts = 0, first_at = NULL WHERE tenant_id = @TenantId AND id = @Id AND state <> 0
            """, new { d.TenantId, d.Id });
        await SetDue(tx, d.TenantId, d.StreamId, null, now);
    }

    /// <summary>All of a subscription that ended, from a time on; tells how many. What waits is due now.</summary>
    public static async Task<int> ReplaySince(Tx tx, long tenantId, long subscriptionId, long since, long now)
    {
        await tx.Execute("""
            UPDATE subscription_stream SET due_at = @now WHERE tenant_id = @tenantId AND subscription_id = @subscriptionId
              AND EXISTS (SELECT 1 FROM subscription_delivery d WHERE d.tenant_id = @tenantId AND d.stream_id = subscription_stream.id AND d.created_at >= @since)
            """, new { tenantId, subscriptionId, since, now });
        return await tx.Execute("""
            UPDATE subscription_delivery SET state = 0, attempts = 0, first_at = NULL
            WHERE tenant_id = @tenantId AND subscription_id = @subscriptionId AND state <> 0 AND created_at >= @since AND type <> 'test'
            """, new { tenantId, subscriptionId, since });
    }

    /// <summary>What waits of a subscription goes now.</summary>
    public static Task Hurry(Tx tx, long tenantId, long subscriptionId, long now) => tx.Execute("""
        UPDATE subscription_stream SET due_at = @now WHERE tenant_id = @tenantId AND subscription_id = @subscriptionId AND due_at > @now
        """, new { tenantId, subscriptionId, now });

    /// <summary>Ended ones made before, waiting ones much before; true when there may be more.</summary>
    public static async Task<bool> Prune(Tx tx, long ended, long any, int most) => await tx.Execute("""
        DELETE FROM subscription_delivery WHERE (tenant_id, id) IN (
          SELECT tenant_id, id FROM subscription_delivery WHERE created_at < @ended AND (state <> 0 OR created_at < @any) ORDER BY created_at LIMIT @most)
        """, new { ended, any, most }) == most;

    public static Task PruneStreams(Tx tx, int most) => tx.Execute("""
        DELETE FROM subscription_stream WHERE (tenant_id, id) IN (
          SELECT s.tenant_id, s.id FROM subscription_stream s WHERE NOT EXISTS (
            SELECT 1 FROM subscription_delivery d WHERE d.tenant_id = s.tenant_id AND d.stream_id = s.id) LIMIT @most)
        """, new { most });

    public static async Task<bool> PruneSeen(Tx tx, long before, int most) => await tx.Execute("""
        DELETE FROM subscription_seen WHERE (tenant_id, thing_id) IN (
          SELECT tenant_id, thing_id FROM subscription_seen WHERE at < @before ORDER BY at LIMIT @most)
        """, new { before, most }) == most;
}
