using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps.Finding;

/// <summary>Begins a plan, in the caller's transaction: the row, and the lane in which somebody thinks of what to say.</summary>
internal sealed class Beginnings(WorkQueue queue, Clock clock)
{
    /// <summary>The plan, not stored: what <c>relais follow-up plan --dry-run</c> looks at. Null when there is no such contact.</summary>
    public async Task<FollowUpPlan?> Draw(Tx tx, long tenantId, string rule, Candidate candidate, string? note, long id)
    {
        if (await PlanFacts.Read(tx, tenantId, candidate.ContactId) is not { } facts)
        {
            return null;
        }

        var conversation = candidate.ConversationId is { } known ? await ConversationStore.Find(tx, tenantId, known) : null;
        return new FollowUpPlan
        {
            TenantId = tenantId, Id = id, Rule = rule, ContactId = candidate.ContactId, ConversationId = conversation?.Id,
            InboxId = candidate.InboxId ?? conversation?.InboxId, Subject = candidate.Subject, Note = note, OrderId = candidate.OrderId,
            Language = facts.LanguageFor(conversation), InboundMark = facts.InboundMark, OrderMark = facts.OrderMark,
            OwnerMark = PlanFacts.Owner(conversation), NextAt = clock.Micros, CreatedAt = clock.Micros,
            ContactName = facts.Name, ContactPhone = facts.Phone,
        };
    }

    /// <summary>False when the contact has an open plan, or had one about the same.</summary>
    public async Task<bool> Begin(Tx tx, FollowUpPlan plan)
    {
        if (!await PlanStore.Insert(tx, plan))
        {
            return false;
        }

        await queue.Wake(tx, [new LaneWake(LaneKind.FollowUp, plan.ContactId, plan.TenantId)]);
        return true;
    }
}
