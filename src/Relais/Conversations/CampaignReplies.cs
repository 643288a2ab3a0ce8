using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations;

/// <summary>A campaign's message that a customer may be answering.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="MessageId">Its message.</param>
/// <param name="At">When it was queued, microseconds UTC.</param>
internal sealed record CampaignReply(long CampaignId, long MessageId, long At);

/// <summary>Which campaign a conversation's customer heard of last, for flows and people: seven days long.</summary>
internal static class CampaignReplies
{
    private const long Window = 7 * Instants.Day;

    /// <summary>The last one that reached the customer of this conversation in the last seven days; null when there is none.</summary>
    /// <param name="now">Microseconds UTC.</param>
    public static async Task<CampaignReply?> Of(Tx tx, long tenantId, long conversationId, long now)
    {
        var found = await tx.QueryFirst<Row>("""
            SELECT r.campaign_id AS "CampaignId", r.message_id AS "MessageId", r.at AS "At" FROM conversation c
            JOIN campaign_recipient r ON r.tenant_id = c.tenant_id AND r.contact_id = c.contact_id AND r.state = 1
            JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id AND m.status IN (1, 3, 4)
            WHERE c.tenant_id = @tenantId AND c.id = @conversationId AND r.at > @since AND m.inbox_id = c.inbox_id
            ORDER BY r.at DESC LIMIT 1
            """, new { tenantId, conversationId, since = now - Window });
        return found is null ? null : new CampaignReply(found.CampaignId, found.MessageId, found.At);
    }

    private sealed class Row
    {
        public long CampaignId { get; init; }

        public long MessageId { get; init; }

        public long At { get; init; }
    }
}
