using Relais.Storage;

namespace Relais.Tenants;

/// <summary>Keys that were used, with their answers, for a day.</summary>
internal static class IdempotencyStore
{
    private const string Place =
        "tenant_id = @TenantId AND agent_id = @AgentId AND route = @Route AND idempotency_key = @Key";

    /// <summary>
    /// True when the key is ours to carry out. On PostgreSQL a call in progress under the same key is waited for, three seconds
    /// at most (SqlState 55P03 then): longer than any write, shorter than a caller's patience.
    /// </summary>
    public static async Task<bool> Take(Tx tx, Idempotency.Claim claim, long oldest)
    {
        if (tx.Dialect.IsPostgres)
        {
            await tx.Execute("SET LOCAL lock_timeout = '3s'");
        }

        await tx.Execute($"DELETE FROM idempotency WHERE {Place} AND created_at < @oldest",
            new { claim.TenantId, claim.AgentId, claim.Route, claim.Key, oldest });
        var taken = await tx.Execute("""
            INSERT INTO idempotency (tenant_id, agent_id, route, idempotency_key, body_hash, status, answer, created_at)
            VALUES (@TenantId, @AgentId, @Route, @Key, @BodyHash, 0, '', @Now)
            ON CONFLICT (tenant_id, agent_id, route, idempotency_key) DO NOTHING
            """, claim) == 1;
        if (tx.Dialect.IsPostgres)
        {
            await tx.Execute("SET LOCAL lock_timeout TO DEFAULT");
        }

        return taken;
    }

    public static async Task<Idempotency.Kept> Find(Tx tx, Idempotency.Claim claim) =>
        await tx.QueryFirst<Idempotency.Kept>(
            $"""SELECT status AS "Status", answer AS "Answer", body_hash AS "BodyHash" FROM idempotency WHERE {Place}""", claim)
        ?? throw new InvalidOperationException("An idempotency key vanished while it was being read.");

    public static Task Keep(Tx tx, Idempotency.Claim claim, Idempotency.Kept kept) => tx.Execute(
        $"UPDATE idempotency SET status = @Status, answer = @Answer WHERE {Place}",
        new { claim.TenantId, claim.AgentId, claim.Route, claim.Key, kept.Status, kept.Answer });

    public static Task SweepOld(Tx tx, long tenantId, long oldest, int most) => tx.Execute("""
        DELETE FROM idempotency WHERE (tenant_id, agent_id, route, idempotency_key) IN (
          SELECT tenant_id, agent_id, route, idempotency_key FROM idempotency
          WHERE tenant_id = @tenantId AND created_at < @oldest ORDER BY created_at LIMIT @most)
        """, new { tenantId, oldest, most });
}
