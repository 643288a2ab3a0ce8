using Relais.Storage;

namespace Relais.Conversations.Teams;

/// <summary>Whose a handed-off conversation is.</summary>
/// <param name="Team">The team.</param>
/// <param name="AgentId">The member who has it; null while it waits.</param>
internal sealed record HandoffAssigned(Team Team, long? AgentId);

/// <summary>
/// Gives a conversation that has just been handed off to its team, and to a member who is there and has room. Runs in the
/// transaction of the hand-off. The version stays: it has moved with the hand-off, and what is told with that must still go out.
/// Two nodes that look at once may give one member one conversation more than they have room for.
/// </summary>
internal static class HandoffAssignment
{
    /// <summary>Null when the business has no team for it: it waits for anybody.</summary>
    public static async Task<HandoffAssigned?> Assign(
        Tx tx, long tenantId, long conversationId, string reason, IEnumerable<string> texts, string? language, long now)
    {
        if (Team.For(await TeamStore.All(tx, tenantId), reason, texts) is not { } team)
        {
            return null;
        }

        var member = await PresenceStore.Free(tx, tenantId, team.Id, language, now);
        await Give(tx, tenantId, conversationId, team.Id, member?.AgentId);
        if (member is not null)
        {
            await TimerStore.StartReassign(tx, tenantId, conversationId, now);
        }

        return new HandoffAssigned(team, member?.AgentId);
    }

    /// <summary>Gives somebody who came online what waits for their teams, the longest first, as far as they have room.</summary>
    public static async Task<List<Conversation>> TakeWaiting(Tx tx, long tenantId, Presence member, int most, long now)
    {
        var ids = await tx.Query<long>("""
            SELECT c.id FROM conversation c JOIN team_member m ON m.tenant_id = c.tenant_id AND m.team_id = c.team_id AND m.agent_id = @agentId
            WHERE c.tenant_id = @tenantId AND c.assignee = 4 AND c.status <> 3 AND (c.passed_by IS NULL OR c.passed_by <> @agentId) ORDER BY c.waiting_since, c.id LIMIT @room
            """, new { tenantId, agentId = member.AgentId, room = Math.Clamp(member.Capacity - member.Load, 0, most) });
        var given = new List<long>();
        foreach (var id in ids)
        {
            // Somebody else may have taken it meanwhile.
            if (await tx.Execute("""
                UPDATE conversation SET assignee = 3, agent_id = @agentId WHERE tenant_id = @tenantId AND id = @id AND assignee = 4 AND status <> 3
                """, new { tenantId, id, agentId = member.AgentId }) == 1)
            {
                await TimerStore.StartReassign(tx, tenantId, id, now);
                given.Add(id);
            }
        }

        return given.Count == 0 ? [] : await ConversationStore.Some(tx, tenantId, given);
    }

    private static Task Give(Tx tx, long tenantId, long id, long teamId, long? agentId) => tx.Execute("""
        UPDATE conversation SET team_id = @teamId, agent_id = CAST(@agentId AS BIGINT), assignee = @assignee, passed_by = NULL WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, teamId, agentId, assignee = (long)(agentId is null ? Assignee.Team : Assignee.Agent) });
}
