using System.Text.Json;
using Relais.Channels;
using Relais.Commerce.Messages;
using Relais.Engine.Ai;
using Relais.Engine.Handoffs;
using Relais.Engine.Simulations.Cases;
using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Engine.Simulations.Running;

/// <summary>
/// Enters: a case, a business and a model. Leaves: how the real agent fares in it. The router, the agent and its reading tools are the ones that
/// answer customers; the conversation, the orders and everything else that would leave a trace are in memory alone (ADR 0034).
/// </summary>
internal sealed class CaseRunner(AiAgent agent, TurnToolbox toolbox, TurnHandoffs handoffs, Clock clock)
{
    public async Task<CaseResult> Run(SimulationCase run, SimulatedBusiness business, SimulatedModel model, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        if (run.Persona is not null && !model.CanPlay)
        {
            return new CaseResult(
                run.Name, run.Language, Verdict.Skipped, ["A persona is played by a model, and none is configured or recorded for this run."], [], ModelCost.None, TimeSpan.Zero);
        }

        var stage = new Stage(run, business, model);
        if (run.Persona is { } persona)
        {
            await Play(stage, persona, cancel);
        }
        else
        {
            for (var i = 0; i < run.Turns.Count; i++)
            {
                var outcome = await Turn(stage, run.Turns[i], cancel);
                var only = run.Turns.Count == 1 ? "" : $"Turn {i + 1}: ";
                stage.Reasons.AddRange(ExpectationCheck.Of(run.Turns[i].Expect, [outcome], stage.Orders.StatusOf).Select(r => only + r));
            }
        }

        stage.Reasons.AddRange(ExpectationCheck.Of(run.Expect, stage.Outcomes, stage.Orders.StatusOf));

        // What could not be simulated explains the rest, so it stands first.
        stage.Reasons.InsertRange(0, stage.Outcomes.Select(o => o.Failure).OfType<string>().Distinct(StringComparer.Ordinal));
        return new CaseResult(
            run.Name, run.Language, stage.Reasons.Count == 0 ? Verdict.Passed : Verdict.Failed, stage.Reasons, Transcript(stage.Outcomes), stage.Cost,
            TimeProvider.System.GetElapsedTime(began));
    }

    private async Task Play(Stage stage, CasePersona persona, CancellationToken cancel)
    {
        for (var i = 0; i < persona.MostTurns && !stage.Conversation.IsWithPeople; i++)
        {
            using var player = stage.Model.ForTurn(stage.Case.Name);
            try
            {
                if (await PersonaPlayer.Next(persona, stage.Case.Language, stage.Outcomes, player, cancel) is not { } words)
                {
                    return;
                }

                await Turn(stage, new CaseTurn([words], null, null, Expectation.Nothing), cancel);
            }
            catch (NoModelAnswerException e)
            {
                stage.Reasons.Add("The customer could not be played. " + e.Message);
                return;
            }
            finally
            {
                stage.Cost += player.Cost;
            }
        }
    }

    private async Task<TurnOutcome> Turn(Stage stage, CaseTurn turn, CancellationToken cancel)
    {
        var outcome = await Decide(stage, turn, cancel);
        stage.Outcomes.Add(outcome);
        return outcome;
    }

    private async Task<TurnOutcome> Decide(Stage stage, CaseTurn turn, CancellationToken cancel)
    {
        List<string> did = [.. turn.Messages, .. turn.Sends is { } file ? [$"({file})"] : Array.Empty<string>()];
        if (stage.Conversation.IsWithPeople)
        {
            stage.Conversation.Keep(turn);
            return new TurnOutcome { Customer = turn.Tap is null ? did : [$"[{turn.Tap}]"], IsWithPeople = true };
        }

        Choice? tapped = null;
        if (turn.Tap is { } title && (tapped = stage.Conversation.Offered(title)) is null)
        {
            return new TurnOutcome { Customer = [$"[{title}]"], Failure = $"There is no “{title}” to tap: nothing of that title was offered just before." };
        }

        var due = stage.Conversation.Due(turn, tapped, clock.Micros);
        using var client = stage.Model.ForTurn(stage.Case.Name);
        IReadOnlyList<Decision> decisions = Router.Route(due, TimeSpan.Zero, AiMode.Answer, clock.Micros) switch
        {
            Route.ConfirmOptOut => [new Decision.Reply(AgentTexts.OptedOut(AiAgent.LanguageOf(due.Turn)))],
            Route.ConfirmOptIn => [new Decision.Reply(AgentTexts.OptedIn(AiAgent.LanguageOf(due.Turn)))],
            Route.StaySilent => [],
            Route.ShowPage => [new Decision.Send(due.AskedPage!)],
            _ => await Ask(stage, due, client, cancel),
        };
        decisions = await handoffs.Worded(due, decisions, cancel);
        stage.Cost += client.Cost;
        var said = stage.Conversation.Settle(due.Turn, decisions);
        var detected = LanguageDetector.Detect(string.Join('\n', said));
        return new TurnOutcome
        {
            Customer = tapped is null ? did : [$"[{tapped.Title}]"],
            Said = said,
            Tools = client.Tools,
            HandOff = decisions.OfType<Decision.HandOff>().FirstOrDefault() is { } handOff
                ? JsonNamingPolicy.SnakeCaseLower.ConvertName(handOff.Reason.ToString()) : null,
            Language = said.Count == 0 ? null : detected.Confidence >= LanguageDetector.Sure ? detected.Language : AiAgent.LanguageOf(due.Turn),
            Failure = client.Failure,
        };
    }

    /// <summary>Taps on questions about orders first, as OrderTaps; then the agent for what is left.</summary>
    private async Task<IReadOnlyList<Decision>> Ask(Stage stage, DueTurn due, ObservedChatClient client, CancellationToken cancel)
    {
        var language = AiAgent.LanguageOf(due.Turn);
        var decisions = due.Turn.Unanswered.Select(m => RecapButton.Read(m.ChoiceId)).OfType<RecapButton>()
            .SelectMany(button => stage.Orders.Tap(button, language)).ToList();
        var others = due.Turn.Unanswered.Where(m => RecapButton.Read(m.ChoiceId) is null).ToList();
        if (others.Count == 0 || decisions.OfType<Decision.HandOff>().Any())
        {
            return decisions;
        }

        var tools = stage.Orders.Over(DryTools.Of(toolbox.For(due), stage.Business));
        return [.. decisions, .. await handoffs.Decide(
            due with { Turn = due.Turn with { Unanswered = others } }, turn => agent.Decide(turn, client, tools, cancel), cancel)];
    }

    private static List<TranscriptLine> Transcript(List<TurnOutcome> outcomes)
    {
        var lines = new List<TranscriptLine>();
        foreach (var turn in outcomes)
        {
            lines.AddRange(turn.Customer.Select(c => new TranscriptLine("customer", c)));
            lines.AddRange(turn.Tools.Select(t => new TranscriptLine("tool", $"{t.Name} {t.Arguments}")));
            lines.AddRange(turn.Said.Select(s => new TranscriptLine("agent", s)));
            if ((turn.Failure ?? (turn.IsWithPeople ? "people have it" : turn.HandOff)) is { } outcome)
            {
                lines.Add(new TranscriptLine("outcome", outcome));
            }
        }

        return lines;
    }

    /// <summary>One case while it runs.</summary>
    private sealed class Stage(SimulationCase run, SimulatedBusiness business, SimulatedModel model)
    {
        public SimulationCase Case => run;

        public SimulatedBusiness Business => business;

        public SimulatedModel Model => model;

        public SimulatedConversation Conversation { get; } = new(business, run.Language);

        public DryOrders Orders { get; } = new(run.Orders);

        public List<TurnOutcome> Outcomes { get; } = [];

        public List<string> Reasons { get; } = [];

        public ModelCost Cost { get; set; } = ModelCost.None;
    }
}
