using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps.Planning;

/// <summary>
/// Enters: a plan that was begun. Leaves: whether, when and with what words the customer is followed up. The first model that answers is
/// heard; what it says is used only if it passes every check, else the built-in planner plans. No transaction is open meanwhile.
/// </summary>
internal sealed class FollowUpPlanner(Database database, PlanModel model, Clock clock, ILogger<FollowUpPlanner> log)
{
    /// <summary>How long answers and purchases are counted after the last word, or after the plan of one who is left alone.</summary>
    public const long Watched = 7 * Instants.Day;

    public async Task<PlanOutcome> Plan(FollowUpPlan plan, CancellationToken cancel)
    {
        if (await database.Read(Scope.Tenant(plan.TenantId), tx => PlanContext.Read(tx, plan, clock.Micros), cancel) is not { } context)
        {
            return new PlanOutcome.NotNeeded(BuiltInPlanner.Name, "no_contact", "The contact is gone.");
        }

        if (await model.Ask(context, cancel) is { } words)
        {
            if (ProposalReading.Read(words.Text, words.Model.ToString(), context) is { } proposed)
            {
                return proposed;
            }

            log.LogWarning("What {Model} proposed for plan {Plan} cannot be used; the built-in planner plans", words.Model, plan.Id);
        }

        return BuiltInPlanner.Plan(context);
    }

    /// <summary>Writes what was planned, in the caller's transaction. Nothing when somebody ended it meanwhile.</summary>
    public async Task Keep(Tx tx, FollowUpPlan plan, PlanOutcome outcome)
    {
        var now = clock.Micros;
        if (outcome is PlanOutcome.NotNeeded no)
        {
            await PlanStore.Propose(tx, Planned(plan, PlanStates.Ended, no.Planner, no.Reason, now, problem: (no.Code, no.Reason)));
            return;
        }

        var proposal = (PlanOutcome.Proposed)outcome;
        var rule = (await RuleStore.Find(tx, plan.TenantId, plan.Rule)).Read();
        var heldOut = FollowUpLimits.IsHeldOut(plan.TenantId, plan.ContactId, plan.Rule, rule.HoldOutPercent);
        var automatic = !heldOut && rule.Approval == RuleSettings.Automatic && proposal.Confidence >= rule.Threshold;
        var state = heldOut ? PlanStates.Running : automatic ? PlanStates.Approved : PlanStates.Proposed;
        var planned = Planned(plan, state, proposal.Planner, proposal.Reason, now, heldOut, automatic, proposal);
        if (await PlanStore.Propose(tx, planned) && !heldOut)
        {
            await AddSteps(tx, plan, proposal.Steps);
        }
    }

    public static async Task AddSteps(Tx tx, FollowUpPlan plan, IReadOnlyList<ProposedStep> steps, long sent = 0)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            await PlanStore.InsertStep(tx, new FollowUpStep
            {
                TenantId = plan.TenantId, PlanId = plan.Id, Step = sent + i + 1, DueAt = steps[i].DueAt, Text = steps[i].Text,
                Template = FollowUpStep.Write(steps[i].Template),
            });
        }
    }

    private static FollowUpPlan Planned(
        FollowUpPlan plan, string state, string planner, string reason, long now, bool heldOut = false, bool automatic = false,
        PlanOutcome.Proposed? proposal = null, (string? Code, string Reason)? problem = null) => new()
    {
        TenantId = plan.TenantId, Id = plan.Id, State = state, HeldOut = heldOut ? 1 : 0, Language = proposal?.Language ?? plan.Language,
        Confidence = proposal?.Confidence ?? 0, Reason = reason, Evidence = JsonSerializer.Serialize(proposal?.Evidence ?? [], ApiJson.Options), Planner = planner,
        ApprovedAt = automatic ? now : null, WatchedUntil = heldOut ? now + Watched : null, ProblemCode = problem?.Code, Problem = problem?.Reason,

        // Looked at once more at once: the customer may have written while somebody was thinking.
        NextAt = state == PlanStates.Ended ? null : now, UpdatedAt = now,
    };
}
