using Relais.Storage;

namespace Relais.Tenants.Standing;

/// <summary>Suspension and limits. Whatever adds to what is limited asks here, in its own transaction.</summary>
internal static class StandingStore
{
    private const string Columns = """
        t.tenant_id AS "TenantId", t.name AS "Name", t.suspended_at AS "SuspendedAt", t.suspend_reason AS "SuspendReason",
        t.number_limit AS "NumberLimit", t.agent_limit AS "AgentLimit", t.message_limit AS "MessageLimit", t.token_limit AS "TokenLimit",
        t.storage_limit AS "StorageLimit"
        """;

    public static Task<TenantStanding?> Find(Tx tx, long tenantId) =>
        tx.QueryFirst<TenantStanding>($"SELECT {Columns} FROM tenant t WHERE t.tenant_id = @tenantId", new { tenantId });

    /// <summary>In the order they were made; <paramref name="after"/> is the id of the last one already read. In Scope.Directory.</summary>
    public static Task<List<TenantStanding>> Page(Tx tx, long after, int limit) => tx.Query<TenantStanding>(
        $"SELECT {Columns} FROM tenant t WHERE t.tenant_id > @after ORDER BY t.tenant_id LIMIT @limit", new { after, limit });

    /// <summary>The first moment stays when it is suspended already; what waits to be sent says why. In Scope.Directory.</summary>
    public static async Task Suspend(Tx tx, long tenantId, string? reason, string sentence, long now)
    {
        await tx.Execute("""
            UPDATE tenant SET suspended_at = coalesce(suspended_at, @now), suspend_reason = CAST(@reason AS TEXT) WHERE tenant_id = @tenantId
            """, new { tenantId, reason, now });
        await tx.Execute("UPDATE outbox SET reason = @sentence WHERE tenant_id = @tenantId AND state = 0 AND reason IS NULL", new { tenantId, sentence });
    }

    /// <summary>What waited leaves once each node has read it (InboxRefresher).</summary>
    public static async Task Resume(Tx tx, long tenantId, string sentence)
    {
        await tx.Execute("UPDATE tenant SET suspended_at = NULL, suspend_reason = NULL WHERE tenant_id = @tenantId", new { tenantId });
        await tx.Execute("UPDATE outbox SET reason = NULL WHERE tenant_id = @tenantId AND state = 0 AND reason = @sentence", new { tenantId, sentence });
    }

    public static Task SetLimits(Tx tx, long tenantId, TenantLimits limits) => tx.Execute("""
        UPDATE tenant SET number_limit = CAST(@Numbers AS BIGINT), agent_limit = CAST(@Agents AS BIGINT), message_limit = CAST(@MessagesPerMonth AS BIGINT),
          token_limit = CAST(@TokensPerMonth AS BIGINT), storage_limit = CAST(@StorageBytes AS BIGINT), limit_told = 0
        WHERE tenant_id = @tenantId
        """, new { tenantId, limits.Numbers, limits.Agents, limits.MessagesPerMonth, limits.TokensPerMonth, limits.StorageBytes });

    /// <summary>True when one more person would be too many. Two that ask at once ask one after the other.</summary>
    public static async Task<bool> IsFullOfAgents(Tx tx, long tenantId) =>
        await tx.Execute("UPDATE tenant SET agent_limit = agent_limit WHERE tenant_id = @tenantId AND agent_limit IS NOT NULL", new { tenantId }) == 1
        && await tx.QueryFirst<long>("""
            SELECT count(*) FROM tenant t WHERE t.tenant_id = @tenantId AND t.agent_limit <=
              (SELECT count(*) FROM membership m WHERE m.tenant_id = t.tenant_id AND m.disabled_at IS NULL)
            """, new { tenantId }) == 1;

    /// <summary>True when one more number would be too many.</summary>
    public static async Task<bool> IsFullOfNumbers(Tx tx, long tenantId) =>
        await tx.Execute("UPDATE tenant SET number_limit = number_limit WHERE tenant_id = @tenantId AND number_limit IS NOT NULL", new { tenantId }) == 1
        && await tx.QueryFirst<long>("""
            SELECT count(*) FROM tenant t WHERE t.tenant_id = @tenantId AND t.number_limit <=
              (SELECT count(*) FROM inbox i WHERE i.tenant_id = t.tenant_id AND i.disconnected_at IS NULL)
            """, new { tenantId }) == 1;

    /// <summary>True when a file of this size would be too much. The files are added up only where there is a limit.</summary>
    public static async Task<bool> HasNoRoom(Tx tx, long tenantId, long size) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM tenant t WHERE t.tenant_id = @tenantId AND t.storage_limit IS NOT NULL AND t.storage_limit <
          (SELECT coalesce(sum(m.size), 0) + @size FROM media m WHERE m.tenant_id = t.tenant_id AND m.state = 1)
        """, new { tenantId, size }) == 1;
}
