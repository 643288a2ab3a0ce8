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
    public static async Task<long> Open(Tx tx, long tenantId, long contactId, long inboxId, long freshId, long now) =>
        (await Open(tx, [new FirstWords(tenantId, contactId, inboxId, freshId, now)])).Single();

    /// <summary>The same for many contacts, each once; the ids of their conversations, in no order.</summary>
    public static async Task<List<long>> Open(Tx tx, IReadOnlyList<FirstWords> contacts) => await tx.Each(OpenRows, contacts, r => r.GetInt64(0));

    private static readonly Rows<FirstWords> OpenRows = new("""
        INSERT INTO conversation (tenant_id, id, inbox_id, contact_id, session_id, status, assignee, version, language, last_seq,
          last_inbound_seq, answered_seq, unread, last_inbound_at, last_message_at, created_at)
        SELECT r.tenant_id, r.id, r.inbox_id, r.contact_id, r.session_id, 1, 2, 1,
          (SELECT p.language FROM conversation p WHERE p.tenant_id = r.tenant_id AND p.contact_id = r.contact_id AND p.language IS NOT NULL
            ORDER BY p.id DESC LIMIT 1),
          0, 0, 0, 0,
          (SELECT max(e.last_inbound_at) FROM conversation e WHERE e.tenant_id = r.tenant_id AND e.contact_id = r.contact_id AND e.inbox_id = r.inbox_id),
          0, r.now
        FROM {rows} WHERE true
        ON CONFLICT (contact_id, inbox_id, tenant_id) WHERE status <> 3 DO UPDATE SET version = conversation.version
        RETURNING id
        """,
        Column<FirstWords>.Long("tenant_id", w => w.TenantId),
        Column<FirstWords>.Long("id", w => w.FreshId),
        Column<FirstWords>.Long("inbox_id", w => w.InboxId),
        Column<FirstWords>.Long("contact_id", w => w.ContactId),
        Column<FirstWords>.Text("session_id", _ => InboundStore.NewSession()),
        Column<FirstWords>.Long("now", w => w.Now));
}

/// <summary>A conversation and the number it is on.</summary>
internal sealed class ConversationPlace
{
    public long Id { get; init; }

    public long InboxId { get; init; }
}

/// <summary>Whom the business writes to on which number; <c>FreshId</c> is for the conversation when there is none open.</summary>
internal readonly record struct FirstWords(long TenantId, long ContactId, long InboxId, long FreshId, long Now);
