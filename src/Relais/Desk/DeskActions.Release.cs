using System.Globalization;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>Giving back.</summary>
internal sealed partial class DeskActions
{
    /// <summary>Gives the conversation back to its flow or to the AI agent, which answers what is still unanswered.</summary>
    public async Task<DeskResult> Release(Tx tx, long tenantId, long id, Actor? actor, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        // An unfinished flow goes on or ends, as it is set; one that is fed from outside (Studio) is over with the release.
        var isFlow = conversation.IsWithPeople && await FlowPauses.GiveBack(tx, tenantId, id, clock.Micros);
        await Own(tx, conversation, isFlow ? Assignee.Flow : Assignee.AiAgent, null, ids);

        // The AI agent begins anew: old requests were a person's, and reading them again it would hand over again (chatwoot #15068).
        await tx.Execute("""
            UPDATE conversation SET waiting_since = NULL, history_from = last_seq, team_id = NULL WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id });
        await Note(tx, conversation, "released", actor?.AgentId, actor is null ? "as planned" : null, ids);
        if (isFlow || conversation.LastInboundSeq > conversation.AnsweredSeq)
        {
            await queue.Wake(tx, [new LaneWake(LaneKind.Turn, id, tenantId)]);
        }

        return new DeskResult.Done();
    }

    /// <summary>
    /// Plans it: at a time, or not before the conversation is closed. The last plan counts; it falls when somebody else gets the
    /// conversation.
    /// </summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="id">The conversation.</param>
    /// <param name="actor">Who plans it.</param>
    /// <param name="at">When, microseconds UTC; null: at closing.</param>
    /// <param name="ids">Reserved.</param>
    public async Task<DeskResult> ReleaseLater(Tx tx, long tenantId, long id, Actor actor, long? at, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        if (!conversation.IsWithPeople)
        {
            return new DeskResult.Invalid([new ContentProblem(at is null ? "on_close" : "at", "The bot has this conversation already: there is nothing to give back.")]);
        }

        if (at <= clock.Micros)
        {
            return new DeskResult.Invalid([new ContentProblem("at", "at is a time to come.")]);
        }

        await tx.Execute("""
            UPDATE conversation SET release_at = CAST(@at AS BIGINT), release_on_close = @onClose WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, at, onClose = at is null ? 1L : 0 });
        if (at is { } due)
        {
            await TimerStore.Set(tx, tenantId, id, TimerStore.Release, due);
        }

        await Note(tx, conversation, "release_planned", actor.AgentId, at is { } time ? Moment(time) : "at closing", ids);
        return new DeskResult.Done();
    }

    private static string Moment(long micros) => Instants.FromMicros(micros).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
