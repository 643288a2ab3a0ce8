using Relais.Storage;

namespace Relais.Subscriptions;

/// <summary>Who is told of what happens.</summary>
internal static class SubscriptionStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", url AS "Url", events AS "Events", description AS "Description", secret AS "Secret",
        old_secret AS "OldSecret", old_secret_until AS "OldSecretUntil", state AS "State", started_seq AS "StartedSeq", started_at AS "StartedAt",
        failing_since AS "FailingSince", problem AS "Problem", taken_at AS "TakenAt", retired_at AS "RetiredAt", created_at AS "CreatedAt",
        updated_at AS "UpdatedAt"
        """;

    public static Task<List<Subscription>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<Subscription>(
        $"SELECT {Columns} FROM subscription WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @limit", new { tenantId, after, limit });

    public static Task<Subscription?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<Subscription>(
        $"SELECT {Columns} FROM subscription WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task<long> Count(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM subscription WHERE tenant_id = @tenantId", new { tenantId });

    public static Task Insert(Tx tx, Subscription s) => tx.Execute("""
        INSERT INTO subscription (tenant_id, id, url, events, description, secret, state, started_seq, started_at, created_at, updated_at)
        VALUES (@TenantId, @Id, @Url, @Events, @Description, @Secret, 1, @StartedSeq, @StartedAt, @CreatedAt, @CreatedAt)
        """, s);

    public static Task Describe(Tx tx, Subscription s, string url, string events, string description, long now) => tx.Execute("""
        UPDATE subscription SET url = @url, events = @events, description = @description, updated_at = @now WHERE tenant_id = @TenantId AND id = @Id
        """, new { s.TenantId, s.Id, url, events, description, now });

    /// <summary>What happened while it was off stays untold; what waited goes.</summary>
    public static Task TurnOn(Tx tx, long tenantId, long id, long lastSeq, long now) => tx.Execute("""
        UPDATE subscription SET state = 1, started_seq = @lastSeq, started_at = @now, failing_since = NULL, problem = NULL, retired_at = NULL,
          updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state <> 1
        """, new { tenantId, id, lastSeq, now });

    public static Task TurnOff(Tx tx, long tenantId, long id, long now) => tx.Execute(
        "UPDATE subscription SET state = 2, updated_at = @now WHERE tenant_id = @tenantId AND id = @id AND state = 1", new { tenantId, id, now });

    public static Task SetSecret(Tx tx, long tenantId, long id, string secret, long oldUntil, long now) => tx.Execute("""
        UPDATE subscription SET old_secret = secret, old_secret_until = @oldUntil, secret = @secret, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, secret, oldUntil, now });

    /// <summary>With everything that waits and the log.</summary>
    public static async Task<bool> Delete(Tx tx, long tenantId, long id)
    {
        // In the order in which the worker takes rows: streams first.
        await tx.Execute("UPDATE subscription_stream SET due_at = NULL WHERE tenant_id = @tenantId AND subscription_id = @id", new { tenantId, id });
        await tx.Execute("DELETE FROM subscription_delivery WHERE tenant_id = @tenantId AND subscription_id = @id", new { tenantId, id });
        await tx.Execute("DELETE FROM subscription_stream WHERE tenant_id = @tenantId AND subscription_id = @id", new { tenantId, id });
        return await tx.Execute("DELETE FROM subscription WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id }) > 0;
    }

    public static Task Took(Tx tx, long tenantId, long id, long now) => tx.Execute(
        "UPDATE subscription SET failing_since = NULL, problem = NULL, taken_at = @now WHERE tenant_id = @tenantId AND id = @id AND state = 1", new { tenantId, id, now });

    /// <summary>Tells since when it fails; null for one that is not on.</summary>
    public static Task<long?> Failed(Tx tx, long tenantId, long id, string problem, long now) => tx.QueryFirst<long?>("""
        UPDATE subscription SET failing_since = coalesce(failing_since, @now), problem = @problem
        WHERE tenant_id = @tenantId AND id = @id AND state = 1 RETURNING failing_since
        """, new { tenantId, id, problem, now });

    public static async Task<bool> Retire(Tx tx, long tenantId, long id, string problem, long now) => await tx.Execute("""
        UPDATE subscription SET state = 3, retired_at = @now, problem = @problem, updated_at = @now WHERE tenant_id = @tenantId AND id = @id AND state = 1
        """, new { tenantId, id, problem, now }) > 0;
}
