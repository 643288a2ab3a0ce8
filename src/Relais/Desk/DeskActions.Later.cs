using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>Words that leave later: they are looked at now, and again when they go.</summary>
internal sealed partial class DeskActions
{
    /// <summary>
    /// Whether it could be said now and at <paramref name="dueAt"/>. Writing is taking over, also for later: with
    /// <paramref name="takesOver"/> the bot falls silent at once.
    /// </summary>
    public async Task<(DeskResult Result, Conversation? Where)> Plan(
        Tx tx, long tenantId, long id, Actor actor, Saying saying, long dueAt, bool takesOver, IdRange ids)
    {
        if (await Open(tx, tenantId, id) is not { } conversation)
        {
            return (await Missing(tx, tenantId, id), null);
        }

        (saying, var problems) = await check.Of(tx, conversation, saying);
        if (problems.Count > 0)
        {
            return (new DeskResult.Invalid(problems), null);
        }

        if (await gate.Decide(tx, Request(conversation, conversation.Version, Author.Agent, actor.AgentId, saying)) is SendDecision.Refused refused)
        {
            return (DeskResult.Refused.By(refused), null);
        }

        if (saying.Content is not OutboundContent.Template && !ServiceWindow.IsOpen(conversation.LastInboundAt, dueAt))
        {
            return (new DeskResult.Refused(Problems.WindowWillClose), null);
        }

        if (takesOver && !IsOwnedBy(conversation, actor))
        {
            await Own(tx, conversation, Assignee.Agent, actor.AgentId, ids);
            await Note(tx, conversation, "taken_over", actor.AgentId, "by writing", ids);
        }

        return (new DeskResult.Done(), conversation);
    }

    /// <summary>
    /// Sends what was written earlier. A colleague who has the conversation meanwhile keeps it, and what the customer wrote after
    /// <paramref name="answersSeq"/> still waits for an answer.
    /// </summary>
    public async Task<DeskResult> SendPlanned(Tx tx, long tenantId, long id, Actor actor, Saying saying, long answersSeq, IdRange ids)
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
        if (conversation.Assignee != Assignee.Agent)
        {
            version = await Own(tx, conversation, Assignee.Agent, actor.AgentId, ids);
            await Note(tx, conversation, "taken_over", actor.AgentId, "by writing", ids);
        }

        if (conversation.LastInboundSeq <= answersSeq)
        {
            await Answered(tx, tenantId, id);
        }
        else
        {
            await tx.Execute("""
                UPDATE conversation SET answered_seq = {greatest}(answered_seq, @answersSeq) WHERE tenant_id = @tenantId AND id = @id
                """, new { tenantId, id, answersSeq });
        }

        return new DeskResult.Done(await Say(tx, conversation, version, Author.Agent, actor.AgentId, saying, ids));
    }
}
