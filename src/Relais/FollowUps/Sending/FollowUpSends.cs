using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.FollowUps.Planning;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.FollowUps.Sending;

/// <summary>
/// Looks at one plan, in the caller's transaction: ends it, sends the step whose time has come, or says when to look again. The message and
/// the mark that the step was sent are one commit. Nothing is sent but through the gate.
/// </summary>
internal sealed class FollowUpSends(SendGate gate, Addressing addressing, Clock clock)
{
    /// <summary>Most ids one look takes: a conversation, and a text in its parts.</summary>
    public const int IdsEach = 12;

    /// <summary>True when a step was sent.</summary>
    public async Task<bool> Look(Tx tx, long tenantId, long planId, IdRange ids)
    {
        var now = clock.Micros;
        if (await PlanStore.Hold(tx, tenantId, planId, now) is not { NextAt: { } due } plan || due > now || plan.State == PlanStates.Planning)
        {
            return false;
        }

        if (await PlanFacts.Read(tx, tenantId, plan.ContactId) is not { } facts)
        {
            await PlanStore.End(tx, tenantId, planId, PlanStates.Ended, "no_contact", "The contact is gone.", null, null, now);
            return false;
        }

        var rule = (await RuleStore.Find(tx, tenantId, plan.Rule)).Read();
        var limits = facts.Limits(plan, rule, await Current(tx, plan), await facts.Times(tx, tenantId));
        switch (plan.State)
        {
            case PlanStates.Proposed:
                await (FollowUpLimits.Ending(limits) is { } end ? End(tx, plan, end, now) : PlanStore.Look(tx, tenantId, planId, null, now));
                break;
            case PlanStates.Approved or PlanStates.Running when plan.HeldOut == 1:
                await Watch(tx, plan, FollowUpLimits.Ending(limits), now);
                break;
            case PlanStates.Approved or PlanStates.Running:
                return await Carry(tx, plan, rule, limits, ids, now);
            case PlanStates.Answered:
                await Watch(tx, plan, limits.OptedOut ? FollowUpLimits.Ending(limits)
                    : limits.Purchased ? new LimitVerdict.End(PlanStates.Converted, "purchased", "An order was placed or confirmed.") : null, now);
                break;
            default:
                await PlanStore.Look(tx, tenantId, planId, null, now);
                break;
        }

        return false;
    }

    /// <summary>What a look would do with a plan that was approved, without doing it.</summary>
    public static async Task<LimitVerdict> Verdict(Tx tx, FollowUpPlan plan, List<FollowUpStep> steps, long now) =>
        await PlanFacts.Read(tx, plan.TenantId, plan.ContactId) is not { } facts ? new LimitVerdict.End(PlanStates.Ended, "no_contact", "The contact is gone.")
            : FollowUpLimits.Next(
                steps.ConvertAll(s => new PlannedStep(s.Step, s.DueAt, s.State)),
                facts.Limits(plan, (await RuleStore.Find(tx, plan.TenantId, plan.Rule)).Read(), await Current(tx, plan), await facts.Times(tx, plan.TenantId)), now);

    /// <summary>What would be sent for a step now, as the gate is asked.</summary>
    public static SendRequest Request(Addressed to, FollowUpPlan plan, FollowUpStep step, RuleSettings rule)
    {
        var template = step.ReadTemplate();
        var by = plan.ApprovedBy is null
            ? $"confidence {plan.Confidence} %, threshold {rule.Threshold} %" : $"approved by {plan.ApprovedByName ?? "a person who left"}";
        return to.Unasked(
            step.Text.Length == 0 && template is not null ? template : new OutboundContent.Text(step.Text), Author.AiAgent,
            new UnaskedWhy(UnaskedWhy.FollowUp, plan.Id, $"rule {plan.Rule}, {by}"), rule.IsMarketing ? SendPurpose.Marketing : SendPurpose.Utility) with
        {
            OutsideWindow = template, FallsOnReply = true,
        };
    }

    private async Task<bool> Carry(Tx tx, FollowUpPlan plan, RuleSettings rule, LimitFacts limits, IdRange ids, long now)
    {
        var steps = await PlanStore.Steps(tx, plan.TenantId, plan.Id);
        switch (FollowUpLimits.Next(steps.ConvertAll(s => new PlannedStep(s.Step, s.DueAt, s.State)), limits, now))
        {
            case LimitVerdict.End end:
                await End(tx, plan, end, now);
                break;
            case LimitVerdict.Wait wait:
                await PlanStore.Look(tx, plan.TenantId, plan.Id, wait.Until, now);
                break;
            case LimitVerdict.Send send:
                return await Send(tx, plan, rule, steps.Find(s => s.Step == send.Step)!, ids, now);
            case LimitVerdict.Said when steps.TrueForAll(s => s.State == StepState.Refused):
                var refused = steps.Find(s => s.Problem is not null);
                await PlanStore.End(tx, plan.TenantId, plan.Id, PlanStates.Ended, refused?.ProblemCode, refused?.Problem, null, null, now);
                break;
            case LimitVerdict.Said:
                await Watch(tx, plan, null, now);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        return false;
    }

    private async Task<bool> Send(Tx tx, FollowUpPlan plan, RuleSettings rule, FollowUpStep step, IdRange ids, long now)
    {
        if (await addressing.Contact(tx, plan.TenantId, plan.ContactId, plan.InboxId, ids) is not { } to)
        {
            await Refuse(tx, plan, step, "no_number", "There is no number of this business to write from.", now);
            return false;
        }

        var sent = (await gate.Offer(tx, [Request(to, plan, step, rule)], ids))[0];
        if (sent.Decision is SendDecision.Refused refused)
        {
            await Refuse(tx, plan, step, refused.Code, refused.Reason, now);
            return false;
        }

        await PlanStore.StepDone(tx, plan.TenantId, plan.Id, step.Step, StepState.Sent, sent.MessageId, null, null, now);
        await PlanStore.Running(tx, plan.TenantId, plan.Id, to.ConversationId, to.InboxId, now + FollowUpLimits.LookEvery, now + FollowUpPlanner.Watched, now);
        return true;
    }

    /// <summary>The next step may still go; it is looked at in a moment.</summary>
    private static async Task Refuse(Tx tx, FollowUpPlan plan, FollowUpStep step, string code, string problem, long now)
    {
        await PlanStore.StepDone(tx, plan.TenantId, plan.Id, step.Step, StepState.Refused, null, code, problem, now);
        await PlanStore.Look(tx, plan.TenantId, plan.Id, now, now);
    }

    private static Task End(Tx tx, FollowUpPlan plan, LimitVerdict.End end, long now)
    {
        // Whether an answer leads to an order shows later.
        var counts = end.State == PlanStates.Answered && (plan.SentAt is not null || plan.HeldOut == 1);
        return PlanStore.End(tx, plan.TenantId, plan.Id, end.State, end.Code, end.Why, counts ? now + FollowUpLimits.LookEvery : null, null, now);
    }

    /// <summary>Nothing more is said: what comes of it is counted for some days.</summary>
    private static Task Watch(Tx tx, FollowUpPlan plan, LimitVerdict.End? end, long now) =>
        end is not null ? End(tx, plan, end, now)
        : plan.WatchedUntil is { } until && now < until ? PlanStore.Look(tx, plan.TenantId, plan.Id, Math.Min(until, now + FollowUpLimits.LookEvery), now)
        : plan.State == PlanStates.Answered ? PlanStore.Look(tx, plan.TenantId, plan.Id, null, now)
        : PlanStore.End(tx, plan.TenantId, plan.Id, PlanStates.Ended, null, null, null, null, now);

    /// <summary>Where this customer is spoken to now: on the plan's number, else where they last spoke.</summary>
    private static async Task<Conversation?> Current(Tx tx, FollowUpPlan plan) =>
        await OutreachStore.LastConversation(tx, plan.TenantId, plan.ContactId) is { } place
            ? await ConversationStore.Find(tx, plan.TenantId, place.Id) : null;
}
