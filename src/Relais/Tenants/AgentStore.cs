using Relais.Storage;

namespace Relais.Tenants;

/// <summary>
/// Agents and their memberships. The agent table (password hashes) is read in Scope.Directory only; a tenant's own requests
/// see memberships, which repeat name and e-mail for that reason.
/// </summary>
internal static class AgentStore
{
    private const string Columns = """
        id AS "Id", email AS "Email", name AS "Name", password_hash AS "PasswordHash", is_platform AS "IsPlatform",
        created_at AS "CreatedAt", disabled_at AS "DisabledAt"
        """;

    private const string MemberColumns = """
        tenant_id AS "TenantId", agent_id AS "AgentId", role AS "Role", name AS "Name", email AS "Email", created_at AS "CreatedAt"
        """;

    public static Task<Agent?> FindByEmail(Tx tx, string email) =>
        tx.QueryFirst<Agent>($"SELECT {Columns} FROM agent WHERE email = @email", new { email });

    public static async Task<bool> AnyExists(Tx tx) => await tx.QueryFirst<long>("SELECT id FROM agent LIMIT 1") != 0;

    /// <summary>False when the e-mail address is taken.</summary>
    public static async Task<bool> Insert(Tx tx, Agent agent) => await tx.Execute("""
        INSERT INTO agent (id, email, name, password_hash, is_platform, created_at)
        VALUES (@Id, @Email, @Name, @PasswordHash, @IsPlatform, @CreatedAt) ON CONFLICT (email) DO NOTHING
        """, agent) == 1;

    public static Task Rehash(Tx tx, long id, string oldHash, string newHash) => tx.Execute(
        "UPDATE agent SET password_hash = @newHash WHERE id = @id AND password_hash = @oldHash", new { id, oldHash, newHash });

    /// <summary>Shuts somebody out of every tenant at once.</summary>
    public static async Task Disable(Tx tx, long id, long now)
    {
        await tx.Execute("UPDATE agent SET disabled_at = @now WHERE id = @id AND disabled_at IS NULL", new { id, now });
        await tx.Execute("UPDATE membership SET disabled_at = @now WHERE agent_id = @id AND disabled_at IS NULL", new { id, now });
        await tx.Execute("UPDATE session SET revoked_at = @now WHERE agent_id = @id AND revoked_at IS NULL", new { id, now });
    }

    public static Task Join(Tx tx, Membership membership) => tx.Execute("""
        INSERT INTO membership (tenant_id, agent_id, role, name, email, created_at)
        VALUES (@TenantId, @AgentId, @Role, @Name, @Email, @CreatedAt)
        """, membership);

    /// <summary>Where somebody lands after sign-in: the oldest tenant they belong to; null when there is none.</summary>
    public static Task<long?> FirstTenant(Tx tx, long agentId) => tx.QueryFirst<long?>("""
        SELECT tenant_id FROM membership WHERE agent_id = @agentId AND disabled_at IS NULL ORDER BY tenant_id LIMIT 1
        """, new { agentId });

    /// <summary>Null when nobody owns the tenant.</summary>
    public static Task<Membership?> FirstOwner(Tx tx, long tenantId) => tx.QueryFirst<Membership>($"""
        SELECT {MemberColumns} FROM membership WHERE tenant_id = @tenantId AND role = 'owner' AND disabled_at IS NULL
        ORDER BY agent_id LIMIT 1
        """, new { tenantId });

    public static Task<Agent?> Find(Tx tx, long id) => tx.QueryFirst<Agent>($"SELECT {Columns} FROM agent WHERE id = @id", new { id });

    public static Task SetPassword(Tx tx, long id, string hash) => tx.Execute("UPDATE agent SET password_hash = @hash WHERE id = @id", new { id, hash });
}
