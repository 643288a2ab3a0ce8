using Relais.Storage;

namespace Relais.Conversations;

/// <summary>A customer changed or deleted an earlier message of theirs.</summary>
/// <param name="TenantId">Whose conversation.</param>
/// <param name="InboxId">The number it was written to.</param>
/// <param name="ContactId">Who says so: only their own messages are touched.</param>
/// <param name="ProviderId">The original's.</param>
/// <param name="EditedAt">When it was changed, or null.</param>
/// <param name="DeletedAt">When it was deleted, or null.</param>
internal sealed record MessageMark(long TenantId, long InboxId, long ContactId, string ProviderId, long? EditedAt, long? DeletedAt);

/// <summary>An original that bears a mark now.</summary>
internal readonly record struct MarkedMessage(long TenantId, long MessageId, long ConversationId, long InboxId, long Seq, bool IsDeleted);

/// <summary>Marks on customers' messages. The text stays for people to see beside the mark; no turn answers what was deleted.</summary>
internal static class MessageMarks
{
    private static readonly Rows<MessageMark> MarkRows = new("""
        UPDATE message SET edited_at = coalesce(r.edited_at, message.edited_at), deleted_at = coalesce(message.deleted_at, r.deleted_at),
          skipped = CASE WHEN r.deleted_at IS NULL THEN message.skipped ELSE 1 END
        FROM {rows} JOIN provider_key k ON k.tenant_id = r.tenant_id AND k.inbox_id = r.inbox_id AND k.provider_id = r.provider_id
        WHERE message.tenant_id = k.tenant_id AND message.id = k.message_id AND message.author = 1 AND EXISTS (
          SELECT 1 FROM conversation c WHERE c.tenant_id = message.tenant_id AND c.id = message.conversation_id AND c.contact_id = r.contact_id)
        RETURNING message.tenant_id, message.id, message.conversation_id, message.inbox_id, message.seq, message.deleted_at
        """,
        Column<MessageMark>.Long("tenant_id", m => m.TenantId),
        Column<MessageMark>.Long("inbox_id", m => m.InboxId),
        Column<MessageMark>.Long("contact_id", m => m.ContactId),
        Column<MessageMark>.Text("provider_id", m => m.ProviderId),
        Column<MessageMark>.Long("edited_at", m => m.EditedAt),
        Column<MessageMark>.Long("deleted_at", m => m.DeletedAt));

    // As if something new had come: a decision that has seen the message is discarded, and the turn is looked at without it.
    private static readonly Rows<MarkedMessage> ReconsiderRows = new("""
        UPDATE conversation SET last_inbound_seq = conversation.last_seq FROM {rows}
        WHERE conversation.tenant_id = r.tenant_id AND conversation.id = r.conversation_id AND conversation.answered_seq < r.seq
          AND conversation.assignee = 2 AND conversation.status <> 3
        RETURNING conversation.tenant_id, conversation.id
        """,
        Column<MarkedMessage>.Long("tenant_id", m => m.TenantId),
        Column<MarkedMessage>.Long("conversation_id", m => m.ConversationId),
        Column<MarkedMessage>.Long("seq", m => m.Seq));

    /// <summary>Puts the marks on; an original that is not here, or not this customer's, gets none.</summary>
    public static async Task<List<MarkedMessage>> Apply(Tx tx, IReadOnlyList<MessageMark> marks)
    {
        // One statement touches a row once: of several edits of one message the last counts, and a removal beside them.
        var merged = marks.GroupBy(m => (m.InboxId, m.ProviderId, m.ContactId))
            .Select(g => g.First() with { EditedAt = g.Max(m => m.EditedAt), DeletedAt = g.Min(m => m.DeletedAt) })
            .OrderBy(m => m.ProviderId, StringComparer.Ordinal).ToList();
        return await tx.Each(MarkRows, merged, row => new MarkedMessage(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.Long(5) is not null));
    }

    /// <summary>The conversations whose turn has to be looked at again because an unanswered message of them is gone.</summary>
    public static Task<List<(long TenantId, long ConversationId)>> Reconsider(Tx tx, IReadOnlyList<MarkedMessage> deleted) => tx.Each(
        ReconsiderRows, [.. deleted.OrderBy(m => m.Seq).DistinctBy(m => m.ConversationId).OrderBy(m => m.ConversationId)],
        row => (row.GetInt64(0), row.GetInt64(1)));
}
