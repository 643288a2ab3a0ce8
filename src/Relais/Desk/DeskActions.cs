using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Teams;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Who acts: a person, or the API in a person's name.</summary>
internal sealed record Actor(long AgentId, string Name);

/// <summary>How an act on a conversation ended.</summary>
internal abstract record DeskResult
{
    /// <param name="MessageId">The message it queued, if any.</param>
    internal sealed record Done(long? MessageId = null) : DeskResult
    {
        /// <summary>The conversation it happened in, when the caller did not name one.</summary>
        public long? ConversationId { get; init; }
    }

    internal sealed record Refused(Problem Problem) : DeskResult
    {
        public static Refused By(SendDecision.Refused gate) => new(SendRefusals.Problem(gate.Code)) { ByGate = gate };

        /// <summary>The send gate's own words, which go before the problem's.</summary>
        public SendDecision.Refused? ByGate { get; private init; }
    }

    /// <summary>What is to be said cannot be said so; fields as the request names them.</summary>
    internal sealed record Invalid(IReadOnlyList<ContentProblem> Fields) : DeskResult;
}

/// <summary>
/// Every verb a person performs on a conversation. Promise: a person always wins. Each change of owner raises the version in
/// the same transaction that takes back automatic answers not yet on the wire; what was decided before falls with it. All run
/// inside a tenant's transaction that the caller opened, with ids reserved (<see cref="IdsNeeded"/>).
/// </summary>
internal sealed partial class DeskActions(
    WorkQueue queue, SendGate gate, SayingCheck check, ChangeLog changes, ConversationEvents events, Clock clock)
{
    /// <summary>Answers taken back at once that are told to watchers one by one; a desk that sees the owner change reads the rest.</summary>
    private const int ToldTakenBack = 20;

    /// <summary>Ids one act takes at most: the parts of a text with their changes, an event, the answers taken back.</summary>
    public static int IdsNeeded(string? text) => ToldTakenBack + 10 + SendGate.IdsNeeded(text);

    /// <summary>Takes the conversation; the bot is silent at once and the customer is told.</summary>
    public async Task<DeskResult> TakeOver(Tx tx, long tenantId, long id, Actor actor, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        if (IsOwnedBy(conversation, actor))
        {
            return new DeskResult.Done();
        }

        var version = await Own(tx, conversation, Assignee.Agent, actor.AgentId, ids);
        await Note(tx, conversation, "taken_over", actor.AgentId, null, ids);
        return MaySpeak(conversation)
            ? new DeskResult.Done(await Say(
                tx, conversation, version, Author.System, actor.AgentId, new Saying(DeskTexts.Takeover(conversation.Language, actor.Name)), ids))
            : new DeskResult.Done();
    }

    /// <summary>Sends what a person says. Writing is taking over: the bot falls silent.</summary>
    public async Task<DeskResult> Send(Tx tx, long tenantId, long id, Actor actor, Saying saying, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        (saying, var problems) = await check.Of(tx, conversation, saying);
        if (problems.Count > 0)
        {
            return new DeskResult.Invalid(problems);
        }

        if (await gate.Decide(tx, Request(conversation, conversation.Version, Author.Agent, actor.AgentId, saying)) is SendDecision.Refused refused)
        {
            return DeskResult.Refused.By(refused);
        }

        var version = conversation.Version;
        if (!IsOwnedBy(conversation, actor))
        {
            version = await Own(tx, conversation, Assignee.Agent, actor.AgentId, ids);
            await Note(tx, conversation, "taken_over", actor.AgentId, "by writing", ids);
        }

        await Answered(tx, tenantId, id);
        return new DeskResult.Done(await Say(tx, conversation, version, Author.Agent, actor.AgentId, saying, ids));
    }

    /// <summary>
    /// Somebody answered from the business's own phone: nobody in particular has it from now on, unless a person had it already, and
    /// nothing is said to the customer.
    /// </summary>
    public async Task TakenOnThePhone(Tx tx, long tenantId, long id, IdRange ids)
    {
        var conversation = (await Open(tx, tenantId, id))!;
        if (conversation.Assignee != Assignee.Agent)
        {
            await Own(tx, conversation, Assignee.Agent, null, ids);
            await Note(tx, conversation, "taken_over", null, "on the business's own phone", ids);
        }

        await Answered(tx, tenantId, id);
    }

    /// <summary>Gives the conversation back to the AI agent, which answers what is still unanswered.</summary>
    public async Task<DeskResult> Release(Tx tx, long tenantId, long id, Actor actor, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return await Missing(tx, tenantId, id);
        }

        await Own(tx, conversation, Assignee.AiAgent, null, ids);

        // The AI agent begins anew: old requests were a person's, and reading them again it would hand over again (chatwoot #15068).
        await tx.Execute("""
            UPDATE conversation SET waiting_since = NULL, history_from = last_seq, team_id = NULL WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id });
        await Note(tx, conversation, "released", actor.AgentId, null, ids);
        if (conversation.LastInboundSeq > conversation.AnsweredSeq)
        {
            await queue.Wake(tx, [new LaneWake(LaneKind.Turn, id, tenantId)]);
        }

        return new DeskResult.Done();
    }

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
        if (autoRespond is (long)AiMode.Quiet or (long)AiMode.Draft && !conversation.IsWithPeople)
        {
            await Own(tx, conversation, Assignee.Nobody, null, ids);
            await tx.Execute("""
                UPDATE conversation SET handoff_reason = @reason,
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
                UPDATE conversation SET handoff_reason = @reason, waiting_since = coalesce(waiting_since, @now)
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
              waiting_since = NULL
            WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, now = clock.Micros });
        await Note(tx, conversation, "closed", actor?.AgentId, null, ids);
        return saysGoodbye && MaySpeak(conversation)
            ? new DeskResult.Done(await Say(tx, conversation, conversation.Version + 1, Author.System, actor?.AgentId,
                new Saying(DeskTexts.Closing(conversation.Language)), ids))
            : new DeskResult.Done();
    }

    /// <summary>Marks what the customer wrote as seen by a person.</summary>
    public async Task<DeskResult> Read(Tx tx, long tenantId, long id, IdRange ids)
    {
        if (await ConversationStore.Find(tx, tenantId, id) is not { } conversation)
        {
            return new DeskResult.Refused(Problems.NotFound);
        }

        await tx.Execute("UPDATE conversation SET unread = 0 WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        await Changed(tx, conversation, ids);
        return new DeskResult.Done();
    }

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
        "UPDATE conversation SET answered_seq = last_inbound_seq, unread = 0, waiting_since = NULL WHERE tenant_id = @tenantId AND id = @id",
        new { tenantId, id });

    private static async Task<DeskResult> Missing(Tx tx, long tenantId, long id) => new DeskResult.Refused(
        await ConversationStore.Find(tx, tenantId, id) is null ? Problems.NotFound : Problems.ConversationClosed);

    private async Task<long> Own(Tx tx, Conversation conversation, Assignee assignee, long? agentId, IdRange ids)
    {
        await TakeBack(tx, conversation, ids);
        return await tx.QueryFirst<long>("""
            UPDATE conversation SET assignee = @assignee, agent_id = @agentId, version = version + 1, status = 1
            WHERE tenant_id = @TenantId AND id = @Id RETURNING version
            """, new { conversation.TenantId, conversation.Id, assignee = (long)assignee, agentId });
    }

    /// <summary>Takes back automatic answers that have not left.</summary>
    private async Task TakeBack(Tx tx, Conversation conversation, IdRange ids)
    {
        var taken = await tx.Query<long>("""
            DELETE FROM outbox WHERE tenant_id = @TenantId AND conversation_id = @Id AND automatic = 1 AND state = 0 RETURNING message_id
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
