using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Ai.Providers;
using Relais.Engine.Handoffs;
using Relais.Engine.OwnTools;

namespace Relais.Engine;

/// <summary>
/// Decides a turn that is the AI agent's: what the customer tapped is carried out, then the rules by which people get it, then a
/// model with the turn's tools. Each step leaves to the next what is none of its own.
/// </summary>
internal sealed class TurnAgent(
    PromptDirectory prompts, OwnWordsDirectory words, OrderTaps orderTaps, TenantTools tenantTools, TurnHandoffs handoffs, TurnModels models, TurnToolbox toolbox)
{
    public async Task<IReadOnlyList<Decision>> Decide(DueTurn due, CancellationToken cancel) => await orderTaps.Decide(
        due with { Turn = await words.Tell(due, await prompts.Tell(due, cancel), cancel) },
        untapped => tenantTools.Decide(due with { Turn = untapped }, toolbox.For(due), Answer, cancel),
        cancel);

    private Task<IReadOnlyList<Decision>> Answer(DueTurn due, TurnTools tools, CancellationToken cancel) => handoffs.Decide(
        due, turn => models.Decide(due with { Turn = turn }, tools, cancel), cancel);
}
