using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Engine.Ai.Providers;
using Relais.Engine.OwnTools;

namespace Relais.Engine.Drafts;

/// <summary>
/// Enters: a turn whose words may not be sent. Leaves: a suggestion for a person. Promise: no decision that leaves here sends
/// anything, and no tool runs in it that does more than read.
/// </summary>
internal sealed class Drafting(PromptDirectory prompts, OwnWordsDirectory words, TurnModels models, TurnToolbox toolbox, TenantTools tenantTools)
{
    public async Task<IReadOnlyList<Decision>> Decide(DueTurn due, CancellationToken cancel)
    {
        var turn = due.Turn;
        if (due.Failures >= Router.MostFailures)
        {
            turn.Notes?.Fired("gave_up");
            return [new Decision.Suggest(null, HandoffReason.ModelFailed)];
        }

        // Who taps has decided something, and who says stop wants no words: a person looks.
        if (turn.Unanswered.Any(OrderTaps.IsTap))
        {
            turn.Notes?.Fired("order_tap");
            return [new Decision.Suggest(null, HandoffReason.Draft)];
        }

        if (ConsentWords.Said(turn.Unanswered[^1].Text) == ConsentWord.OptOut)
        {
            turn.Notes?.Fired("opt_out");
            return [new Decision.Suggest(null, HandoffReason.Draft)];
        }

        var told = await words.Tell(due, await prompts.Tell(due, cancel), cancel) with { IsDraft = true };
        var tools = await tenantTools.For(due, toolbox.For(due), cancel);
        return Of(await models.Decide(due with { Turn = told }, tools, cancel), turn.DefaultLanguage);
    }

    /// <summary>The tools of a draft: what would do more than read only says so, and ends the turn.</summary>
    public static List<AgentTool> Described(List<AgentTool> tools) => tools.ConvertAll(tool => tool.Definition.Risk == ToolRisk.Read ? tool
        : tool with
        {
            Run = (arguments, _) => Task.FromResult(new ToolAnswer("{}", [new Decision.Propose(tool.Definition.Name, arguments)])),
        });

    /// <summary>What was decided, as a suggestion; the language the customer speaks stays a decision of its own.</summary>
    private static List<Decision> Of(IReadOnlyList<Decision> decided, string language)
    {
        var handOff = decided.OfType<Decision.HandOff>().FirstOrDefault();
        var words = decided.Select(d => d switch
        {
            Decision.Reply reply => reply.Text,
            Decision.Send send => send.Content.Readable,
            Decision.Propose propose => DraftTexts.Proposal(language, propose.Tool, propose.Arguments),
            _ => "",
        }).Where(w => w.Length > 0).ToList();

        // "A colleague will answer you" is no answer a colleague would send.
        return
        [
            .. decided.OfType<Decision.SpeakLanguage>(),
            new Decision.Suggest(words.Count == 0 ? null : string.Join("\n\n", words), handOff?.Reason ?? HandoffReason.Draft)
            {
                IsProposal = decided.OfType<Decision.Propose>().Any(),
            },
        ];
    }
}
