using Relais.Engine.Ai.Providers;

namespace Relais.FollowUps.Planning;

/// <summary>What a model wrote, and which.</summary>
internal sealed record PlanWords(string Text, ModelSetup Model);

/// <summary>
/// Asks the tenant's models, in their order, what to say to a customer who went quiet. Calls count towards the tenant's budget and the
/// contact's, as those of turns. Null when none is configured, the budget is spent, or none answered: then the built-in planner plans.
/// </summary>
internal sealed class PlanModel(ModelsAside models)
{
    /// <summary>A plan costs one call, or one a model that failed: turns of the same customer must not be starved by it.</summary>
    private const int CallsInADay = 20;

    private const int MostTokens = 1_500;

    /// <summary>Nobody waits for it, so a slow model may take its time; a lease is kept alive meanwhile.</summary>
    private static readonly ModelChainLimits Patience = new(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1));

    public async Task<PlanWords?> Ask(PlanContext context, CancellationToken cancel)
    {
        var plan = context.Plan;
        var asked = new AsideQuestion(
            plan.TenantId, plan.ContactId, plan.ConversationId ?? 0, PlanPrompts.Rules(context), PlanPrompts.Material(context), MostTokens, Patience);
        return await models.Ask(asked, Allowance, cancel) is { AnsweredBy: { } by, Response: var response } ? new PlanWords(response.Text, by) : null;
    }

    private static Allowance Allowance(UsedLately used) =>
        new(CallsInADay - used.CallsInADay, used.DailyCost - used.CostInADay) { Tokens = used.TokensLeft };
}
