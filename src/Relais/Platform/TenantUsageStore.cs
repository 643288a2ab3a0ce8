using Relais.Storage;

namespace Relais.Platform;

/// <summary>What tenants use, read from what the other rooms wrote.</summary>
internal static class TenantUsageStore
{
    private const string Columns = """
        t.tenant_id AS "TenantId", t.created_at AS "CreatedAt",
        (SELECT count(*) FROM inbox i WHERE i.tenant_id = t.tenant_id AND i.disconnected_at IS NULL) AS "Numbers",
        (SELECT count(*) FROM membership m WHERE m.tenant_id = t.tenant_id AND m.disabled_at IS NULL) AS "Agents",
        coalesce((SELECT x.messages FROM tenant_month x WHERE x.tenant_id = t.tenant_id AND x.month = @month), 0) AS "Messages",
        (SELECT CAST(coalesce(sum(u.input_tokens + u.output_tokens), 0) AS BIGINT) FROM ai_usage u WHERE u.tenant_id = t.tenant_id AND u.at >= @since) AS "Tokens",
        (SELECT CAST(coalesce(sum(u.cost_micros), 0) AS BIGINT) FROM ai_usage u WHERE u.tenant_id = t.tenant_id AND u.at >= @since) AS "CostMicros",
        (SELECT CAST(coalesce(sum(d.size), 0) AS BIGINT) FROM media d WHERE d.tenant_id = t.tenant_id AND d.state = 1) AS "StorageBytes",
        (SELECT m.email FROM membership m WHERE m.tenant_id = t.tenant_id AND m.role = 'owner' ORDER BY m.agent_id LIMIT 1) AS "Email"
        """;

    /// <param name="tx">The transaction.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="month">Such as 202611.</param>
    /// <param name="since">Its first moment, microseconds UTC.</param>
    public static Task<TenantUsage?> Find(Tx tx, long tenantId, long month, long since) =>
        tx.QueryFirst<TenantUsage>($"SELECT {Columns} FROM tenant t WHERE t.tenant_id = @tenantId", new { tenantId, month, since });

    /// <summary>Of tenants with these ids. In Scope.Directory.</summary>
    public static Task<List<TenantUsage>> Of(Tx tx, long[] tenants, long month, long since) => tx.Query<TenantUsage>(
        $"SELECT {Columns} FROM tenant t WHERE t.tenant_id {tx.Dialect.In("tenants")} ORDER BY t.tenant_id",
        new { tenants, month, since });

    /// <summary>Messages and which of them are charged, as Reports has counted them (half a minute behind), tokens and cost of models; days with nothing are left out.</summary>
    public static Task<List<UsageDay>> Days(Tx tx, long tenantId, long since) => tx.Query<UsageDay>("""
        SELECT d.day AS "Day", CAST(sum(d.messages_in) AS BIGINT) AS "MessagesIn", CAST(sum(d.messages_out) AS BIGINT) AS "MessagesOut",
          CAST(sum(d.tokens) AS BIGINT) AS "Tokens", CAST(sum(d.cost) AS BIGINT) AS "CostMicros",
          CAST(sum(d.charged) AS BIGINT) AS "Charged"
        FROM (
          SELECT r.bucket / 86400000000 AS day, CASE WHEN r.author = 1 THEN r.messages ELSE 0 END AS messages_in,
            CASE WHEN r.author > 1 THEN r.messages ELSE 0 END AS messages_out, 0 AS tokens, 0 AS cost, 0 AS charged
          FROM report_total r WHERE r.tenant_id = @tenantId AND r.agent_id = -1 AND r.bucket >= @since
          UNION ALL
          SELECT u.at / 86400000000, 0, 0, u.input_tokens + u.output_tokens, u.cost_micros, 0 FROM ai_usage u WHERE u.tenant_id = @tenantId AND u.at >= @since
          UNION ALL
          SELECT m.bucket / 86400000000, 0, 0, 0, 0, m.times FROM report_mark m WHERE m.tenant_id = @tenantId AND m.kind = 3 AND m.bucket >= @since
        ) AS d GROUP BY d.day ORDER BY d.day
        """, new { tenantId, since });
}
