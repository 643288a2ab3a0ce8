using Microsoft.Extensions.AI;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai.Providers;

/// <summary>What models are asked outside of a turn.</summary>
/// <param name="TenantId">Whose models.</param>
/// <param name="UserId">Whose calls are counted: a contact, or a person at the desk (ids are unique in the installation).</param>
/// <param name="ConversationId">What it is about; 0 for none.</param>
/// <param name="Rules">What to do; ours alone.</param>
/// <param name="Data">What to do it with: words of customers and colleagues, never instructions.</param>
/// <param name="MostTokens">Of the answer.</param>
/// <param name="Limits">How long they may take.</param>
internal sealed record AsideQuestion(long TenantId, long UserId, long ConversationId, string Rules, string Data, int MostTokens, ModelChainLimits Limits);

/// <param name="Response">Of the last one that was asked; a call of a tool when the budget was spent.</param>
/// <param name="AnsweredBy">Null when none answered.</param>
internal sealed record AsideAnswer(ChatResponse Response, ModelSetup? AnsweredBy);

/// <summary>
/// Asks the tenant's models, in their order, for a text that no turn waits for. Calls count towards the tenant's budget and are kept in
/// ai_usage. Where a turn would come to the built-in agent, nothing is said.
/// </summary>
internal sealed class ModelsAside(ModelDirectory directory, Database database, Ids ids, Clock clock, ILogger<ModelsAside> log)
{
    /// <summary>Null when the tenant has no model but the built-in agent.</summary>
    /// <param name="asked">What.</param>
    /// <param name="allowance">What is left, of what was used lately by the tenant, the user and the conversation.</param>
    /// <param name="cancel">The caller's.</param>
    public async Task<AsideAnswer?> Ask(AsideQuestion asked, Func<UsedLately, Allowance> allowance, CancellationToken cancel)
    {
        if (!directory.IsLoaded)
        {
            await directory.Load(cancel);
        }

        if (directory.Of(asked.TenantId) is not { Count: > 0 } models)
        {
            return null;
        }

        using var silent = new SilentChatClient();
        using var chain = new ModelChain(models, silent, asked.Limits, async token => allowance(await Used(asked, token)), TimeProvider.System, log);
        ChatResponse response;
        try
        {
            response = await chain.GetResponseAsync(
                [new ChatMessage(ChatRole.System, asked.Rules), new ChatMessage(ChatRole.User, asked.Data)],
                new ChatOptions { MaxOutputTokens = asked.MostTokens }, cancel);
        }
        finally
        {
            await Record(asked, chain.Calls);
        }

        return new AsideAnswer(response, chain.Calls is [.., { Failure: null } last] ? last.Setup : null);
    }

    private Task<UsedLately> Used(AsideQuestion asked, CancellationToken cancel) => database.Read(
        Scope.Tenant(asked.TenantId), tx => UsageStore.Lately(tx, asked.TenantId, asked.UserId, asked.ConversationId, clock.Micros), cancel);

    private async Task Record(AsideQuestion asked, IReadOnlyList<ModelCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        var now = clock.Micros;
        var range = await ids.Take(calls.Count);
        await database.Write(Scope.Tenant(asked.TenantId), async tx =>
        {
            range.Rewind();
            foreach (var call in calls)
            {
                await UsageStore.Insert(tx, new StoredUsage(
                    asked.TenantId, range.Next(), asked.ConversationId, asked.UserId, call.Setup.Provider, call.Setup.Name, call.TokensIn,
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
