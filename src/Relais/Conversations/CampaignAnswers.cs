using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations;

/// <summary>Which campaign a customer's message answers: the last one that reached them in this conversation, once, within a week.</summary>
internal static class CampaignAnswers
{
    private const long Counts = 7 * Instants.Day;

    /// <param name="seq">Of the customer's message.</param>
    /// <param name="at">When it came, microseconds UTC.</param>
    public static Task<long?> Of(Tx tx, long tenantId, long conversationId, long seq, long at) => tx.QueryFirst<long?>("""
        SELECT u.source_id FROM message m JOIN unasked_send u ON u.tenant_id = m.tenant_id AND u.message_id = m.id
        WHERE m.tenant_id = @tenantId AND m.conversation_id = @conversationId AND m.seq < @seq AND u.kind = 'campaign' AND m.status IN (1, 3, 4)
          AND m.created_at > @since
          AND NOT EXISTS (SELECT 1 FROM message i WHERE i.tenant_id = m.tenant_id AND i.conversation_id = m.conversation_id
            AND i.seq > m.seq AND i.seq < @seq AND i.author = @client)
        ORDER BY m.seq DESC LIMIT 1
        """, new { tenantId, conversationId, seq, since = at - Counts, client = (long)Author.Customer });
}
