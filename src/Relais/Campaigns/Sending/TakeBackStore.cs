using Relais.Storage;

namespace Relais.Campaigns.Sending;

/// <summary>A message of a campaign that had not left.</summary>
internal readonly record struct TakenBack(long TenantId, long CampaignId, long Position, long MessageId, long ConversationId);

/// <summary>What of a campaign still waits in the outbox, and taking it back before it goes on the wire.</summary>
internal static class TakeBackStore
{
    private static readonly Rows<TakenBack> DeleteRows = new("""
        DELETE FROM outbox USING {rows} WHERE outbox.tenant_id = r.tenant_id AND outbox.message_id = r.message_id AND +outbox.state = 0
        RETURNING outbox.message_id
        """,
        Column<TakenBack>.Long("tenant_id", t => t.TenantId), Column<TakenBack>.Long("message_id", t => t.MessageId));

    // Sent again by the campaign, or not at all: a person does not repeat it from the thread.
    private static readonly Rows<(TakenBack Row, string Why)> MessageRows = new("""
        UPDATE message SET status = 5, error_text = r.words, retried_as = message.id FROM {rows}
        WHERE message.tenant_id = r.tenant_id AND message.id = r.message_id
        """,
        Column<(TakenBack Row, string Why)>.Long("tenant_id", t => t.Row.TenantId),
        Column<(TakenBack Row, string Why)>.Long("message_id", t => t.Row.MessageId),
        Column<(TakenBack Row, string Why)>.Text("words", t => t.Why));

    private static readonly Rows<TakenBack> WaitRows = new("""
        UPDATE campaign_recipient SET state = 0, message_id = NULL, at = NULL FROM {rows}
        WHERE campaign_recipient.tenant_id = r.tenant_id AND campaign_recipient.campaign_id = r.campaign_id AND campaign_recipient.position = r.pos
          AND +campaign_recipient.state = 1
        """,
        Column<TakenBack>.Long("tenant_id", t => t.TenantId), Column<TakenBack>.Long("campaign_id", t => t.CampaignId),
        Column<TakenBack>.Long("pos", t => t.Position));

    /// <summary>True while a message of it is queued or on the wire.</summary>
    public static async Task<bool> IsUnderway(Tx tx, long tenantId, long campaignId, long inboxId) => await tx.QueryFirst<long?>("""
        SELECT o.message_id FROM outbox o JOIN campaign_recipient r ON r.message_id = o.message_id AND r.tenant_id = o.tenant_id
        WHERE o.tenant_id = @tenantId AND o.inbox_id = @inboxId AND o.state < 2 AND r.campaign_id = @campaignId LIMIT 1
        """, new { tenantId, campaignId, inboxId }) is not null;

    /// <summary>
    /// Takes back so many at most; they wait again. What goes on the wire in this moment stays. Returns them, and whether there may be more.
    /// </summary>
    public static async Task<(List<TakenBack> Back, bool IsMore)> TakeBack(Tx tx, long tenantId, long campaignId, long inboxId, string why, int limit)
    {
        var found = await tx.Query<Queued>("""
            SELECT r.position AS "Position", r.message_id AS "MessageId", o.conversation_id AS "ConversationId"
            FROM outbox o JOIN campaign_recipient r ON r.message_id = o.message_id AND r.tenant_id = o.tenant_id
            WHERE o.tenant_id = @tenantId AND o.inbox_id = @inboxId AND o.state = 0 AND r.campaign_id = @campaignId AND r.state = 1
            ORDER BY r.message_id LIMIT @limit
            """, new { tenantId, campaignId, inboxId, limit });
        if (found.Count == 0)
        {
            return ([], false);
        }

        var rows = found.ConvertAll(q => new TakenBack(tenantId, campaignId, q.Position, q.MessageId, q.ConversationId));
        HashSet<long> gone = [.. await tx.Each(DeleteRows, rows, r => r.GetInt64(0))];
        var back = rows.FindAll(r => gone.Contains(r.MessageId));
        await tx.Each(MessageRows, back.ConvertAll(r => (r, why)));
        await tx.Each(WaitRows, back);
        return (back, found.Count == limit);
    }

    private sealed class Queued
    {
        public long Position { get; init; }

        public long MessageId { get; init; }

        public long ConversationId { get; init; }
    }
}
