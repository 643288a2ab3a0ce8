using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants;

/// <summary>A token as stored: only its hash.</summary>
internal sealed record NewSession(
    long Id, string TokenHash, long AgentId, long? TenantId, string Kind, string Name, long CreatedAt, long? ExpiresAt)
{
    /// <summary>Where it was opened from, as far as known.</summary>
    public string? Address { get; init; }

    /// <summary>The browser's own words.</summary>
    public string? UserAgent { get; init; }
}

/// <summary>A live session with whom it speaks for.</summary>
internal sealed class SessionRow
{
    public long Id { get; init; }

    public string Kind { get; init; } = "";

    public long AgentId { get; init; }

    public string Email { get; init; } = "";

    public string AgentName { get; init; } = "";

    public long IsPlatform { get; init; }

    public long LastUsedAt { get; init; }

    /// <summary>Null for a platform administrator who belongs to no tenant.</summary>
    public long? TenantId { get; init; }

    public string? Role { get; init; }

    public string? TenantName { get; init; }

    public string? Language { get; init; }

    /// <summary>Since when the platform lets nobody of this tenant in; null: it does.</summary>
    public long? SuspendedAt { get; init; }

    /// <summary>The session a platform administrator came from; null: nobody came into a foreign tenant.</summary>
    public long? EnteredFrom { get; init; }

    /// <summary>The membership's own; null: the role's.</summary>
    public string? Rights { get; init; }

    public string? Sees { get; init; }

    /// <summary>Of an API key; null: all that its person has.</summary>
    public string? Scopes { get; init; }

    /// <summary>Of an API key; null: every customer.</summary>
    public string? Contacts { get; init; }

    public long? ExpiresAt { get; init; }

    /// <summary>1 when the tenant wants an authenticator app of everybody.</summary>
    public long RequiresTotp { get; init; }

    public long HasTotp { get; init; }
}

/// <summary>
/// Sessions and API keys, looked up by the exact hash of a token before a tenant is known (Scope.Directory). A row counts only
/// while it is not revoked, not too old, not idle too long, and its agent and membership are not disabled.
/// </summary>
internal static class SessionStore
{
    public const string Session = "session";
    public const string ApiKey = "api_key";

    public const long IdleLimit = 7 * Instants.Day;
    public const long AbsoluteLimit = 30 * Instants.Day;

    private const string Live = """
        SELECT s.id AS "Id", s.kind AS "Kind", a.id AS "AgentId", a.email AS "Email", coalesce(m.name, a.name) AS "AgentName",
          a.is_platform AS "IsPlatform", s.last_used_at AS "LastUsedAt", s.tenant_id AS "TenantId",
          CASE WHEN s.entered_from IS NULL THEN m.role ELSE 'owner' END AS "Role",
          t.name AS "TenantName", t.language AS "Language", t.suspended_at AS "SuspendedAt", s.entered_from AS "EnteredFrom",
          m.rights AS "Rights", m.sees AS "Sees", s.scopes AS "Scopes", s.contacts AS "Contacts", s.expires_at AS "ExpiresAt",
          coalesce(t.require_totp, 0) AS "RequiresTotp",
          (SELECT count(*) FROM totp o WHERE o.agent_id = a.id AND o.confirmed_at IS NOT NULL) AS "HasTotp"
        FROM session s
        JOIN agent a ON a.id = s.agent_id
        LEFT JOIN membership m ON m.tenant_id = s.tenant_id AND m.agent_id = s.agent_id AND m.disabled_at IS NULL
        LEFT JOIN tenant t ON t.tenant_id = s.tenant_id
        WHERE s.revoked_at IS NULL AND a.disabled_at IS NULL
          AND (s.expires_at IS NULL OR s.expires_at > @now)
          AND (s.kind = 'api_key' OR s.last_used_at > @now - @IdleLimit)
          AND ((s.tenant_id IS NULL AND a.is_platform = 1) OR m.role IS NOT NULL OR (s.entered_from IS NOT NULL AND a.is_platform = 1))
        """;

    public static Task<SessionRow?> FindByToken(Tx tx, string tokenHash, long now) =>
        tx.QueryFirst<SessionRow>($"{Live} AND s.token_hash = @tokenHash", new { tokenHash, now, IdleLimit });

    /// <summary>Null once it has ended or the tenant is suspended for this person.</summary>
    public static Task<SessionRow?> FindLive(Tx tx, long id, long now) =>
        tx.QueryFirst<SessionRow>($"{Live} AND s.id = @id AND (t.suspended_at IS NULL OR a.is_platform = 1)", new { id, now, IdleLimit });

    /// <summary>Also sweeps what that agent left behind, so that rows do not pile up.</summary>
    public static async Task Insert(Tx tx, NewSession session)
    {
        await tx.Execute("""
            DELETE FROM session WHERE agent_id = @AgentId AND kind = 'session'
              AND (revoked_at IS NOT NULL OR expires_at < @CreatedAt OR last_used_at < @CreatedAt - @IdleLimit)
            """, new { session.AgentId, session.CreatedAt, IdleLimit });
        await tx.Execute("""
            INSERT INTO session (id, token_hash, agent_id, tenant_id, kind, name, created_at, last_used_at, expires_at, address, user_agent)
            VALUES (@Id, @TokenHash, @AgentId, @TenantId, @Kind, @Name, @CreatedAt, @CreatedAt, @ExpiresAt, @Address, @UserAgent)
            """, session);
    }

    public static Task Touch(Tx tx, long id, long now) =>
        tx.Execute("UPDATE session SET last_used_at = @now WHERE id = @id AND last_used_at < @now", new { id, now });

    /// <summary>The same session under another token; the old one lets nobody in any more.</summary>
    public static Task Rename(Tx tx, long id, string tokenHash) =>
        tx.Execute("UPDATE session SET token_hash = @tokenHash WHERE id = @id AND revoked_at IS NULL", new { id, tokenHash });

    public static Task Revoke(Tx tx, long id, long now) =>
        tx.Execute("UPDATE session SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL", new { id, now });

    /// <summary>Whoever else is signed in as this person is not any more; API keys have an end of their own.</summary>
    public static Task RevokeOthers(Tx tx, long agentId, long keep, long now) => tx.Execute("""
        UPDATE session SET revoked_at = @now WHERE agent_id = @agentId AND kind = 'session' AND id <> @keep AND revoked_at IS NULL
        """, new { agentId, keep, now });
}
