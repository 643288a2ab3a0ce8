using Relais.Storage;
using Relais.Tenants;

namespace Relais.Platform;

/// <summary>A platform administrator's hour in somebody's tenant (Scope.Directory).</summary>
internal static class EntranceStore
{
    /// <summary>
    /// What they write names them, so they have a place among the people, shut out from the first moment: its owner sees that they were there,
    /// and it lets nobody in. Their session comes in by <c>entered_from</c>.
    /// </summary>
    public static Task LeaveTrace(Tx tx, Membership place) => tx.Execute("""
        INSERT INTO membership (tenant_id, agent_id, role, name, email, created_at, disabled_at)
        VALUES (@TenantId, @AgentId, @Role, @Name, @Email, @CreatedAt, @CreatedAt) ON CONFLICT (tenant_id, agent_id) DO NOTHING
        """, place);

    public static Task CameFrom(Tx tx, long tenantId, long sessionId, long from) => tx.Execute(
        "UPDATE session SET entered_from = @from WHERE tenant_id = @tenantId AND id = @sessionId", new { tenantId, sessionId, from });

    /// <summary>
    /// Gives the session somebody came from a new token, since nobody knows the old one here; false when it has ended meanwhile. An API key
    /// is left as it is.
    /// </summary>
    public static async Task<bool> GoBack(Tx tx, long sessionId, long agentId, string tokenHash, long now) => await tx.Execute("""
        UPDATE session SET token_hash = @tokenHash, last_used_at = @now
        WHERE id = (SELECT s.entered_from FROM session s WHERE s.id = @sessionId) AND agent_id = @agentId AND kind = 'session'
          AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)
        """, new { sessionId, agentId, tokenHash, now }) == 1;
}
