using Relais.Storage;

namespace Relais.Desk.Composer;

/// <summary>A draft as stored.</summary>
internal sealed class Draft
{
    public long TenantId { get; init; }

    public long AgentId { get; init; }

    public long ConversationId { get; init; }

    public string Text { get; init; } = "";

    public long IsNote { get; init; }

    public long? ReplyTo { get; init; }

    public string? Data { get; init; }

    public long UpdatedAt { get; init; }
}

internal static class DraftStore
{
    private const string Columns = """
        tenant_id AS "TenantId", agent_id AS "AgentId", conversation_id AS "ConversationId", text AS "Text", is_note AS "IsNote",
        reply_to AS "ReplyTo", data AS "Data", updated_at AS "UpdatedAt"
        """;

    public static Task<Draft?> Find(Tx tx, long tenantId, long agentId, long conversationId) => tx.QueryFirst<Draft>(
        $"SELECT {Columns} FROM draft WHERE tenant_id = @tenantId AND agent_id = @agentId AND conversation_id = @conversationId",
        new { tenantId, agentId, conversationId });

    /// <summary>A person's own, latest first.</summary>
    public static Task<List<Draft>> Of(Tx tx, long tenantId, long agentId, int limit) => tx.Query<Draft>(
        $"SELECT {Columns} FROM draft WHERE tenant_id = @tenantId AND agent_id = @agentId ORDER BY updated_at DESC, conversation_id LIMIT @limit",
        new { tenantId, agentId, limit });

    public static Task Keep(Tx tx, Draft draft) => tx.Execute("""
        INSERT INTO draft (tenant_id, agent_id, conversation_id, text, is_note, reply_to, data, updated_at)
        VALUES (@TenantId, @AgentId, @ConversationId, @Text, @IsNote, @ReplyTo, @Data, @UpdatedAt)
        ON CONFLICT (tenant_id, agent_id, conversation_id) DO UPDATE SET
          text = excluded.text, is_note = excluded.is_note, reply_to = excluded.reply_to, data = excluded.data, updated_at = excluded.updated_at
        """, draft);

    public static Task Delete(Tx tx, long tenantId, long agentId, long conversationId) => tx.Execute(
        "DELETE FROM draft WHERE tenant_id = @tenantId AND agent_id = @agentId AND conversation_id = @conversationId",
        new { tenantId, agentId, conversationId });
}
