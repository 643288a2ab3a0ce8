using Relais.Storage;

namespace Relais.Changes;

/// <summary>What happened, for those who watch. The rows themselves are read when it is told, so it carries ids alone.</summary>
/// <param name="Id">Reserved id.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="Type">conversation.updated, message.created, message.updated, template.updated.</param>
/// <param name="ConversationId">The conversation, if it concerns one.</param>
/// <param name="MessageId">The message, if it concerns one; of note.created and note.deleted the note, of order.* the order, of contact.updated the contact, of campaign.updated the campaign, of follow_up.updated the plan.</param>
/// <param name="InboxId">The inbox, if it concerns one.</param>
/// <param name="At">Microseconds UTC.</param>
internal readonly record struct Change(
    long Id, long TenantId, string Type, long? ConversationId, long? MessageId, long? InboxId, long At);

/// <summary>
/// In: changes, in the transaction that makes them. Out (<see cref="ChangeNumberer"/>): one gapless order of what was
/// committed. Watchers follow that order and never slow a writer.
/// </summary>
internal sealed class ChangeLog(Signals signals)
{
    private static readonly Rows<Change> AppendRows = new("""
        INSERT INTO change (tenant_id, id, type, conversation_id, message_id, inbox_id, at)
        SELECT r.tenant_id, r.id, r.type, r.conversation_id, r.message_id, r.inbox_id, r.at FROM {rows}
        """,
        Column<Change>.Long("tenant_id", c => c.TenantId),
        Column<Change>.Long("id", c => c.Id),
        Column<Change>.Text("type", c => c.Type),
        Column<Change>.Long("conversation_id", c => c.ConversationId),
        Column<Change>.Long("message_id", c => c.MessageId),
        Column<Change>.Long("inbox_id", c => c.InboxId),
        Column<Change>.Long("at", c => c.At));

    public async Task Append(Tx tx, IReadOnlyList<Change> changes)
    {
        if (changes.Count > 0)
        {
            await tx.Each(AppendRows, changes);
            tx.AfterCommit(signals.Changes.Raise);
        }
    }
}
