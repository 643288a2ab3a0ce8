using Relais.Storage;

namespace Relais.Tenants.People;

/// <summary>A one-time link as stored: only the hash of its token.</summary>
internal sealed record Invitation(long TenantId, long Id, long AgentId, string TokenHash, long InvitedBy, long CreatedAt, long ExpiresAt);

/// <summary>Whom a link is for.</summary>
internal sealed class Invited
{
    public long TenantId { get; init; }

    public long AgentId { get; init; }

    public string Email { get; init; } = "";
}

internal static class InvitationStore
{
    /// <summary>The newest link of a person is the only one that works.</summary>
    public static async Task Replace(Tx tx, Invitation invitation)
    {
        await tx.Execute("DELETE FROM invitation WHERE tenant_id = @TenantId AND agent_id = @AgentId", invitation);
        await tx.Execute("""
            INSERT INTO invitation (tenant_id, id, agent_id, token_hash, invited_by, created_at, expires_at)
            VALUES (@TenantId, @Id, @AgentId, @TokenHash, @InvitedBy, @CreatedAt, @ExpiresAt)
            """, invitation);
    }

    /// <summary>Null for a link that is unknown, was used, is too old, or is for somebody who was shut out. In Scope.Directory: the tenant is what it finds.</summary>
    public static Task<Invited?> Find(Tx tx, string tokenHash, long now) => tx.QueryFirst<Invited>("""
        SELECT i.tenant_id AS "TenantId", i.agent_id AS "AgentId", m.email AS "Email" FROM invitation i
        JOIN membership m ON m.tenant_id = i.tenant_id AND m.agent_id = i.agent_id
        JOIN agent a ON a.id = i.agent_id
        WHERE i.token_hash = @tokenHash AND i.expires_at > @now AND m.disabled_at IS NULL AND a.disabled_at IS NULL
        """, new { tokenHash, now });

    /// <summary>They have joined another way: the link is of no use any more.</summary>
    public static Task Clear(Tx tx, long tenantId, long agentId) =>
        tx.Execute("DELETE FROM invitation WHERE tenant_id = @tenantId AND agent_id = @agentId", new { tenantId, agentId });

    /// <summary>True once, for a link that <see cref="Find"/> found.</summary>
    public static async Task<bool> Use(Tx tx, long tenantId, string tokenHash) =>
        await tx.Execute("DELETE FROM invitation WHERE tenant_id = @tenantId AND token_hash = @tokenHash", new { tenantId, tokenHash }) == 1;
}
