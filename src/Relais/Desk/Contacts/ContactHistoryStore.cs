using Relais.Conversations;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants.Rights;

namespace Relais.Desk.Contacts;

/// <summary>A conversation of a customer's past, as read.</summary>
internal sealed class PastConversation
{
    public long Id { get; init; }

    public long InboxId { get; init; }

    public string InboxName { get; init; } = "";

    public ConversationStatus Status { get; init; }

    public Assignee Assignee { get; init; }

    public long? AgentId { get; init; }

    public string? AgentName { get; init; }

    public string? HandoffReason { get; init; }

    public string? LastMessage { get; init; }

    public long Messages { get; init; }

    public long CreatedAt { get; init; }

    public long? ClosedAt { get; init; }
}

/// <summary>A message that nobody asked for, as read.</summary>
internal sealed class UnaskedMessage
{
    public long Id { get; init; }

    public long ConversationId { get; init; }

    public string Kind { get; init; } = "";

    public long? SourceId { get; init; }

    public string Basis { get; init; } = "";

    public SendPurpose Purpose { get; init; }

    public string Consent { get; init; } = "";

    public long WindowOpen { get; init; }

    public string? Text { get; init; }

    public DeliveryStatus Status { get; init; }

    public long At { get; init; }
}

/// <summary>What a customer and the business have had with each other.</summary>
internal static class ContactHistoryStore
{
    /// <summary>Newest first.</summary>
    public static Task<List<PastConversation>> Conversations(Tx tx, long tenantId, long contactId, long before, int limit, Sight? sight) => tx.Query<PastConversation>($"""
        SELECT c.id AS "Id", c.inbox_id AS "InboxId", i.name AS "InboxName", c.status AS "Status", c.assignee AS "Assignee", c.agent_id AS "AgentId",
          a.name AS "AgentName", c.handoff_reason AS "HandoffReason", c.last_message AS "LastMessage", c.last_seq AS "Messages",
          c.created_at AS "CreatedAt", c.closed_at AS "ClosedAt"
        FROM conversation c JOIN inbox i ON i.tenant_id = c.tenant_id AND i.id = c.inbox_id
        LEFT JOIN membership a ON a.tenant_id = c.tenant_id AND a.agent_id = c.agent_id
        WHERE c.tenant_id = @tenantId AND c.contact_id = @contactId AND c.id < @before
          {(sight is null ? "" : $"AND {sight.OfConversation("c")}")} ORDER BY c.id DESC LIMIT @limit
        """, Seen(sight, tenantId, contactId, before, limit));

    private static object Seen(Sight? sight, long tenantId, long contactId, long before, int limit) => sight is null
        ? new { tenantId, contactId, before, limit }
        : sight.With(("tenantId", tenantId), ("contactId", contactId), ("before", before), ("limit", limit));

    /// <summary>Newest first.</summary>
    public static Task<List<UnaskedMessage>> Unasked(Tx tx, long tenantId, long contactId, long before, int limit) => tx.Query<UnaskedMessage>("""
        SELECT u.message_id AS "Id", m.conversation_id AS "ConversationId", u.kind AS "Kind", u.source_id AS "SourceId", u.basis AS "Basis",
          u.purpose AS "Purpose", u.consent AS "Consent", u.window_open AS "WindowOpen", m.content AS "Text", m.status AS "Status", u.at AS "At"
        FROM unasked_send u JOIN message m ON m.tenant_id = u.tenant_id AND m.id = u.message_id
        WHERE u.tenant_id = @tenantId AND u.contact_id = @contactId AND u.message_id < @before ORDER BY u.message_id DESC LIMIT @limit
        """, new { tenantId, contactId, before, limit });

    /// <summary>Ids of messages that are files, newest first.</summary>
    public static Task<List<long>> Files(Tx tx, long tenantId, long contactId, long before, int limit) => tx.Query<long>("""
        SELECT m.id FROM conversation c JOIN message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
        WHERE c.tenant_id = @tenantId AND c.contact_id = @contactId AND m.id < @before AND m.deleted_at IS NULL
          AND m.type IN ('image', 'video', 'audio', 'document', 'sticker')
        ORDER BY m.id DESC LIMIT @limit
        """, new { tenantId, contactId, before, limit });
}
