using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Engine.Flows.Testing;

/// <summary>
/// Plays a script through the very runner that customers get. Pure: nothing is sent, called or stored; time passes when the script waits.
/// Bounded by the script and by what one run may do.
/// </summary>
internal sealed class FlowRehearsal
{
    private const string Phone = "+33600000000";

    private readonly FlowDefinition definition;
    private readonly FlowScript script;
    private readonly List<FlowPlayLine> transcript = [];
    private readonly List<FlowPlayStep> path = [];
    private FlowWorld world;
    private FlowState state;
    private FlowEnd? end;
    private OutboundContent? offered;

    private FlowRehearsal(FlowDefinition definition, FlowScript script, FlowWorld world, string happening, JsonObject payload, string sid)
    {
        (this.definition, this.script, this.world) = (definition, script, world);
        state = FlowContext.Start(definition, happening, payload, new FlowFacts(
            "FNtest", sid, "whatsapp:+33100000000", FlowFacts.ContactOf("whatsapp:" + Phone, "Test", Phone, world.Language, isClient: false)));
    }

    /// <param name="definition">What is tried.</param>
    /// <param name="sid">Of the flow.</param>
    /// <param name="script">What the customer does.</param>
    /// <param name="world">Subflows, functions, time zone; what is sent is never refused.</param>
    public static FlowPlay Play(FlowDefinition definition, string sid, FlowScript script, FlowWorld world)
    {
        var messages = (script.Messages ?? []).Select(m => FlowScriptMessage.Read(m)!).ToList();
        var byRequest = script.Parameters is { ValueKind: JsonValueKind.Object };
        var (first, rest) = byRequest || messages.Count == 0 ? (null, messages) : (messages[0], messages[1..]);
        var text = first switch { FlowScriptMessage.Says says => says.Text, FlowScriptMessage.Taps taps => taps.Choice, _ => "" };
        var payload = byRequest
            ? new JsonObject { ["from"] = "whatsapp:+33100000000", ["to"] = "whatsapp:" + Phone, ["parameters"] = JsonObject.Create(script.Parameters!.Value) }
            : Inbound(text, first is FlowScriptMessage.Taps ? text : null);
        var play = new FlowRehearsal(definition, script, world with { Language = script.Language ?? world.Language }, byRequest ? "incomingRequest" : "incomingMessage", payload, sid);
        if (first is not null)
        {
            play.transcript.Add(new FlowPlayLine("customer", text, null, definition.InitialState));
        }

        play.Happens(new FlowEvent.Continue());
        foreach (var message in rest)
        {
            play.Does(message);
        }

        return play.Result();
    }

    private void Does(FlowScriptMessage message)
    {
        if (end is not null || state.Wait != FlowWait.Reply)
        {
            return;
        }

        if (message is FlowScriptMessage.Waits)
        {
            if (state.Until is { } until)
            {
                world = world with { Now = Instants.FromMicros(Math.Max(until, Instants.ToMicros(world.Now))) };
                Happens(new FlowEvent.TimedOut());
            }

            return;
        }

        var asked = message is FlowScriptMessage.Taps taps ? taps.Choice : ((FlowScriptMessage.Says)message).Text;
        var choice = offered is null ? null : message is FlowScriptMessage.Taps ? TypedChoice.Offered(offered, asked) : TypedChoice.Match(asked, offered);
        var text = choice is not null && message is FlowScriptMessage.Taps ? choice.Title : asked;
        transcript.Add(new FlowPlayLine("customer", text, null, state.Step));

        // The AI agent has the word there; what it would say is not the flow's to test (docs/simulations.md).
        if (!state.IsWithAgent)
        {
            Happens(new FlowEvent.Reply(new FlowReply(Inbound(text, choice?.Id), text, choice is null ? "text" : "interactive", choice?.Id, choice?.Title)));
        }
    }

    /// <summary>Runs until it waits for the customer or is over; calls are answered as the script says.</summary>
    private void Happens(FlowEvent happening)
    {
        Run(happening);
        for (var calls = 0; end is null && state.Wait == FlowWait.Call && calls < FlowRunner.MostSteps; calls++)
        {
            Run(new FlowEvent.Called(Answer()));
        }
    }

    private void Run(FlowEvent happening)
    {
        var outcome = FlowRunner.Run(definition, state, happening, world);
        (state, end) = (outcome.State, outcome.End);
        if (path.Count > 0 && path[^1].Event.Length == 0)
        {
            path.RemoveAt(path.Count - 1);
        }

        path.AddRange(outcome.Steps.Select(s => new FlowPlayStep(s.Step, s.Event)));

        // What does not wait is said by the steps left by "sent", in their order; a question by the step it stands at.
        var sent = new Queue<string>(outcome.Steps.Where(s => s.Event == "sent").Select(s => s.Step));
        foreach (var say in outcome.Effects.OfType<FlowEffect.Say>())
        {
            var choices = say.Content is OutboundContent.Choices all ? all.Items : ChoiceLayout.Offered(say.Content);
            transcript.Add(new FlowPlayLine(
                "flow", say.Content.Readable, choices.Count == 0 ? null : [.. choices.Select(c => new FlowPlayChoice(c.Id, c.Title, c.Description))],
                say.Awaits || !sent.TryDequeue(out var step) ? state.Step : step));
            offered = choices.Count > 0 ? say.Content : say.Awaits ? null : offered;
        }

        if (end is FlowEnd.Transferred { Text: { } text })
        {
            transcript.Add(new FlowPlayLine("flow", text, null, state.Step));
        }
    }

    private FlowAnswer Answer()
    {
        if (script.Http?.GetValueOrDefault(state.Step) is not { } told)
        {
            return new FlowAnswer(200, "application/json", "{}");
        }

        return told.Status is not { } status ? new FlowAnswer(null, null, "")
            : told.Body is { ValueKind: JsonValueKind.String } text ? new FlowAnswer(status, "text/plain", text.GetString()!)
            : new FlowAnswer(status, "application/json", told.Body?.GetRawText() ?? "{}");
    }

    private FlowPlay Result() => new(
        transcript, path, FlowVariables.Of(state), end is not null,
        end is FlowEnd.Transferred or FlowEnd.Failed, end switch
        {
            FlowEnd.Transferred transferred => transferred.Reason, FlowEnd.Abandoned abandoned => abandoned.Reason, FlowEnd.Failed failed => failed.Reason, _ => null,
        });

    private static JsonObject Inbound(string text, string? choice)
    {
        var inbound = new JsonObject
        {
            ["Body"] = text, ["From"] = "whatsapp:" + Phone, ["To"] = "whatsapp:+33100000000", ["MessageSid"] = "SMtest", ["ProfileName"] = "Test",
            ["WaId"] = Phone[1..], ["NumMedia"] = "0",
        };
        if (choice is not null)
        {
            inbound["ButtonPayload"] = choice;
            inbound["ButtonText"] = text;
        }

        return inbound;
    }
}
