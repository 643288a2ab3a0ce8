using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Teams;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>What the verbs share.</summary>
internal sealed partial class DeskActions
{
    private static bool IsOwnedBy(Conversation conversation, Actor actor) =>
        conversation.Assignee == Assignee.Agent && conversation.AgentId == actor.AgentId;

    private static async Task<Conversation?> Open(Tx tx, long tenantId, long id)
    {
        // The write comes first: it takes the row, so that nobody else changes the owner between our look and our act.
        var touched = await tx.Execute(
            "UPDATE conversation SET version = version WHERE tenant_id = @tenantId AND id = @id AND status <> 3", new { tenantId, id });
        return touched == 0 ? null : await ConversationStore.Find(tx, tenantId, id);
    }

    /// <summary>A person has answered all there is.</summary>
    private static Task Answered(Tx tx, long tenantId, long id) => tx.Execute(
        "UPDATE conversation SET answered_seq = last_inbound_seq, unread = 0, waiting_since = NULL, awaited = 0 WHERE tenant_id = @tenantId AND id = @id",
        new { tenantId, id });

    private static async Task<DeskResult> Missing(Tx tx, long tenantId, long id) => new DeskResult.Refused(
        await ConversationStore.Find(tx, tenantId, id) is null ? Problems.NotFound : Problems.ConversationClosed);

    private async Task<long> Own(Tx tx, Conversation conversation, Assignee assignee, long? agentId, IdRange ids)
    {
        await TakeBack(tx, conversation, ids);
        if (conversation.Assignee == Assignee.Flow && assignee != Assignee.Flow)
        {
            await FlowPauses.Pause(tx, conversation.TenantId, conversation.Id, clock.Micros);
        }

        return await tx.QueryFirst<long>("""
            UPDATE conversation SET assignee = @assignee, agent_id = @agentId, version = version + 1, status = 1, awaited = 0,
              snoozed_until = NULL, release_at = NULL, release_on_close = 0, passed_by = NULL
            WHERE tenant_id = @TenantId AND id = @Id RETURNING version
            """, new { conversation.TenantId, conversation.Id, assignee = (long)assignee, agentId });
    }

    /// <summary>Takes back automatic answers that have not left.</summary>
    private async Task TakeBack(Tx tx, Conversation conversation, IdRange ids)
    {
        var taken = await tx.Query<long>("""
            DELETE FROM outbox WHERE tenant_id = @TenantId AND conversation_id = @Id AND automatic = 1 AND state < 2 AND state = 0 RETURNING message_id
            """, new { conversation.TenantId, conversation.Id });
        foreach (var messageId in taken)
        {
            await tx.Execute("""
                UPDATE message SET status = 5, error_text = 'A person took over before this answer left.'
                WHERE tenant_id = @TenantId AND id = @messageId
                """, new { conversation.TenantId, messageId });
        }

        await changes.Append(tx, taken.Take(ToldTakenBack).Select(messageId => new Change(
            ids.Next(), conversation.TenantId, "message.updated", conversation.Id, messageId, conversation.InboxId, clock.Micros)).ToList());
    }

    private async Task Note(Tx tx, Conversation conversation, string type, long? agentId, string? detail, IdRange ids)
    {
        await events.Add(tx, new ConversationEvent(conversation.TenantId, ids.Next(), conversation.Id, type, agentId, detail, clock.Micros));
        await Changed(tx, conversation, ids);
        CrashPoint.Pass(CrashPoint.DeskWriting);
    }

    private Task Changed(Tx tx, Conversation conversation, IdRange ids) => changes.Append(tx,
        [new Change(ids.Next(), conversation.TenantId, "conversation.updated", conversation.Id, null, conversation.InboxId, clock.Micros)]);

    private async Task<long> Say(Tx tx, Conversation conversation, long version, Author author, long? agentId, Saying saying, IdRange ids) =>
        (await gate.Enqueue(tx, [Request(conversation, version, author, agentId, saying)], ids))[0].MessageId;

    /// <summary>One of the system's own sentences, in the business's words; null when nothing is said.</summary>
    private async Task<long?> SayOwn(Tx tx, Conversation conversation, long version, string name, Actor? actor, IdRange ids) =>
        MaySpeak(conversation)
        && await DeskTextStore.Say(tx, conversation.TenantId, name, conversation.Language, actor?.Name) is { Length: > 0 } text
            ? await Say(tx, conversation, version, Author.System, actor?.AgentId, new Saying(text), ids)
            : null;

    private static SendRequest Request(Conversation conversation, long version, Author author, long? agentId, Saying saying) => new(
        conversation.TenantId, conversation.Id, conversation.InboxId, version, conversation.LastInboundAt,
        conversation.ContactOptedOutAt, author, agentId, saying.Content)
    {
        Quotes = saying.Quotes,
        BlockedAt = conversation.ContactBlockedAt,
    };

    /// <summary>Whether the system's own sentences may go out.</summary>
    private bool MaySpeak(Conversation conversation) =>
        conversation.ContactBlockedAt is null && ServiceWindow.IsOpen(conversation.LastInboundAt, clock.Micros);
}
