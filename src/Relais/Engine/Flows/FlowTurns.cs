using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Engine.Handoffs;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>
/// A flow's part of a turn. In: a conversation with a running session, or messages that may start one. Out: decisions, as every other turn's,
/// with the session's progress among them. Messages are taken up one by one, each while the flow waits for an answer; what comes while it does
/// not wait stays until it does. A call is made between two commits: what was said before it is sent first.
/// </summary>
internal sealed class FlowTurns(
    FlowDirectory directory, FlowFetcher fetcher, TurnAgent agent, TurnHandoffs handoffs, InboxDirectory inboxes, Ids ids, Clock clock)
{
    /// <summary>The flow that these messages start; null when they start none.</summary>
    public async ValueTask<IReadOnlyList<Decision>?> Start(DueTurn due, CancellationToken cancel)
    {
        var known = await directory.Of(due.Turn.TenantId, due.AiRevision, cancel);
        return known.Flows.Count == 0 || due.Turn.Unanswered.All(m => OrderTaps.IsTap(m) || m.IsPageTap) ? null
            : await Start(due, known, due.Turn.Unanswered, isInAFlow: false, cancel);
    }

    /// <summary>Carries the running session on.</summary>
    public async Task<IReadOnlyList<Decision>> Continue(DueTurn due, CancellationToken cancel)
    {
        var session = due.Session!;
        var known = await directory.Of(due.Turn.TenantId, due.AiRevision, cancel);
        var settings = known.Flows.FirstOrDefault(f => f.FlowId == session.FlowId)?.Settings;
        var messages = due.Turn.Unanswered;
        if (settings is null)
        {
            return Over(due, session, new FlowEnd.Abandoned("archived"), messages.Count == 0 ? due.SeenSeq : messages[0].Seq - 1);
        }

        var definition = await directory.Definition(known, due.Turn.TenantId, session.FlowId, session.Version, session.Definition, cancel);
        if (definition is null)
        {
            return Over(due, session, new FlowEnd.Failed("step_missing"), due.SeenSeq);
        }

        if (session.State.Wait == FlowWait.Reply && messages.Count > 0)
        {
            if (Channels.ChoiceLayout.IsPageId(messages[0].ChoiceId))
            {
                // Another page of the menu: a tap was answered when it came in, a word is answered now; the flow waits on.
                return [.. messages.Count == 1 && due.AskedPage is { } page ? [new Decision.Send(page) { ByFlow = true }] : (Decision[])[],
                    new Decision.RunFlow(new FlowProgress(session, false, [Trace(session, null)], null, messages[0].Seq, []))];
            }

            if (OrderTaps.IsTap(messages[0]))
            {
                return await Tapped(due, session, cancel);
            }

            if (await Left(due, session, definition, known, settings, cancel) is { } left)
            {
                return left;
            }

            if (session.State.IsWithAgent)
            {
                return await ByAgent(due, session, cancel);
            }
        }

        return await Run(due, session, definition, known, messages, cancel);
    }

    /// <summary>The session ends here, whatever else is decided.</summary>
    public static Decision Ended(DueTurn due, FlowEnd end) => new Decision.RunFlow(new FlowProgress(due.Session!, false, [Trace(due.Session!, end)], end, due.SeenSeq, []));

    private async Task<IReadOnlyList<Decision>?> Start(
        DueTurn due, TenantFlows known, IReadOnlyList<TurnMessage> messages, bool isInAFlow, CancellationToken cancel)
    {
        var isClosed = known.Flows.Any(f => f.Settings.Triggers.Any(t => t.Type == "out_of_hours")) && await handoffs.IsClosed(due, cancel);
        var isFirst = due.Turn.History.Count == 0 && messages[0].Seq <= 1;
        var campaign = known.Flows.Any(f => f.Settings.Triggers.Any(t => t.Type == "campaign_reply"))
            ? await directory.AnsweredCampaign(due.Turn.TenantId, due.Lease.Key, messages[0], cancel) : null;
        var candidates = known.Flows.Where(f => f.Version > 0 || IsTestPhone(f, due)).ToList();
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            var asked = new AskedTrigger(message.Typed ?? message.Text, message.ChoiceId, due.InboxId, isFirst, isClosed, isInAFlow)
            {
                CampaignId = i == 0 ? campaign : null,
            };
            if (FlowTriggers.Find(candidates, asked) is not { } found)
            {
                continue;
            }

            var draft = IsTestPhone(found.Flow, due) ? await directory.Text(due.Turn.TenantId, found.Flow.FlowId, 0, cancel) : null;
            var definition = draft is null ? found.Flow.Definition : FlowDefinition.Parse(draft);
            if (definition is null)
            {
                continue;
            }

            var language = AiAgent.LanguageOf(due.Turn);
            var id = (await ids.Take(1, cancel)).Next();
            var facts = await Facts(due, found.Flow, id, language, cancel);
            var state = FlowContext.Start(definition, "incomingMessage", FlowMessages.Inbound(due, message, Address(due)), facts);
            var session = new FlowSession(id, found.Flow.FlowId, draft is null ? found.Flow.Version : 0, draft, state, 0)
            {
                Trigger = found.By.Type, OnRelease = found.Flow.Settings.OnRelease == "resume" ? 1 : 0,
            };

            // Several messages at once start it once; what comes after the one that did is read by the flow.
            var decisions = await Run(due, session, definition, known, [.. messages.Skip(i + 1)], cancel, isNew: true, seen: message.Seq);
            if (!HasNothingToSay(decisions))
            {
                return decisions;
            }
        }

        return null;
    }

    /// <summary>A flow that came to its end at once and did nothing is no answer: whoever else has one gives it.</summary>
    private static bool HasNothingToSay(IReadOnlyList<Decision> decisions) =>
        !decisions.Any(d => d is Decision.Send or Decision.HandOff)
        && decisions.OfType<Decision.RunFlow>().All(f => f.Progress is { End: FlowEnd.Completed, Kept.Count: 0 });

    private async Task<IReadOnlyList<Decision>> Run(
        DueTurn due, FlowSession session, FlowDefinition definition, TenantFlows known, IReadOnlyList<TurnMessage> messages, CancellationToken cancel,
        bool isNew = false, long? seen = null)
    {
        var (language, isNewLanguage) = AiAgent.Detected(due.Turn);
        var world = await World(due, session, definition, known, language, cancel);
        var seenSeq = seen ?? (messages.Count > 0 ? messages[0].Seq - 1 : due.SeenSeq);
        var (says, steps, kept) = (new List<FlowEffect.Say>(), new List<FlowTrace>(), new List<FlowEffect.KeepOfContact>());
        var state = session.State;
        FlowEnd? end = null;
        var next = 0;
        for (FlowEvent? happening = await First(session, cancel); happening is not null || next < messages.Count; happening = null)
        {
            if (happening is null)
            {
                if (state.Wait != FlowWait.Reply || state.IsWithAgent || end is not null)
                {
                    break;
                }

                var message = messages[next++];
                seenSeq = message.Seq;
                happening = new FlowEvent.Reply(FlowMessages.Reply(due, message, Address(due)));
            }

            var outcome = FlowRunner.Run(definition, state, happening, world);
            state = outcome.State;
            end = outcome.End;

            // The row of the step it stands at is written once: what goes on from it in this turn replaces it.
            if (steps.Count > 0 && steps[^1].Event.Length == 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }

            steps.AddRange(outcome.Steps);
            says.AddRange(outcome.Effects.OfType<FlowEffect.Say>());
            kept.AddRange(outcome.Effects.OfType<FlowEffect.KeepOfContact>());
            if (end is not null)
            {
                break;
            }
        }

        if (messages.Count == next && due.Turn.Unanswered.Count > 0)
        {
            seenSeq = Math.Max(seenSeq, due.Turn.Unanswered[^1].Seq);
        }

        List<Decision> decisions = [.. says.Select(s => new Decision.Send(s.Content) { ByFlow = true })];
        if (isNewLanguage)
        {
            decisions.Add(new Decision.SpeakLanguage(language));
        }

        if (FlowHandOffs.Of(end, language) is { } handOff)
        {
            decisions.Add(handOff);
        }

        decisions.Add(new Decision.RunFlow(new FlowProgress(session with { State = state }, isNew, steps, end, seenSeq, kept)));
        return decisions;
    }

    /// <summary>What happens to it besides messages: it begins or goes on, its call comes back, its time is over, its words did not arrive.</summary>
    private async Task<FlowEvent?> First(FlowSession session, CancellationToken cancel)
    {
        if (session.State.Wait == FlowWait.None)
        {
            return new FlowEvent.Continue();
        }

        if (session.State.Wait == FlowWait.Call)
        {
            return session.State.Pending is { } call
                ? new FlowEvent.Called(await fetcher.Call(call, $"flow-{session.Id}-{session.State.Steps}", cancel)) : new FlowEvent.Continue();
        }

        return session.Undelivered is { } reason ? new FlowEvent.Undelivered(reason)
            : session.State.Until <= clock.Micros ? new FlowEvent.TimedOut() : null;
    }

    /// <summary>Words at any time: out of the flow, from its beginning, or into another one.</summary>
    private async Task<IReadOnlyList<Decision>?> Left(
        DueTurn due, FlowSession session, FlowDefinition definition, TenantFlows known, FlowSettings settings, CancellationToken cancel)
    {
        var first = due.Turn.Unanswered[0];
        var text = first.Typed ?? first.Text;
        if (FlowTriggers.Says(text, settings.ExitWords))
        {
            return [new Decision.Reply(FlowHandOffs.LeftText(AiAgent.LanguageOf(due.Turn))) { ByFlow = true }, .. Over(due, session, new FlowEnd.Abandoned("exit_word"), first.Seq)];
        }

        if (FlowTriggers.Says(text, settings.RestartWords))
        {
            var flow = known.Flows.First(f => f.FlowId == session.FlowId);
            var id = (await ids.Take(1, cancel)).Next();
            var state = FlowContext.Start(
                definition, "incomingMessage", FlowMessages.Inbound(due, first, Address(due)),
                await Facts(due, flow, id, AiAgent.LanguageOf(due.Turn), cancel));
            return [.. Over(due, session, new FlowEnd.Abandoned("restarted"), first.Seq),
                .. await Run(due, session with { Id = id, State = state, Traced = 0, Trigger = "restart" }, definition, known, [.. due.Turn.Unanswered.Skip(1)], cancel, isNew: true, seen: first.Seq)];
        }

        return await Start(due, known, [first], isInAFlow: true, cancel) is { } other
            ? [.. Over(due, session, new FlowEnd.Abandoned("another_flow"), first.Seq), .. other] : null;
    }

    /// <summary>The customer taps an order's button while a flow has the conversation: the order's answer is given, the flow waits on.</summary>
    private async Task<IReadOnlyList<Decision>> Tapped(DueTurn due, FlowSession session, CancellationToken cancel)
    {
        var tap = due.Turn.Unanswered[0];
        var decisions = await agent.Decide(due with { Turn = due.Turn with { Unanswered = [tap] } }, cancel);
        var end = decisions.OfType<Decision.HandOff>().Any() ? new FlowEnd.Transferred("order_change", null) : null;
        return [.. decisions, new Decision.RunFlow(new FlowProgress(session, false, [Trace(session, end)], end, tap.Seq, []))];
    }

    /// <summary>The AI agent answers in the flow's place until somebody comes back to the flow.</summary>
    private async Task<IReadOnlyList<Decision>> ByAgent(DueTurn due, FlowSession session, CancellationToken cancel)
    {
        var decisions = await agent.Decide(due, cancel);
        FlowEnd? end = decisions.OfType<Decision.HandOff>().FirstOrDefault() is { } given ? new FlowEnd.Transferred(TurnCommitter.ReasonWord(given.Reason), null)
            : decisions.OfType<Decision.Close>().Any() ? new FlowEnd.Completed() : null;
        return [.. decisions, new Decision.RunFlow(new FlowProgress(session, false, [Trace(session, end)], end, due.Turn.Unanswered[^1].Seq, []))];
    }

    private async Task<FlowWorld> World(
        DueTurn due, FlowSession session, FlowDefinition definition, TenantFlows known, string language, CancellationToken cancel)
    {
        var inner = session.State.Subflow is { } sid && known.Find(sid) is { } of
            ? await directory.Definition(known, due.Turn.TenantId, of.FlowId, session.State.SubflowVersion, null, cancel) : null;
        var templates = definition.SendsTemplates || inner?.SendsTemplates == true || known.Flows.Any(f => f.Definition?.SendsTemplates == true)
            ? await directory.Templates(due.Turn.TenantId, cancel) : null;
        return new FlowWorld
        {
            Now = Instants.FromMicros(clock.Micros),
            Zone = known.Zone,
            Language = language,
            Subflow = named => known.Find(named) is { Definition: { } found } flow ? new FoundFlow(flow.Sid, flow.Version, found) : null,
            SubflowAt = (asked, version) => asked == session.State.Subflow && version == session.State.SubflowVersion ? inner
                : known.Find(asked) is { } flow && flow.Version == version ? flow.Definition : null,
            Functions = known.Flows.First(f => f.FlowId == session.FlowId).Settings.Functions,
            Template = asked => templates is not null && templates.TryGetValue(asked, out var template) ? template : null,
            Refusal = content => due.OptedOutAt is not null ? "opted_out"
                : content is Channels.OutboundContent.Template || ServiceWindow.IsOpen(due.LastInboundAt, clock.Micros) ? null : "window_closed",
        };
    }

    private async Task<FlowFacts> Facts(DueTurn due, KnownFlow flow, long sessionId, string language, CancellationToken cancel) =>
        FlowMessages.Facts(due, flow.Sid, sessionId, Address(due), language, await directory.IsClient(due.Turn.TenantId, due.Turn.ContactId, cancel));

    private string Address(DueTurn due) => inboxes.Find(due.InboxId)?.DisplayNumber ?? "";

    private static bool IsTestPhone(KnownFlow flow, DueTurn due) =>
        due.Contact.Phone is { } phone && flow.Settings.TestPhones.Any(t => Channels.PhoneNumbers.ToE164(t) == Channels.PhoneNumbers.ToE164(phone));

    private static IReadOnlyList<Decision> Over(DueTurn due, FlowSession session, FlowEnd end, long seen) =>
        [.. FlowHandOffs.Of(end, AiAgent.LanguageOf(due.Turn)) is { } handOff ? [handOff] : (Decision[])[],
            new Decision.RunFlow(new FlowProgress(session, false, [Trace(session, end)], end, seen, []))];

    private static FlowTrace Trace(FlowSession session, FlowEnd? end) => new(session.State.Step, end?.Word ?? "");
}
