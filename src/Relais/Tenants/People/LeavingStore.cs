using Relais.Storage;

namespace Relais.Tenants.People;

/// <summary>A conversation that was given back.</summary>
internal sealed class LeftConversation
{
    public long Id { get; init; }

    public long InboxId { get; init; }
}

/// <summary>What somebody who is shut out leaves behind: their customers wait for their team, or for anybody.</summary>
internal static class LeavingStore
{
    public static Task<List<LeftConversation>> GiveBack(Tx tx, long tenantId, long agentId, long now) => tx.Query<LeftConversation>("""
        UPDATE conversation SET agent_id = NULL, assignee = CASE WHEN team_id IS NULL THEN 5 ELSE 4 END, version = version + 1,
          waiting_since = coalesce(waiting_since, @now)
        WHERE tenant_id = @tenantId AND agent_id = @agentId AND assignee = 3 AND status <> 3
        RETURNING id AS "Id", inbox_id AS "InboxId"
        """, new { tenantId, agentId, now });

    /// <summary>How many that would be now.</summary>
    public static Task<long> Count(Tx tx, long tenantId, long agentId) => tx.QueryFirst<long>("""
        SELECT count(*) FROM conversation WHERE tenant_id = @tenantId AND agent_id = @agentId AND assignee = 3 AND status <> 3
        """, new { tenantId, agentId });
}
