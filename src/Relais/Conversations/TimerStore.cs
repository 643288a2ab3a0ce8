using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations;

/// <summary>
/// What comes due in a conversation by itself (Desk/DeskWorker carries it out). A timer only says when to look: whether what it was
/// set for still holds stands in the conversation, so nobody has to take one back.
/// </summary>
internal static class TimerStore
{
    public const string Snooze = "snooze";
    public const string Release = "release";
    public const string Reassign = "reassign";
    public const string Viewers = "viewers";

    public static Task Set(Tx tx, long tenantId, long conversationId, string kind, long dueAt) => tx.Execute("""
        INSERT INTO conversation_timer (tenant_id, conversation_id, kind, due_at) VALUES (@tenantId, @conversationId, @kind, @dueAt)
        ON CONFLICT (tenant_id, conversation_id, kind) DO UPDATE SET due_at = excluded.due_at
        """, new { tenantId, conversationId, kind, dueAt });

    /// <summary>For a hand-off that was given to a member, where the business wants it passed on.</summary>
    public static Task StartReassign(Tx tx, long tenantId, long conversationId, long now) => tx.Execute("""
        INSERT INTO conversation_timer (tenant_id, conversation_id, kind, due_at)
        SELECT t.tenant_id, @conversationId, @kind, @now + t.reassign_minutes * @minute FROM tenant t
        WHERE t.tenant_id = @tenantId AND t.reassign_minutes IS NOT NULL
        ON CONFLICT (tenant_id, conversation_id, kind) DO UPDATE SET due_at = excluded.due_at
        """, new { tenantId, conversationId, kind = Reassign, now, minute = Instants.Minute });

    /// <summary>(tenant, conversation) with something due, of all tenants.</summary>
    public static async Task<List<(long TenantId, long ConversationId)>> Due(Tx tx, long now, int most) => (await tx.Query<DueTimer>("""
        SELECT DISTINCT tenant_id AS "TenantId", conversation_id AS "ConversationId"
        FROM (SELECT tenant_id, conversation_id FROM conversation_timer WHERE due_at <= @now ORDER BY due_at LIMIT @most) AS due
        """, new { now, most })).ConvertAll(d => (d.TenantId, d.ConversationId));

    /// <summary>The kinds that are due, which are no longer set then.</summary>
    public static Task<List<string>> Take(Tx tx, long tenantId, long conversationId, long now) => tx.Query<string>("""
        DELETE FROM conversation_timer WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND due_at <= @now RETURNING kind
        """, new { tenantId, conversationId, now });

    private sealed class DueTimer
    {
        public long TenantId { get; init; }

        public long ConversationId { get; init; }
    }
}
