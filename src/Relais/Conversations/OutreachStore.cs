using Relais.Storage;

namespace Relais.Conversations;

/// <summary>Conversations that the business begins.</summary>
internal static class OutreachStore
{
    /// <summary>0 also for one that was merged into another: it has no address any more.</summary>
    public static Task<long> ContactExists(Tx tx, long tenantId, long contactId) => tx.QueryFirst<long>(
        "SELECT count(*) FROM contact WHERE tenant_id = @tenantId AND id = @contactId AND merged_into IS NULL", new { tenantId, contactId });

    /// <summary>The number on which this customer and the business last spoke, or null.</summary>
    public static Task<long?> LastInbox(Tx tx, long tenantId, long contactId) => tx.QueryFirst<long?>("""
        SELECT inbox_id FROM conversation WHERE tenant_id = @tenantId AND contact_id = @contactId ORDER BY last_message_at DESC, id DESC LIMIT 1
        """, new { tenantId, contactId });

    /// <summary>The conversation in which this customer and the business last spoke, open ones first; null when they never did.</summary>
    public static Task<ConversationPlace?> LastConversation(Tx tx, long tenantId, long contactId) => tx.QueryFirst<ConversationPlace>("""
        SELECT id AS "Id", inbox_id AS "InboxId" FROM conversation WHERE tenant_id = @tenantId AND contact_id = @contactId
        ORDER BY CASE WHEN status = 3 THEN 1 ELSE 0 END, last_message_at DESC, id DESC LIMIT 1
        """, new { tenantId, contactId });

    /// <summary>
    /// The open conversation of this customer on this number, opened with <paramref name="freshId"/> when there is none: the AI
    /// agent answers what comes back. The service window is the customer's, not the conversation's: an earlier one keeps it open.
    /// </summary>
    public static Task<long> Open(Tx tx, long tenantId, long contactId, long inboxId, long freshId, long now) => tx.QueryFirst<long>("""
        INSERT INTO conversation (tenant_id, id, inbox_id, contact_id, session_id, status, assignee, version, language, last_seq,
          last_inbound_seq, answered_seq, unread, last_inbound_at, last_message_at, created_at)
        SELECT @tenantId, @freshId, @inboxId, @contactId, @session, 1, 2, 1,
          (SELECT p.language FROM conversation p WHERE p.tenant_id = @tenantId AND p.contact_id = @contactId AND p.language IS NOT NULL
            ORDER BY p.id DESC LIMIT 1),
          0, 0, 0, 0,
          (SELECT max(e.last_inbound_at) FROM conversation e WHERE e.tenant_id = @tenantId AND e.contact_id = @contactId AND e.inbox_id = @inboxId),
          0, @now
        WHERE true
        ON CONFLICT (contact_id, inbox_id, tenant_id) WHERE status <> 3 DO UPDATE SET version = conversation.version
        RETURNING id
        """, new { tenantId, contactId, inboxId, freshId, now, session = InboundStore.NewSession() });
}

/// <summary>A conversation and the number it is on.</summary>
internal sealed class ConversationPlace
{
    public long Id { get; init; }

    public long InboxId { get; init; }
}
