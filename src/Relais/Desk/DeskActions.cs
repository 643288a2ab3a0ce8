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
        return new DeskResult.Done(await SayOwn(tx, conversation, version, DeskTexts.TakenOver, actor, ids));
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
}
