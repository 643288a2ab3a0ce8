using Relais.Storage;

namespace Relais.Conversations;

/// <summary>Messages by the name the provider knows them under.</summary>
internal static class QuotedMessageStore
{
    /// <summary>Null when the message is not of this conversation, or the provider never took it.</summary>
    public static Task<string?> ProviderId(Tx tx, long tenantId, long conversationId, long messageId) => tx.QueryFirst<string>(
        "SELECT provider_id FROM message WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND id = @messageId",
        new { tenantId, conversationId, messageId });

    /// <summary>The other way round: our id of it, or null.</summary>
    public static Task<long?> OurId(Tx tx, long tenantId, long conversationId, string providerId) => tx.QueryFirst<long?>(
        "SELECT id FROM message WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND provider_id = @providerId",
        new { tenantId, conversationId, providerId });

    /// <summary>Of the customer's last message; null when they never wrote.</summary>
    public static Task<string?> LastInbound(Tx tx, long tenantId, long conversationId) => tx.QueryFirst<string>("""
        SELECT provider_id FROM message
        WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND author = 1 AND provider_id IS NOT NULL
        ORDER BY seq DESC LIMIT 1
        """, new { tenantId, conversationId });
}
