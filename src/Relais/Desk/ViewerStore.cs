using Relais.Storage;

namespace Relais.Desk;

/// <summary>Who looks at which conversation.</summary>
internal static class ViewerStore
{
    /// <summary>What they did before, or null.</summary>
    public static Task<string?> State(Tx tx, long tenantId, long conversationId, long agentId) => tx.QueryFirst<string>("""
        SELECT state FROM conversation_viewer WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND agent_id = @agentId
        """, new { tenantId, conversationId, agentId });

    public static Task Put(Tx tx, long tenantId, long conversationId, long agentId, string state, long now) => tx.Execute("""
        INSERT INTO conversation_viewer (tenant_id, conversation_id, agent_id, state, seen_at) VALUES (@tenantId, @conversationId, @agentId, @state, @now)
        ON CONFLICT (tenant_id, conversation_id, agent_id) DO UPDATE SET state = excluded.state, seen_at = excluded.seen_at
        """, new { tenantId, conversationId, agentId, state, now });

    public static Task<int> Remove(Tx tx, long tenantId, long conversationId, long agentId) => tx.Execute("""
        DELETE FROM conversation_viewer WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND agent_id = @agentId
        """, new { tenantId, conversationId, agentId });

    /// <summary>Those not heard of since; returns how many went.</summary>
    public static Task<int> RemoveOld(Tx tx, long tenantId, long conversationId, long before) => tx.Execute("""
        DELETE FROM conversation_viewer WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND seen_at <= @before
        """, new { tenantId, conversationId, before });

    /// <summary>When the one was heard of who was heard of least lately; null for nobody.</summary>
    public static Task<long?> Oldest(Tx tx, long tenantId, long conversationId) => tx.QueryFirst<long?>("""
        SELECT min(seen_at) FROM conversation_viewer WHERE tenant_id = @tenantId AND conversation_id = @conversationId
        """, new { tenantId, conversationId });
}
