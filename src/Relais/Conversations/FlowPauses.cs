using Relais.Storage;

namespace Relais.Conversations;

/// <summary>What happens to a conversation's flow when its owner changes. The flow itself is the engine's.</summary>
internal static class FlowPauses
{
    /// <summary>A person has it: the flow waits for what becomes of it.</summary>
    public static Task Pause(Tx tx, long tenantId, long conversationId, long now) => tx.Execute("""
        UPDATE flow_session SET status = 2, updated_at = @now WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND status = 1
        """, new { tenantId, conversationId, now });

    /// <summary>People give it back. True when the flow goes on, at the step where it stood; otherwise it has ended.</summary>
    public static async Task<bool> GiveBack(Tx tx, long tenantId, long conversationId, long now) => await tx.QueryFirst<long>("""
        UPDATE flow_session SET status = CASE on_release WHEN 1 THEN 1 ELSE 5 END, due_at = CASE on_release WHEN 1 THEN @now END,
          reason = CASE on_release WHEN 1 THEN 'resumed' ELSE 'released' END, ended_at = CASE on_release WHEN 1 THEN ended_at ELSE @now END, updated_at = @now
        WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND status = 2
        RETURNING on_release
        """, new { tenantId, conversationId, now }) == 1;

    public static Task End(Tx tx, long tenantId, long conversationId, string reason, long now) => tx.Execute("""
        UPDATE flow_session SET status = 5, reason = @reason, due_at = NULL, ended_at = @now, updated_at = @now
        WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND status IN (1, 2)
        """, new { tenantId, conversationId, reason, now });
}
