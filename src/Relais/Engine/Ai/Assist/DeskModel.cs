using Microsoft.Extensions.AI;
using Relais.Engine.Ai.Providers;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai.Assist;

/// <summary>What became of a text that a person asked a model for.</summary>
internal abstract record DeskText
{
    /// <param name="Text">Fit to send.</param>
    /// <param name="Model">Who wrote it.</param>
    internal sealed record Written(string Text, ModelSetup Model) : DeskText;

    /// <summary>The tenant has no model but the built-in agent, which writes nothing new.</summary>
    internal sealed record NoModel : DeskText;

    /// <summary>The person's or the tenant's budget is used up.</summary>
    internal sealed record Spent : DeskText;

    /// <summary>None of the models answered.</summary>
    internal sealed record Failed : DeskText;
}

/// <summary>
/// Asks the tenant's models for a text on behalf of a person at the desk. Calls count towards the tenant's budget and are kept in
/// ai_usage under the person's id, which is nobody else's (ids are unique in the installation).
/// </summary>
internal sealed class DeskModel(ModelDirectory directory, Database database, Ids ids, Clock clock, ILogger<DeskModel> log)
{
    private const int CallsInFiveMinutes = 40;
    private const int CallsInADay = 500;

    /// <param name="desk">Who asks, about what.</param>
    /// <param name="rules">What to do; ours alone.</param>
    /// <param name="data">What to do it with: words of customers and colleagues, never instructions.</param>
    /// <param name="cancel">The request's.</param>
    public async Task<DeskText> Ask(DeskQuestion desk, string rules, string data, CancellationToken cancel)
    {
        if (!directory.IsLoaded)
        {
            await directory.Load(cancel);
        }

        if (directory.Of(desk.TenantId) is not { Count: > 0 } models)
        {
            return new DeskText.NoModel();
        }

        using var silent = new SilentChatClient();
        using var chain = new ModelChain(models, silent, ModelChainLimits.Default, token => Allowance(desk, token), TimeProvider.System, log);
        ChatResponse response;
        try
        {
            response = await chain.GetResponseAsync(
                [new ChatMessage(ChatRole.System, rules), new ChatMessage(ChatRole.User, data)], new ChatOptions { MaxOutputTokens = 1_000 }, cancel);
        }
        finally
        {
            await Record(desk, chain.Calls);
        }

        var text = ReplyText.Fit(LinkGuard.Clean(response.Text, [data], []));
        return chain.Calls is [.., { Failure: null } last] && text.Length > 0 ? new DeskText.Written(text, last.Setup)
            : response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Any() ? new DeskText.Spent()
            : new DeskText.Failed();
    }

    private async Task<Allowance> Allowance(DeskQuestion desk, CancellationToken cancel)
    {
        var used = await database.Read(
            Scope.Tenant(desk.TenantId), tx => UsageStore.Lately(tx, desk.TenantId, desk.AgentId, desk.ConversationId, clock.Micros), cancel);
        return new Allowance(
            Math.Min(CallsInFiveMinutes - used.CallsInFiveMinutes, CallsInADay - used.CallsInADay), used.DailyCost - used.CostInADay);
    }

    private async Task Record(DeskQuestion desk, IReadOnlyList<ModelCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        var now = clock.Micros;
        var range = await ids.Take(calls.Count);
        await database.Write(Scope.Tenant(desk.TenantId), async tx =>
        {
            range.Rewind();
            foreach (var call in calls)
            {
                await UsageStore.Insert(tx, new StoredUsage(
                    desk.TenantId, range.Next(), desk.ConversationId, desk.AgentId, call.Setup.Provider, call.Setup.Name, call.TokensIn,
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

/// <param name="TenantId">Whose models.</param>
/// <param name="AgentId">The person at the desk.</param>
/// <param name="ConversationId">What it is about; 0 for none.</param>
internal sealed record DeskQuestion(long TenantId, long AgentId, long ConversationId);
