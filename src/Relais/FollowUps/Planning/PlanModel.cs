using Microsoft.Extensions.AI;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Providers;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps.Planning;

/// <summary>What a model wrote, and which.</summary>
internal sealed record PlanWords(string Text, ModelSetup Model);

/// <summary>
/// Asks the tenant's models, in their order, what to say to a customer who went quiet. Calls count towards the tenant's budget and the
/// contact's, as those of turns. Null when none is configured, the budget is spent, or none answered: then the built-in planner plans.
/// </summary>
internal sealed class PlanModel(ModelDirectory directory, Database database, Ids ids, Clock clock, ILogger<PlanModel> log)
{
    /// <summary>A plan costs one call, or one a model that failed: turns of the same customer must not be starved by it.</summary>
    private const int CallsInADay = 20;

    private const int MostTokens = 1_500;

    /// <summary>Nobody waits for it, so a slow model may take its time; a lease is kept alive meanwhile.</summary>
    private static readonly ModelChainLimits Patience = new(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1));

    public async Task<PlanWords?> Ask(PlanContext context, CancellationToken cancel)
    {
        if (!directory.IsLoaded)
        {
            await directory.Load(cancel);
        }

        var plan = context.Plan;
        if (directory.Of(plan.TenantId) is not { Count: > 0 } models)
        {
            return null;
        }

        using var silent = new SilentChatClient();
        using var chain = new ModelChain(models, silent, Patience, token => Allowance(plan, token), TimeProvider.System, log);
        ChatResponse response;
        try
        {
            response = await chain.GetResponseAsync(
                [new ChatMessage(ChatRole.System, PlanPrompts.Rules(context)), new ChatMessage(ChatRole.User, PlanPrompts.Material(context))],
                new ChatOptions { MaxOutputTokens = MostTokens }, cancel);
        }
        finally
        {
            await Record(plan, chain.Calls);
        }

        return chain.Calls is [.., { Failure: null } last] ? new PlanWords(response.Text, last.Setup) : null;
    }

    private async Task<Allowance> Allowance(FollowUpPlan plan, CancellationToken cancel)
    {
        var used = await database.Read(
            Scope.Tenant(plan.TenantId), tx => UsageStore.Lately(tx, plan.TenantId, plan.ContactId, plan.ConversationId ?? 0, clock.Micros), cancel);
        return new Allowance(CallsInADay - used.CallsInADay, used.DailyCost - used.CostInADay) { Tokens = used.DailyTokens - used.TokensInADay };
    }

    private async Task Record(FollowUpPlan plan, IReadOnlyList<ModelCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        var now = clock.Micros;
        var range = await ids.Take(calls.Count);
        await database.Write(Scope.Tenant(plan.TenantId), async tx =>
        {
            range.Rewind();
            foreach (var call in calls)
            {
                await UsageStore.Insert(tx, new StoredUsage(
                    plan.TenantId, range.Next(), plan.ConversationId ?? 0, plan.ContactId, call.Setup.Provider, call.Setup.Name, call.TokensIn,
                    call.TokensOut, call.CostMicros, Instants.ToMicros(call.Took), call.Failure?.Word ?? "answered", now));
            }
        });
    }

    /// <summary>Stands where the built-in agent stands in a turn, and says nothing.</summary>
    private sealed class SilentChatClient : UnstreamedChatClient
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "")));
    }
}
