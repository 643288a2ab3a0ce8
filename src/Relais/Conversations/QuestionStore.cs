using Relais.Storage;

namespace Relais.Conversations;

/// <summary>A question of ours with many choices, as stored.</summary>
internal sealed class AskedQuestion
{
    public string Content { get; init; } = "";

    public string? Payload { get; init; }
}

/// <summary>Finds what a customer's tap answers.</summary>
internal static class QuestionStore
{
    /// <summary>The quoted question wherever it was asked, else the last one of this conversation; null for none.</summary>
    public static async Task<AskedQuestion?> Asked(Tx tx, long tenantId, long inboxId, long conversationId, string? quoted) =>
        (quoted is null ? null : await tx.QueryFirst<AskedQuestion>("""
            SELECT m.content AS "Content", m.payload AS "Payload"
            FROM provider_key k JOIN message m ON m.tenant_id = k.tenant_id AND m.id = k.message_id
            WHERE k.tenant_id = @tenantId AND k.inbox_id = @inboxId AND k.provider_id = @quoted AND m.author <> 1 AND m.type = 'choices'
            """, new { tenantId, inboxId, quoted }))
        ?? await tx.QueryFirst<AskedQuestion>("""
            SELECT content AS "Content", payload AS "Payload" FROM message
            WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND author <> 1 AND type = 'choices' ORDER BY seq DESC LIMIT 1
            """, new { tenantId, conversationId });
}
