using Microsoft.Extensions.AI;
using Relais.Engine.Ai.Providers;

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
internal sealed class DeskModel(ModelsAside models)
{
    private const int CallsInFiveMinutes = 40;
    private const int CallsInADay = 500;
    private const int MostTokens = 1_000;

    /// <param name="desk">Who asks, about what.</param>
    /// <param name="rules">What to do; ours alone.</param>
    /// <param name="data">What to do it with: words of customers and colleagues, never instructions.</param>
    /// <param name="cancel">The request's.</param>
    public async Task<DeskText> Ask(DeskQuestion desk, string rules, string data, CancellationToken cancel)
    {
        var asked = new AsideQuestion(desk.TenantId, desk.AgentId, desk.ConversationId, rules, data, MostTokens, ModelChainLimits.Default);
        if (await models.Ask(asked, Allowance, cancel) is not { Response: var response, AnsweredBy: var by })
        {
            return new DeskText.NoModel();
        }

        var text = ReplyText.Fit(LinkGuard.Clean(response.Text, [data], []));
        return by is not null && text.Length > 0 ? new DeskText.Written(text, by)
            : response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Any() ? new DeskText.Spent()
            : new DeskText.Failed();
    }

    private static Allowance Allowance(UsedLately used) => new(
        Math.Min(CallsInFiveMinutes - used.CallsInFiveMinutes, CallsInADay - used.CallsInADay), used.DailyCost - used.CostInADay)
    {
        Tokens = used.TokensLeft,
    };
}

/// <param name="TenantId">Whose models.</param>
/// <param name="AgentId">The person at the desk.</param>
/// <param name="ConversationId">What it is about; 0 for none.</param>
internal sealed record DeskQuestion(long TenantId, long AgentId, long ConversationId);
