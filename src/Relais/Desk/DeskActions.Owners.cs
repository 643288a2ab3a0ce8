using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Teams;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Who has it: people in general, a team, one of them.</summary>
internal sealed partial class DeskActions
{
    /// <summary>
    /// What the AI agent does here (<see cref="AiMode"/>); null goes by the number again. Silenced while the agent has it, people get
    /// the conversation at once, and what the agent was about to say is not said.
    /// </summary>
    public async Task<DeskResult> AutoRespond(Tx tx, long tenantId, long id, Actor actor, long? autoRespond, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        await tx.Execute(
            "UPDATE conversation SET auto_respond = @autoRespond WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, autoRespond });
        if (autoRespond is (long)AiMode.Quiet or (long)AiMode.Draft && conversation.Assignee == Assignee.AiAgent)
        {
            await Own(tx, conversation, Assignee.Nobody, null, ids);
            await tx.Execute("""
                UPDATE conversation SET handoff_reason = @reason, awaited = 2,
                  waiting_since = CASE WHEN last_inbound_seq > answered_seq THEN coalesce(waiting_since, @now) ELSE waiting_since END
                WHERE tenant_id = @tenantId AND id = @id
                """, new { tenantId, id, now = clock.Micros, reason = autoRespond == (long)AiMode.Draft ? "draft" : "auto_respond_off" });
        }

        if (autoRespond == (long)AiMode.Draft && conversation.LastInboundSeq > conversation.AnsweredSeq)
        {
            // What waits gets a suggestion at once.
            await queue.Wake(tx, [new LaneWake(LaneKind.Turn, id, tenantId)]);
        }

        await Note(tx, conversation, "auto_respond", actor.AgentId, autoRespond switch { 1 => "on", 0 => "off", 2 => "draft", _ => "inherited" }, ids);
        return new DeskResult.Done();
    }

    /// <summary>Puts the conversation in front of people without anybody's name on it.</summary>
    public async Task<DeskResult> HandOff(Tx tx, long tenantId, long id, Actor? actor, string reason, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        if (!conversation.IsWithPeople)
        {
            await Own(tx, conversation, Assignee.Nobody, null, ids);
            await tx.Execute("""
                UPDATE conversation SET handoff_reason = @reason, waiting_since = coalesce(waiting_since, @now), awaited = 1, handed_seq = last_inbound_seq
                WHERE tenant_id = @tenantId AND id = @id
                """, new { tenantId, id, reason, now = clock.Micros });
            if (await HandoffAssignment.Assign(
                tx, tenantId, id, reason, [conversation.LastMessage ?? ""], conversation.Language, clock.Micros) is { } assigned)
            {
                await Note(tx, conversation, "assigned", assigned.AgentId, assigned.Team.Name, ids);
            }
        }

        await Note(tx, conversation, "handed_off", actor?.AgentId, reason, ids);
        return new DeskResult.Done();
    }

    /// <summary>Gives the conversation to a person or a team of the business; the bot is silent, and the customer is not told.</summary>
    public async Task<DeskResult> Assign(Tx tx, long tenantId, long id, Actor actor, long? agentId, long? teamId, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        if (agentId is null == teamId is null
            || (agentId is { } agent && (await TeamStore.Known(tx, tenantId, [agent])).Count == 0)
            || (teamId is { } team && await TeamStore.Find(tx, tenantId, team) is null))
        {
            return new DeskResult.Invalid([new ContentProblem(
                teamId is null ? "agent_id" : "team_id", "Name one of agent_id (GET /api/agents) and team_id (GET /api/teams).")]);
        }

        await Own(tx, conversation, agentId is null ? Assignee.Team : Assignee.Agent, agentId, ids);
        await tx.Execute("""
            UPDATE conversation SET team_id = coalesce(CAST(@teamId AS BIGINT), team_id),
              waiting_since = CASE WHEN last_inbound_seq > answered_seq THEN coalesce(waiting_since, @now) ELSE waiting_since END
            WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, teamId, now = clock.Micros });
        await Note(tx, conversation, "assigned", actor.AgentId, agentId is null ? $"team {teamId}" : $"agent {agentId}", ids);
        return new DeskResult.Done();
    }
}
