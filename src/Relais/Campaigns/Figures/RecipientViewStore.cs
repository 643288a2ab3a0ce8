using Relais.Foundation;
using Relais.Storage;

namespace Relais.Campaigns.Figures;

/// <summary>A recipient as people read it.</summary>
internal sealed class RecipientView
{
    public long Position { get; init; }

    public long? ContactId { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string Language { get; init; } = "";

    public string State { get; init; } = "";

    public string? Code { get; init; }

    public string? Reason { get; init; }

    public long? ConversationId { get; init; }

    public long? MessageId { get; init; }

    public long Tries { get; init; }

    public long? At { get; init; }

    public long? SentAt { get; init; }

    public long? DeliveredAt { get; init; }

    public long? ReadAt { get; init; }
}

/// <summary>So many recipients stand there.</summary>
internal sealed class StateCount
{
    public string State { get; init; } = "";

    public long Replied { get; init; }

    public long Ordered { get; init; }

    public long Count { get; init; }
}

/// <summary>Skipped or failed for one reason.</summary>
internal sealed class ReasonCount
{
    public string Code { get; init; } = "";

    public string? Example { get; init; }

    public long Count { get; init; }
}

/// <summary>An hour of a campaign; the hour as hours since 1970 UTC.</summary>
internal sealed class HourCount
{
    public long Hour { get; init; }

    public long Queued { get; init; }

    public long Delivered { get; init; }

    public long Read { get; init; }

    public long Failed { get; init; }
}

/// <summary>
/// What became of a campaign's recipients, read from the messages themselves: nothing is copied, so nothing can differ. A reply is the
/// customer's first words within seven days after the message was queued, in whatever conversation; an order is one made in that time.
/// </summary>
internal static class RecipientViewStore
{
    /// <summary>For so long a reply or an order counts as the campaign's.</summary>
    public const long Window = 7 * Instants.Day;

    /// <summary>Messages' times are ours, a conversation's last word may carry the provider's: a minute covers the difference.</summary>
    private const string Replied = """
        (r.at IS NOT NULL AND EXISTS (
          SELECT 1 FROM conversation c JOIN message i ON i.tenant_id = c.tenant_id AND i.conversation_id = c.id
          WHERE c.tenant_id = r.tenant_id AND c.contact_id = r.contact_id AND c.last_inbound_at > r.at - 60000000
            AND i.author = 1 AND i.created_at > r.at AND i.created_at <= r.at + 604800000000))
        """;

    private const string Ordered = """
        (r.at IS NOT NULL AND EXISTS (
          SELECT 1 FROM customer_order x WHERE x.tenant_id = r.tenant_id AND x.contact_id = r.contact_id
            AND x.created_at > r.at AND x.created_at <= r.at + 604800000000))
        """;

    private const string Delivery = """
        CASE WHEN r.state = 0 THEN 'queued' WHEN r.state = 2 THEN 'skipped' WHEN r.state = 3 THEN 'held_out'
          WHEN m.status = 4 THEN 'read' WHEN m.status = 3 THEN 'delivered' WHEN m.status = 2 THEN 'failed' WHEN m.status = 5 THEN 'skipped'
          WHEN o.state = 2 THEN 'uncertain' WHEN o.state = 3 THEN 'failed' WHEN m.status = 1 THEN 'sent' ELSE 'sending' END
        """;

    private const string From = """
        FROM campaign_recipient r
        LEFT JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
        LEFT JOIN outbox o ON o.tenant_id = r.tenant_id AND o.message_id = r.message_id
        """;

    /// <summary>Every state there is.</summary>
    public static IReadOnlyList<string> States { get; } =
        ["queued", "sending", "sent", "delivered", "read", "replied", "failed", "uncertain", "skipped", "held_out"];

    /// <summary>In the order of the list, after <paramref name="after"/>; of one state, or all.</summary>
    public static Task<List<RecipientView>> Page(Tx tx, long tenantId, long campaignId, string? state, long after, int limit) => tx.Query<RecipientView>($"""
        SELECT s.position AS "Position", s.contact_id AS "ContactId", k.name AS "Name", coalesce(k.phone, s.phone) AS "Phone", s.language AS "Language",
          s.told AS "State", s.code AS "Code", s.reason AS "Reason", s.conversation_id AS "ConversationId", s.message_id AS "MessageId", s.tries AS "Tries",
          s.at AS "At", s.sent_at AS "SentAt", s.delivered_at AS "DeliveredAt", s.read_at AS "ReadAt"
        FROM (
          SELECT r.tenant_id, r.position, r.contact_id, r.phone, r.language, r.conversation_id, r.message_id, r.tries, r.at,
            CASE WHEN r.state = 1 AND m.status IN (1, 3, 4) AND {Replied} THEN 'replied' ELSE {Delivery} END AS told,
            coalesce(r.reason_code, CAST(m.error_code AS TEXT)) AS code, coalesce(r.reason, m.error_text, o.reason) AS reason,
            m.sent_at, m.delivered_at, m.read_at
          {From} WHERE r.tenant_id = @tenantId AND r.campaign_id = @campaignId AND r.position > @after) s
        LEFT JOIN contact k ON k.tenant_id = s.tenant_id AND k.id = s.contact_id
        {(state is null ? "" : "WHERE s.told = @state")} ORDER BY s.position LIMIT @limit
        """, new { tenantId, campaignId, state, after, limit });

    public static Task<List<StateCount>> Counts(Tx tx, long tenantId, long campaignId) => tx.Query<StateCount>($"""
        SELECT told AS "State", replied AS "Replied", ordered AS "Ordered", count(*) AS "Count" FROM (
          SELECT {Delivery} AS told, CASE WHEN {Replied} THEN 1 ELSE 0 END AS replied, CASE WHEN {Ordered} THEN 1 ELSE 0 END AS ordered
          {From} WHERE r.tenant_id = @tenantId AND r.campaign_id = @campaignId) s
        GROUP BY told, replied, ordered
        """, new { tenantId, campaignId });

    /// <summary>Why recipients were skipped, the commonest first.</summary>
    public static Task<List<ReasonCount>> Skipped(Tx tx, long tenantId, long campaignId) => tx.Query<ReasonCount>("""
        SELECT coalesce(reason_code, '') AS "Code", min(reason) AS "Example", count(*) AS "Count" FROM campaign_recipient
        WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND state = 2 GROUP BY reason_code ORDER BY count(*) DESC, reason_code
        """, new { tenantId, campaignId });

    public static Task<List<ReasonCount>> Failed(Tx tx, long tenantId, long campaignId) => tx.Query<ReasonCount>("""
        SELECT coalesce(CAST(m.error_code AS TEXT), '') AS "Code", min(m.error_text) AS "Example", count(*) AS "Count"
        FROM campaign_recipient r JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
        WHERE r.tenant_id = @tenantId AND r.campaign_id = @campaignId AND r.state = 1 AND m.status = 2
        GROUP BY m.error_code ORDER BY count(*) DESC, m.error_code
        """, new { tenantId, campaignId });

    /// <summary>By the hour in which each message was queued.</summary>
    public static Task<List<HourCount>> Hours(Tx tx, long tenantId, long campaignId) => tx.Query<HourCount>("""
        SELECT r.at / 3600000000 AS "Hour", count(*) AS "Queued", coalesce(sum(CASE WHEN m.status IN (3, 4) THEN 1 ELSE 0 END), 0) AS "Delivered",
          coalesce(sum(CASE WHEN m.status = 4 THEN 1 ELSE 0 END), 0) AS "Read", coalesce(sum(CASE WHEN m.status = 2 THEN 1 ELSE 0 END), 0) AS "Failed"
        FROM campaign_recipient r JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
        WHERE r.tenant_id = @tenantId AND r.campaign_id = @campaignId AND r.state = 1 AND r.at IS NOT NULL
        GROUP BY r.at / 3600000000 ORDER BY r.at / 3600000000
        """, new { tenantId, campaignId });
}
