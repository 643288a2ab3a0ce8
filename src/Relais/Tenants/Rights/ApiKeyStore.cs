using Relais.Storage;

namespace Relais.Tenants.Rights;

/// <summary>An API key as people see it: everything but the key.</summary>
internal sealed class ApiKey
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Its first characters; null for one made before they were kept.</summary>
    public string? TokenStart { get; init; }

    public long AgentId { get; init; }

    public string AgentName { get; init; } = "";

    public string? Scopes { get; init; }

    public string? Contacts { get; init; }

    public long CreatedAt { get; init; }

    public long LastUsedAt { get; init; }

    public long? ExpiresAt { get; init; }
}

/// <summary>API keys are sessions of their own kind: what is said of them besides is here.</summary>
internal static class ApiKeyStore
{
    public const string TokenPrefix = "rk_";

    /// <summary>Enough to tell keys apart, and far from enough to guess one.</summary>
    public const int ShownLength = 9;

    private const string Columns = """
        s.id AS "Id", s.name AS "Name", s.token_start AS "TokenStart", s.agent_id AS "AgentId", m.name AS "AgentName", s.scopes AS "Scopes",
        s.contacts AS "Contacts", s.created_at AS "CreatedAt", s.last_used_at AS "LastUsedAt", s.expires_at AS "ExpiresAt"
        """;

    private const string From = """
        FROM session s JOIN membership m ON m.tenant_id = s.tenant_id AND m.agent_id = s.agent_id
        WHERE s.tenant_id = @tenantId AND s.kind = 'api_key' AND s.revoked_at IS NULL
        """;

    /// <summary>In the order they were made, ended ones too, revoked ones not.</summary>
    public static Task<List<ApiKey>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<ApiKey>(
        $"SELECT {Columns} {From} AND s.id > @after ORDER BY s.id LIMIT @limit", new { tenantId, after, limit });

    public static Task<ApiKey?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<ApiKey>($"SELECT {Columns} {From} AND s.id = @id", new { tenantId, id });

    /// <summary>What is said of a key that was just put in.</summary>
    public static Task Describe(Tx tx, long? tenantId, long id, string token, string? scopes, string? contacts) => tx.Execute("""
        UPDATE session SET token_start = @start, scopes = @scopes, contacts = @contacts
        WHERE id = @id AND coalesce(tenant_id, 0) = @tenant AND kind = 'api_key'
        """, new { id, tenant = tenantId ?? 0, start = token[..ShownLength], scopes, contacts });

    /// <summary>False when there is none.</summary>
    public static async Task<bool> Revoke(Tx tx, long tenantId, long id, long now) => await tx.Execute("""
        UPDATE session SET revoked_at = @now WHERE tenant_id = @tenantId AND id = @id AND kind = 'api_key' AND revoked_at IS NULL
        """, new { tenantId, id, now }) == 1;

    /// <summary>When the key of this hash ended; null while it has not, or is none, or was revoked.</summary>
    public static async Task<long?> ExpiredAt(Tx tx, string tokenHash, long now) => await tx.QueryFirst<long>("""
        SELECT expires_at FROM session
        WHERE token_hash = @tokenHash AND kind = 'api_key' AND revoked_at IS NULL AND expires_at <= @now
        """, new { tokenHash, now }) is var at and > 0 ? at : null;

    /// <summary>How many of these customers there are here.</summary>
    /// <summary>A key's customers as they are stored: ids apart by spaces; null: every one.</summary>
    public static IReadOnlyList<long>? ContactsOf(string? stored) =>
        stored is null ? null : [.. stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];

    public static Task<long> CountContacts(Tx tx, long tenantId, IReadOnlyList<long> ids) => tx.QueryFirst<long>($"""
        SELECT count(*) FROM contact
        WHERE tenant_id = @tenantId AND merged_into IS NULL AND id {tx.Dialect.In("ids")}
        """, new { tenantId, ids = ids.ToArray() });
}
