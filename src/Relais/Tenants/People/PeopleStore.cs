using Relais.Storage;

namespace Relais.Tenants.People;

/// <summary>The people of a tenant, those who were invited and those who were shut out among them.</summary>
internal static class PeopleStore
{
    private const string Columns = """
        tenant_id AS "TenantId", agent_id AS "AgentId", name AS "Name", email AS "Email", role AS "Role", invited_until AS "InvitedUntil",
        disabled_at AS "DisabledAt", has_totp AS "HasTotp", rights AS "OwnRights", sees AS "OwnSees"
        """;

    /// <summary>In the order they joined; those who can sign in now, or everybody. <paramref name="after"/> is the last id already read.</summary>
    public static Task<List<Person>> Page(Tx tx, long tenantId, bool everybody, long after, int limit) => tx.Query<Person>($"""
        SELECT {Columns} FROM membership WHERE tenant_id = @tenantId AND agent_id > @after
          {(everybody ? "" : "AND disabled_at IS NULL AND invited_until IS NULL")} ORDER BY agent_id LIMIT @limit
        """, new { tenantId, after, limit });

    public static Task<Person?> Find(Tx tx, long tenantId, long agentId) => tx.QueryFirst<Person>(
        $"SELECT {Columns} FROM membership WHERE tenant_id = @tenantId AND agent_id = @agentId", new { tenantId, agentId });

    /// <summary>Owners besides this person who can sign in. Locks them on PostgreSQL, so that two owners cannot demote each other at once.</summary>
    public static async Task<bool> HasOtherOwner(Tx tx, long tenantId, long agentId) => (await tx.Query<long>($"""
        SELECT agent_id FROM membership
        WHERE tenant_id = @tenantId AND role = 'owner' AND disabled_at IS NULL AND invited_until IS NULL
        ORDER BY agent_id {(tx.Dialect.IsPostgres ? "FOR UPDATE" : "")}
        """, new { tenantId })).Exists(owner => owner != agentId);

    public static Task Change(Tx tx, long tenantId, long agentId, string name, string role, long? disabledAt) => tx.Execute("""
        UPDATE membership SET name = @name, role = @role, disabled_at = @disabledAt WHERE tenant_id = @tenantId AND agent_id = @agentId
        """, new { tenantId, agentId, name, role, disabledAt });

    /// <param name="tx">Where.</param>
    /// <param name="tenantId">Of which business.</param>
    /// <param name="agentId">Whose.</param>
    /// <param name="rights">Words; null: what the role includes.</param>
    /// <param name="sees">null: all.</param>
    public static Task SetRights(Tx tx, long tenantId, long agentId, string? rights, string? sees) => tx.Execute("""
        UPDATE membership SET rights = @rights, sees = @sees WHERE tenant_id = @tenantId AND agent_id = @agentId
        """, new { tenantId, agentId, rights, sees });

    public static Task SetInvited(Tx tx, long tenantId, long agentId, long? until) => tx.Execute(
        "UPDATE membership SET invited_until = @until WHERE tenant_id = @tenantId AND agent_id = @agentId", new { tenantId, agentId, until });

    /// <summary>Their sessions and API keys for this tenant.</summary>
    public static Task EndSessions(Tx tx, long tenantId, long agentId, long now) => tx.Execute("""
        UPDATE session SET revoked_at = @now WHERE tenant_id = @tenantId AND agent_id = @agentId AND revoked_at IS NULL
        """, new { tenantId, agentId, now });

    /// <summary>True when a link for a new password may be made here: no other tenant's doors open with it, nor the installation's.</summary>
    /// <param name="tx">In Scope.Directory: other tenants are looked at.</param>
    /// <param name="tenantId">Whose people these are.</param>
    /// <param name="agentId">For whom the link is.</param>
    public static async Task<bool> BelongsHereAlone(Tx tx, long tenantId, long agentId) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM agent a WHERE a.id = @agentId AND a.is_platform = 0
          AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.agent_id = a.id AND m.tenant_id <> @tenantId)
        """, new { tenantId, agentId }) == 1;
}
