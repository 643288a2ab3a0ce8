using Relais.Storage;

namespace Relais.Platform;

/// <summary>Somebody who signs in here.</summary>
internal sealed class PlatformUser
{
    public long Id { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public long IsPlatform { get; init; }

    public long HasTotp { get; init; }

    public long CreatedAt { get; init; }

    public long? DisabledAt { get; init; }

    /// <summary>The last time one of their sessions or keys was used.</summary>
    public long? SeenAt { get; init; }
}

/// <summary>Somebody's place in a business.</summary>
internal sealed class PlatformPlace
{
    public long TenantId { get; init; }

    public string TenantName { get; init; } = "";

    public long AgentId { get; init; }

    public string Role { get; init; } = "";

    public long? InvitedUntil { get; init; }

    public long? DisabledAt { get; init; }
}

/// <summary>Everybody of the installation (Scope.Directory).</summary>
internal static class PlatformUserStore
{
    /// <summary>In the order they were made. <paramref name="part"/>: of their name or address (<see cref="LikeText.Asked"/>); null: everybody.</summary>
    public static Task<List<PlatformUser>> Page(Tx tx, string? part, long after, int limit) => tx.Query<PlatformUser>("""
        SELECT a.id AS "Id", a.email AS "Email", a.name AS "Name", a.is_platform AS "IsPlatform", a.created_at AS "CreatedAt", a.disabled_at AS "DisabledAt",
          (SELECT count(*) FROM totp o WHERE o.agent_id = a.id AND o.confirmed_at IS NOT NULL) AS "HasTotp",
          (SELECT max(s.last_used_at) FROM session s WHERE s.agent_id = a.id) AS "SeenAt"
        FROM agent a
        WHERE a.id > @after AND (CAST(@part AS TEXT) IS NULL OR lower(a.email) LIKE @part ESCAPE '!' OR lower(a.name) LIKE @part ESCAPE '!')
        ORDER BY a.id LIMIT @limit
        """, new { part, after, limit });

    /// <summary>Where these have a place, the oldest business first.</summary>
    public static Task<List<PlatformPlace>> Places(Tx tx, IReadOnlyList<long> agents) => tx.Query<PlatformPlace>($"""
        SELECT m.tenant_id AS "TenantId", t.name AS "TenantName", m.agent_id AS "AgentId", m.role AS "Role", m.invited_until AS "InvitedUntil",
          m.disabled_at AS "DisabledAt"
        FROM membership m JOIN tenant t ON t.tenant_id = m.tenant_id
        WHERE m.agent_id {tx.Dialect.In("agents")} ORDER BY m.agent_id, m.tenant_id
        """, new { agents = agents.ToArray() });
}
