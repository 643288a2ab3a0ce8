using Relais.Storage;

namespace Relais.Health.Numbers;

/// <summary>The last self-test of a number.</summary>
internal sealed class StoredCheck
{
    public long TenantId { get; init; }

    public long InboxId { get; init; }

    public long CheckedAt { get; init; }

    public long IsOk { get; init; }

    public string? DisplayName { get; init; }

    public string? Quality { get; init; }

    public string? Tier { get; init; }

    public string? Throughput { get; init; }

    public long? TokenExpiresAt { get; init; }

    /// <summary>JSON, as it was answered.</summary>
    public string Results { get; init; } = "[]";
}

/// <summary>What storage knows of a number's health.</summary>
/// <param name="Check">Its last self-test, or null.</param>
/// <param name="Waiting">Messages queued or on the wire.</param>
/// <param name="LastErrorId">Of its newest error, or null.</param>
/// <param name="CriticalAt">When its newest critical error came, or null.</param>
/// <param name="SentAt">When the provider last took a message of it, as far as the call log tells.</param>
/// <param name="TemplatesPending">Templates of its account that wait for approval.</param>
internal sealed record InboxFacts(StoredCheck? Check, long Waiting, long? LastErrorId, long? CriticalAt, long? SentAt, long TemplatesPending);

/// <summary>What the health page of a number reads and the self-test writes.</summary>
internal static class InboxHealthStore
{
    /// <summary>Calls looked back at for the last accepted send: a page must not read a log of millions.</summary>
    private const int LookBack = 500;

    /// <summary>Webhooks looked back at.</summary>
    private const int WebhookLookBack = 2000;

    public static async Task<InboxFacts> Facts(Tx tx, long tenantId, long inboxId)
    {
        var args = new { tenantId, inboxId, most = LookBack };
        return new InboxFacts(
            await tx.QueryFirst<StoredCheck>("""
                SELECT tenant_id AS "TenantId", inbox_id AS "InboxId", checked_at AS "CheckedAt", is_ok AS "IsOk", display_name AS "DisplayName",
                  quality AS "Quality", tier AS "Tier", throughput AS "Throughput", token_expires_at AS "TokenExpiresAt", results AS "Results"
                FROM inbox_check WHERE tenant_id = @tenantId AND inbox_id = @inboxId
                """, args),
            await tx.QueryFirst<long>("SELECT count(*) FROM outbox WHERE tenant_id = @tenantId AND inbox_id = @inboxId AND state < 2", args),
            await tx.QueryFirst<long?>("SELECT id FROM error_log WHERE tenant_id = @tenantId AND inbox_id = @inboxId ORDER BY id DESC LIMIT 1", args),
            await tx.QueryFirst<long?>("""
                SELECT at FROM error_log WHERE tenant_id = @tenantId AND inbox_id = @inboxId AND is_critical = 1 ORDER BY id DESC LIMIT 1
                """, args),
            await tx.QueryFirst<long?>("""
                SELECT max(late.at) FROM (
                  SELECT inbox_id, operation, outcome, at FROM provider_call WHERE tenant_id = @tenantId ORDER BY id DESC LIMIT @most) AS late
                WHERE late.inbox_id = @inboxId AND late.operation = 'send' AND late.outcome = 'accepted'
                """, args),
            await tx.QueryFirst<long>("""
                SELECT count(*) FROM message_template t JOIN inbox i ON i.tenant_id = t.tenant_id AND i.connection_id = t.connection_id
                WHERE t.tenant_id = @tenantId AND i.id = @inboxId AND t.status IN ('creating', 'pending') AND t.deleted_at IS NULL
                """, args));
    }

    /// <summary>When each connection last posted something whose signature was right; in Scope.Directory, webhooks belong to no tenant.</summary>
    public static async Task<Dictionary<long, long>> LastWebhooks(Tx tx) => (await tx.Query<Last>("""
        SELECT late.connection_id AS "ConnectionId", max(late.received_at) AS "At"
        FROM (SELECT connection_id, received_at FROM received_webhook ORDER BY id DESC LIMIT @most) AS late GROUP BY late.connection_id
        """, new { most = WebhookLookBack })).ToDictionary(l => l.ConnectionId, l => l.At);

    public static Task Keep(Tx tx, StoredCheck check) => tx.Execute("""
        INSERT INTO inbox_check (tenant_id, inbox_id, checked_at, is_ok, display_name, quality, tier, throughput, token_expires_at, results)
        VALUES (@TenantId, @InboxId, @CheckedAt, @IsOk, @DisplayName, @Quality, @Tier, @Throughput, @TokenExpiresAt, @Results)
        ON CONFLICT (tenant_id, inbox_id) DO UPDATE SET checked_at = excluded.checked_at, is_ok = excluded.is_ok,
          display_name = coalesce(excluded.display_name, inbox_check.display_name), quality = coalesce(excluded.quality, inbox_check.quality),
          tier = coalesce(excluded.tier, inbox_check.tier), throughput = coalesce(excluded.throughput, inbox_check.throughput),
          token_expires_at = excluded.token_expires_at, results = excluded.results
        """, check);

    private sealed class Last
    {
        public long ConnectionId { get; init; }

        public long At { get; init; }
    }
}
