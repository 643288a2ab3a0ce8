using Relais.Storage;

namespace Relais.Engine.Drafts;

/// <summary>Suggestions: on the customer's message they answer, which is the last of those it looked at.</summary>
internal static class DraftStore
{
    /// <summary>
    /// Counts a suggestion as made up to a message; null when nobody waits for it any more (answered, closed). The other way of the
    /// answer is the customer's last message by now.
    /// </summary>
    public static Task<long?> Settle(Tx tx, Turn turn, long seen, string? language) => tx.QueryFirst<long?>("""
        UPDATE conversation SET drafted_seq = @seen, language = coalesce(CAST(@language AS TEXT), language)
        WHERE tenant_id = @TenantId AND id = @ConversationId AND status <> 3 AND assignee <> 1 AND answered_seq < @seen AND drafted_seq <= @seen
        RETURNING last_inbound_seq
        """, new { turn.TenantId, turn.ConversationId, seen, language });

    /// <summary>Gives a conversation that the AI agent had to people; false when somebody has it already.</summary>
    public static async Task<bool> HandOver(Tx tx, Turn turn, string reason) => await tx.Execute("""
        UPDATE conversation SET assignee = 5, version = version + 1, handoff_reason = @reason, awaited = 2, waiting_since = coalesce(waiting_since, last_inbound_at)
        WHERE tenant_id = @TenantId AND id = @ConversationId AND assignee = 2 AND version = @Version
        """, new { turn.TenantId, turn.ConversationId, turn.Version, reason }) > 0;

    /// <summary>Puts the suggestion on its message, and takes those off that it replaces; null only takes off.</summary>
    public static Task Put(Tx tx, Turn turn, string? text) => tx.Execute("""
        UPDATE message SET ai_suggestion = CASE WHEN id = @messageId THEN CAST(@text AS TEXT) END
        WHERE tenant_id = @TenantId AND conversation_id = @ConversationId AND author = 1 AND (id = @messageId OR (ai_suggestion IS NOT NULL
          AND seq > (SELECT c.answered_seq FROM conversation c WHERE c.tenant_id = @TenantId AND c.id = @ConversationId)))
        """, new { turn.TenantId, turn.ConversationId, messageId = turn.Unanswered[^1].Id, text });

    /// <summary>A person has asked for it: the same messages need no other.</summary>
    public static Task Asked(Tx tx, Turn turn, long seen) => tx.Execute("""
        UPDATE conversation SET drafted_seq = @seen WHERE tenant_id = @TenantId AND id = @ConversationId AND drafted_seq < @seen
        """, new { turn.TenantId, turn.ConversationId, seen });
}
