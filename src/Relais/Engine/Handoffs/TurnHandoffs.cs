using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Handoffs;

/// <summary>
/// The rules of <see cref="HandoffDecisions"/> around the agent of a turn, and what the customer is told with a hand-off: in the
/// business's words, with its hours. The settings are kept in memory by the tenant's AI revision: a turn costs no query for them.
/// </summary>
internal sealed class TurnHandoffs(Database database, Clock clock)
{
    private readonly RevisionCache<HandoffSettings> settings = new((tenantId, cancel) => database.Read(
        Scope.Tenant(tenantId), tx => HandoffSettingsStore.Of(tx, tenantId), cancel));

    /// <summary>Asks <paramref name="agent"/> unless a rule decides, and looks over what it decided.</summary>
    public async Task<IReadOnlyList<Decision>> Decide(DueTurn due, Func<Turn, Task<IReadOnlyList<Decision>>> agent, CancellationToken cancel)
    {
        var own = await settings.Of(due.Turn.TenantId, due.AiRevision, cancel);
        if (HandoffDecisions.Before(due.Turn, own) is { } ruled)
        {
            due.Turn.Notes?.Fired("rule:" + (ruled.OfType<Decision.HandOff>().FirstOrDefault() is { } given ? TurnCommitter.ReasonWord(given.Reason) : "offer"));
            return ruled;
        }

        return HandoffDecisions.After(due.Turn, await agent(due.Turn), own);
    }

    /// <summary>The decisions as the customer hears them. A fallback that was the last thing said is not said again: once an incident.</summary>
    public async ValueTask<IReadOnlyList<Decision>> Worded(DueTurn due, IReadOnlyList<Decision> decisions, CancellationToken cancel)
    {
        if (!decisions.Any(d => d is Decision.HandOff { CustomerText.Length: > 0 } or Decision.Reply))
        {
            return decisions;
        }

        var own = await settings.Of(due.Turn.TenantId, due.AiRevision, cancel);
        return [.. decisions.Select(d => d switch
        {
            Decision.HandOff { CustomerText.Length: > 0 } handOff => Worded(due, decisions, handOff, own),
            Decision.Reply reply => own.Messages.Reworded(reply.Text, own.Business) is var text && text == reply.Text ? reply : new Decision.Reply(text),
            _ => d,
        })];
    }

    /// <summary>Whether nobody of the business is there now, as far as its hours are known.</summary>
    public async ValueTask<bool> IsClosed(DueTurn due, CancellationToken cancel) =>
        (await settings.Of(due.Turn.TenantId, due.AiRevision, cancel)).HoursAt(clock.Micros) is HoursNow.Closed;

    private Decision.HandOff Worded(DueTurn due, IReadOnlyList<Decision> decisions, Decision.HandOff handOff, HandoffSettings own)
    {
        var text = own.Messages.Reworded(handOff, own.Business);
        if (handOff.Reason is HandoffReason.ModelFailed or HandoffReason.TooManySteps
            && due.Turn.History.LastOrDefault(m => !m.FromCustomer)?.Text.StartsWith(text, StringComparison.Ordinal) == true)
        {
            return handOff with { CustomerText = "" };
        }

        var language = decisions.OfType<Decision.SpeakLanguage>().LastOrDefault()?.Language ?? AiAgent.LanguageOf(due.Turn);
        var hours = HoursTexts.Sentence(language, own.HoursAt(clock.Micros), own.Messages, own.Business);
        return handOff with { CustomerText = hours.Length == 0 ? text : $"{text}\n{hours}" };
    }
}
