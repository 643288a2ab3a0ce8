using Relais.Conversations;
using Relais.Conversations.Teams;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>What the desk does when something comes due in a conversation (<see cref="DeskWorker"/>), by the same rules as when a person asks.</summary>
internal sealed partial class DeskActions
{
    /// <summary>Takes the conversation's row for this transaction; null when it is closed or gone.</summary>
    public Task<Conversation?> Hold(Tx tx, long tenantId, long id) => Open(tx, tenantId, id);

    /// <summary>Back among the open ones, when its time has come or the customer has written since.</summary>
    public async Task ComeBack(Tx tx, Conversation conversation, IdRange ids)
    {
        var hasWritten = conversation.LastInboundSeq > conversation.SnoozedSeq;
        if (conversation.Status == ConversationStatus.Snoozed && (hasWritten || conversation.SnoozedUntil <= clock.Micros))
        {
            await Unsnooze(tx, conversation, null, hasWritten ? "the customer wrote" : "its time has come", ids);
        }
    }

    /// <summary>Gives back what was to be given back by now.</summary>
    public async Task ReleasePlanned(Tx tx, Conversation conversation, IdRange ids)
    {
        if (conversation.IsWithPeople && conversation.ReleaseAt <= clock.Micros)
        {
            await Release(tx, conversation.TenantId, conversation.Id, null, ids);
        }
    }

    /// <summary>
    /// A hand-off whose member has not answered goes to the next one of the team who is there and has room, else into the team's queue,
    /// where that member does not get it again by themselves.
    /// </summary>
    public async Task PassOn(Tx tx, Conversation conversation, IdRange ids)
    {
        if (conversation is not { Assignee: Assignee.Agent, AgentId: { } holder, TeamId: { } team } || conversation.Awaited == Awaited.No)
        {
            return;
        }

        var (tenantId, id, now) = (conversation.TenantId, conversation.Id, clock.Micros);
        var next = await PresenceStore.Free(tx, tenantId, team, conversation.Language, now, but: holder);
        await Own(tx, conversation, next is null ? Assignee.Team : Assignee.Agent, next?.AgentId, ids);
        await tx.Execute("""
            UPDATE conversation SET awaited = @awaited, passed_by = CAST(@passedBy AS BIGINT) WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, awaited = (long)conversation.Awaited, passedBy = next is null ? holder : (long?)null });
        if (next is not null)
        {
            await TimerStore.StartReassign(tx, tenantId, id, now);
        }

        await Note(tx, conversation, "assigned", next?.AgentId, $"{conversation.AgentName} has not answered", ids);
    }

    /// <summary>Tells a customer who writes while nobody has answered since the hand-off that an agent will: once a hand-off.</summary>
    public async Task TellToWait(Tx tx, Conversation conversation, IdRange ids)
    {
        if (conversation.Awaited == Awaited.Untold && conversation.IsWithPeople && conversation.LastInboundSeq > conversation.HandedSeq
            && conversation.ContactOptedOutAt is null && MaySpeak(conversation))
        {
            await tx.Execute("UPDATE conversation SET awaited = 2 WHERE tenant_id = @TenantId AND id = @Id", new { conversation.TenantId, conversation.Id });
            await SayOwn(tx, conversation, conversation.Version, DeskTexts.Waiting, null, ids);
        }
    }
}
