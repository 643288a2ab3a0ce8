using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>A customer's open conversation, with what the gate needs to know of it.</summary>
internal sealed record Addressed(long TenantId, long ContactId, long ConversationId, long InboxId, long Version, long LastInboundSeq, bool IsWithPeople)
{
    public long? LastInboundAt { get; init; }

    public long? OptedOutAt { get; init; }

    public long? BlockedAt { get; init; }

    /// <summary>fr, en or ar; the tenant's when the customer's is not known.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>Something unasked for this customer.</summary>
    public SendRequest Unasked(Channels.OutboundContent content, Author author, UnaskedWhy why, SendPurpose purpose) =>
        new(TenantId, ConversationId, InboxId, Version, LastInboundAt, OptedOutAt, author, null, content)
        {
            BlockedAt = BlockedAt, Unasked = true, Why = why, Purpose = purpose,
        };
}

/// <summary>Finds where a customer is written to when the business speaks first; opens the conversation when there is none.</summary>
internal sealed class Addressing(InboxDirectory inboxes, Clock clock)
{
    private static readonly Rows<(long TenantId, long ConversationId)> Rows = new("""
        SELECT c.tenant_id, c.contact_id, c.id, c.inbox_id, c.version, c.last_inbound_seq, c.assignee, c.last_inbound_at,
          k.opted_out_at, k.blocked_at, coalesce(c.language, t.language)
        FROM {rows}
        JOIN conversation c ON c.tenant_id = r.tenant_id AND c.id = r.conversation_id
        JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        JOIN tenant t ON t.tenant_id = c.tenant_id
        WHERE k.merged_into IS NULL
        """,
        Column<(long TenantId, long ConversationId)>.Long("tenant_id", c => c.TenantId),
        Column<(long TenantId, long ConversationId)>.Long("conversation_id", c => c.ConversationId));

    /// <summary>
    /// One customer, on <paramref name="inboxId"/> or else the number they last spoke on, or the only one. Takes one id. Null when there
    /// is no such contact or no number to choose.
    /// </summary>
    public async Task<Addressed?> Contact(Tx tx, long tenantId, long contactId, long? inboxId, IdRange ids) =>
        await Inbox(tx, tenantId, contactId, inboxId) is { } inbox && Own(tenantId).Contains(inbox) && await OutreachStore.ContactExists(tx, tenantId, contactId) > 0
            ? (await Contacts(tx, tenantId, [contactId], inbox, ids)).SingleOrDefault()
            : null;

    /// <summary>
    /// The number a customer is written from: the one that is asked for, if it is the tenant's; else the only one, or the one they last
    /// spoke on, which may be connected no more. Null when that is not clear.
    /// </summary>
    public async Task<long?> Inbox(Tx tx, long tenantId, long contactId, long? asked)
    {
        var own = Own(tenantId);
        return asked is { } wanted ? own.Contains(wanted) ? wanted : null
            : own.Count == 1 ? own[0]
            : await OutreachStore.LastInbox(tx, tenantId, contactId);
    }

    /// <summary>Many customers on one number, each named once; takes an id each. A merged contact is not in the answer.</summary>
    public async Task<List<Addressed>> Contacts(Tx tx, long tenantId, IReadOnlyList<long> contacts, long inboxId, IdRange ids)
    {
        var now = clock.Micros;
        var open = await OutreachStore.Open(tx, [.. contacts.Select(c => new FirstWords(tenantId, c, inboxId, ids.Next(), now))]);
        return await Conversations(tx, tenantId, open);
    }

    /// <summary>As they stand now.</summary>
    public static Task<List<Addressed>> Conversations(Tx tx, long tenantId, IReadOnlyList<long> conversations) =>
        tx.Each(Rows, [.. conversations.Select(id => (tenantId, id))], r => new Addressed(
            r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5),
            (Assignee)r.GetInt64(6) is Assignee.Agent or Assignee.Team)
        {
            LastInboundAt = r.Long(7), OptedOutAt = r.Long(8), BlockedAt = r.Long(9), Language = r.Text(10) ?? "fr",
        });

    private List<long> Own(long tenantId) => [.. inboxes.Inboxes.Where(i => i.TenantId == tenantId).Select(i => i.Id)];
}
