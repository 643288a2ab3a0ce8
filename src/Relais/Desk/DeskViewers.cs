using Relais.Changes;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>
/// Who looks at a conversation and who types: kept in the database, so that colleagues on other nodes see it. Only what others would
/// see makes a change (<c>viewers.updated</c>).
/// </summary>
internal sealed class DeskViewers(ChangeLog changes, Clock clock)
{
    /// <summary>Whoever has not been heard of for so long is gone; desks say it every 15 s.</summary>
    public const long Lasts = 40 * Instants.Second;

    /// <summary>Ids a word of one takes.</summary>
    public const int IdsNeeded = 1;

    /// <param name="tx">The transaction.</param>
    /// <param name="conversation">Which.</param>
    /// <param name="agentId">Who.</param>
    /// <param name="state">viewing, typing; null: gone.</param>
    /// <param name="ids">Reserved.</param>
    public async Task Say(Tx tx, Conversation conversation, long agentId, string? state, IdRange ids)
    {
        var (tenantId, id, now) = (conversation.TenantId, conversation.Id, clock.Micros);
        if (state is null)
        {
            if (await ViewerStore.Remove(tx, tenantId, id, agentId) > 0)
            {
                await Tell(tx, tenantId, id, conversation.InboxId, ids);
            }

            return;
        }

        var before = await ViewerStore.State(tx, tenantId, id, agentId);
        await ViewerStore.Put(tx, tenantId, id, agentId, state, now);
        if (before is null && await ViewerStore.Oldest(tx, tenantId, id) is { } oldest)
        {
            await TimerStore.Set(tx, tenantId, id, TimerStore.Viewers, oldest + Lasts);
        }

        if (before != state)
        {
            await Tell(tx, tenantId, id, conversation.InboxId, ids);
        }
    }

    /// <summary>Those who fell silent are gone; looks again when the next one would be.</summary>
    public async Task Forget(Tx tx, long tenantId, long id, IdRange ids)
    {
        var gone = await ViewerStore.RemoveOld(tx, tenantId, id, clock.Micros - Lasts);
        if (await ViewerStore.Oldest(tx, tenantId, id) is { } oldest)
        {
            await TimerStore.Set(tx, tenantId, id, TimerStore.Viewers, oldest + Lasts);
        }

        if (gone > 0)
        {
            await Tell(tx, tenantId, id, null, ids);
        }
    }

    private Task Tell(Tx tx, long tenantId, long id, long? inboxId, IdRange ids) =>
        changes.Append(tx, [new Change(ids.Next(), tenantId, "viewers.updated", id, null, inboxId, clock.Micros)]);
}
