using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>Closed, open again, put aside, seen.</summary>
internal sealed partial class DeskActions
{
    /// <summary>Ends the conversation, with the closing message if asked. The customer's next message opens a new one.</summary>
    public async Task<DeskResult> Close(Tx tx, long tenantId, long id, Actor? actor, bool saysGoodbye, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        await TakeBack(tx, conversation, ids);
        await tx.Execute("""
            UPDATE conversation SET status = 3, version = version + 1, closed_at = @now, unread = 0, answered_seq = last_inbound_seq,
              waiting_since = NULL, awaited = 0, snoozed_until = NULL, release_at = NULL, release_on_close = 0
            WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, now = clock.Micros });
        await FlowPauses.End(tx, tenantId, id, "closed", clock.Micros);
        await Note(tx, conversation, "closed", actor?.AgentId, null, ids);
        if (conversation.ReleaseOnClose == 1)
        {
            await Note(tx, conversation, "released", actor?.AgentId, "at closing", ids);
        }

        return new DeskResult.Done(saysGoodbye ? await SayOwn(tx, conversation, conversation.Version + 1, DeskTexts.Closed, actor, ids) : null);
    }

    /// <summary>
    /// Opens a closed conversation again, for whoever asks; one that is put aside comes back and stays whose it was. Where the customer has
    /// a newer one, that is the one to go on in.
    /// </summary>
    public async Task<DeskResult> Reopen(Tx tx, long tenantId, long id, Actor actor, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is { } open)
        {
            return open.Status == ConversationStatus.Snoozed ? await Unsnooze(tx, open, actor, "by hand", ids) : new DeskResult.Done();
        }

        if (await ConversationStore.Find(tx, tenantId, id) is not { } conversation)
        {
            return new DeskResult.Refused(Problems.NotFound);
        }

        if (await tx.Execute("""
            UPDATE conversation SET status = 1, assignee = 3, agent_id = @agent, version = version + 1, closed_at = NULL
            WHERE tenant_id = @tenantId AND id = @id AND status = 3 AND NOT EXISTS (SELECT 1 FROM conversation n WHERE n.tenant_id = @tenantId
              AND n.contact_id = @contact AND n.inbox_id = @inbox AND n.status <> 3)
            """, new { tenantId, id, agent = actor.AgentId, contact = conversation.ContactId, inbox = conversation.InboxId }) == 0)
        {
            return new DeskResult.Refused(Problems.NewerConversation);
        }

        await Note(tx, conversation, "reopened", actor.AgentId, null, ids);
        return new DeskResult.Done();
    }

    /// <summary>Puts the conversation aside until a time, or until the customer writes. Who has it stays.</summary>
    public async Task<DeskResult> Snooze(Tx tx, long tenantId, long id, Actor actor, long until, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        await tx.Execute("""
            UPDATE conversation SET status = 2, snoozed_until = @until, snoozed_seq = last_inbound_seq WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, until });
        await TimerStore.Set(tx, tenantId, id, TimerStore.Snooze, until);
        await Note(tx, conversation, "snoozed", actor.AgentId, Moment(until), ids);
        return new DeskResult.Done();
    }

    /// <summary>Marks what the customer wrote as seen by a person.</summary>
    public Task<DeskResult> Read(Tx tx, long tenantId, long id, IdRange ids) =>
        Set(tx, tenantId, id, "UPDATE conversation SET unread = 0 WHERE tenant_id = @tenantId AND id = @id", 0, ids);

    /// <summary>Marks it as not seen, so that somebody looks again.</summary>
    public Task<DeskResult> Unread(Tx tx, long tenantId, long id, IdRange ids) => Set(
        tx, tenantId, id, "UPDATE conversation SET unread = CASE WHEN unread > 0 THEN unread ELSE 1 END WHERE tenant_id = @tenantId AND id = @id", 0, ids);

    /// <param name="tx">The transaction.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="priority">0 to 3.</param>
    /// <param name="ids">Reserved.</param>
    public Task<DeskResult> Prioritise(Tx tx, long tenantId, long id, long priority, IdRange ids) =>
        Set(tx, tenantId, id, "UPDATE conversation SET priority = @value WHERE tenant_id = @tenantId AND id = @id", priority, ids);

    private async Task<DeskResult> Set(Tx tx, long tenantId, long id, string update, long value, IdRange ids)
    {
        if (await ConversationStore.Find(tx, tenantId, id) is not { } conversation)
        {
            return new DeskResult.Refused(Problems.NotFound);
        }

        await tx.Execute(update, new { tenantId, id, value });
        await Changed(tx, conversation, ids);
        return new DeskResult.Done();
    }

    private async Task<DeskResult> Unsnooze(Tx tx, Conversation conversation, Actor? actor, string why, IdRange ids)
    {
        await tx.Execute("""
            UPDATE conversation SET status = 1, snoozed_until = NULL WHERE tenant_id = @TenantId AND id = @Id AND status = 2
            """, new { conversation.TenantId, conversation.Id });
        await Note(tx, conversation, "unsnoozed", actor?.AgentId, why, ids);
        return new DeskResult.Done();
    }
}
