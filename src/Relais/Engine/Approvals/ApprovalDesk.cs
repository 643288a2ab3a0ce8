using Relais.Changes;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Approvals;

/// <summary>
/// A person's word on an act that waits. In one transaction: the decision, the order if its state still allows it, and what the customer is
/// told. Promise: one decision, one effect, whoever clicks at the same time.
/// </summary>
internal sealed class ApprovalDesk(SendGate gate, ConversationEvents events, ChangeLog changes, Clock clock)
{
    public static int IdsNeeded(string? words) => 5 + SendGate.IdsNeeded(words);

    /// <summary>The approval as it is then; null when it was decided before.</summary>
    /// <param name="words">What the customer is told besides, in a person's own words; or null.</param>
    public async Task<(OrderApproval? Approval, bool IsTold)> Decide(
        Tx tx, SignedIn who, OrderApproval approval, bool approves, string? words, IdRange ids)
    {
        var (tenantId, now) = (who.Tenant, clock.Micros);
        if (!await OrderApprovalStore.Decide(tx, tenantId, approval.Id, approves ? OrderApproval.Approved : OrderApproval.Rejected, who.AgentId, now))
        {
            return (null, false);
        }

        var (text, type) = (ApprovalTexts.Rejected(approval.Language, approval.TrackingNumber), "order_rejected");
        if (approves && await Act(tx, approval, who.AgentId, now))
        {
            (text, type) = (ApprovalTexts.Approved(approval.Language, approval.Action, approval.TrackingNumber), "order_" + Outcome(approval.Action));
        }
        else if (approves)
        {
            await OrderApprovalStore.MarkImpossible(tx, tenantId, approval.Id);
            var order = (await OrderStore.Find(tx, tenantId, approval.OrderId))!;
            (text, type) = (OrderTexts.Status(approval.Language, OrderQuestions.Fact(order)), "order_impossible");
        }

        var conversation = (await ConversationStore.Find(tx, tenantId, approval.ConversationId))!;
        await events.Add(tx, new ConversationEvent(tenantId, ids.Next(), conversation.Id, type, who.AgentId, approval.TrackingNumber, now));
        await changes.Append(tx, [new Change(ids.Next(), tenantId, "conversation.updated", conversation.Id, null, conversation.InboxId, now),
            OrderChanges.Of(ids.Next(), tenantId, approval.OrderId, now)]);
        var isTold = conversation.ContactBlockedAt is null && ServiceWindow.IsOpen(conversation.LastInboundAt, now);
        if (isTold)
        {
            await gate.Enqueue(tx, [new SendRequest(
                tenantId, conversation.Id, conversation.InboxId, conversation.Version, conversation.LastInboundAt, conversation.ContactOptedOutAt,
                Author.System, who.AgentId, new Channels.OutboundContent.Text(words is null ? text : $"{text}\n{words}"))], ids);
        }

        return (await OrderApprovalStore.Find(tx, tenantId, approval.Id), isTold);
    }

    private static async Task<bool> Act(Tx tx, OrderApproval approval, long agentId, long now)
    {
        var (status, note) = approval.Action switch
        {
            OrderAct.Confirm => ("confirmed", null),
            OrderAct.Cancel => ("cancelled", null),
            _ => ((string?)null, $"✏️ {approval.Detail ?? "?"}"),
        };
        return await OrderStore.Change(
            tx, approval.TenantId, approval.OrderId, approval.ContactId, OrderAct.States(approval.Action), status, note,
            new OrderBy(OrderActor.Customer, agentId, approval.Detail), now);
    }

    private static string Outcome(string act) => act switch
    {
        OrderAct.Confirm => OrderOutcome.Confirmed,
        OrderAct.Cancel => OrderOutcome.Cancelled,
        _ => OrderOutcome.ChangeRequested,
    };
}
