using System.Globalization;
using System.Text.Json.Nodes;
using Relais.Engine.Flows.Liquid;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>A run while one event carries it on: what the steps read and write. Lives no longer than <see cref="FlowRunner.Run"/>.</summary>
internal sealed class FlowRun(FlowDefinition flow, FlowState state, FlowWorld world)
{
    /// <summary>Studio's own, seconds.</summary>
    private const double UsualTimeout = 3600;

    /// <summary>No run lives longer (protocol §5).</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly List<FlowEffect> effects = [];
    private readonly List<FlowTrace> steps = [];
    private FlowDefinition? inner;
    private string? innerSid;

    public FlowState State { get; set; } = state;

    public FlowWorld World { get; } = world;

    public FlowWidget? Widget => Flow?.Find(State.Step);

    /// <summary>Texts of this event so far.</summary>
    public int Says { get; private set; }

    /// <summary>What the customer said to the step that is about to be left, for reports.</summary>
    public string? Answer { get; set; }

    public JsonObject Context => State.Context;

    public JsonObject Variables => Context.Inside("flow").Inside("variables");

    /// <summary>Outputs of the widget it stands at.</summary>
    public JsonObject Outputs => Context.Inside("widgets").Inside(State.Step);

    /// <summary>Whose steps these are: the session's flow, or the subflow it has called.</summary>
    private FlowDefinition? Flow
    {
        get
        {
            if (State.Subflow is not { } sid)
            {
                return flow;
            }

            if (innerSid != sid)
            {
                (inner, innerSid) = (World.SubflowAt(sid, State.SubflowVersion), sid);
            }

            return inner;
        }
    }

    public void Do(FlowEffect effect)
    {
        Says += effect is FlowEffect.Say ? 1 : 0;
        effects.Add(effect);
    }

    /// <summary>Liquid of a string; empty where the template is broken (Twilio 81018: the flow goes on).</summary>
    public string Render(string? template) =>
        string.IsNullOrEmpty(template) ? "" : LiquidText.Render(template, Context, new LiquidLimits(World.Now)).Text;

    /// <summary>Goes where an event leads; what it ended with when it leads nowhere.</summary>
    public FlowEnd? Leave(string happening)
    {
        steps.Add(new FlowTrace(State.Step, happening, Answer));
        Answer = null;
        var next = Widget?.Next(happening);
        State = State with { Steps = State.Steps + 1, Wait = FlowWait.None, Until = null, Pending = null, Wrong = 0, Field = 0, Happening = null };
        if (next is not null)
        {
            State = State with { Step = next };
            return null;
        }

        if (State.Caller is not { } caller)
        {
            return happening == "timeout" ? new FlowEnd.Abandoned("timeout") : new FlowEnd.Completed();
        }

        // The subflow's variables are the widget's, flat (protocol §3).
        var variables = (JsonObject)Variables.DeepClone();
        State = State with { Step = caller.Step, Context = caller.Context, Caller = null, Subflow = null, SubflowVersion = 0 };
        State.Context.Inside("widgets")[caller.Step] = variables;
        return Leave("completed");
    }

    /// <summary>Waits for the customer's answer.</summary>
    /// <param name="seconds">As rendered; what is no number of seconds is Studio's own hour.</param>
    /// <param name="mayBeNone">Whether 0 is a wait: a pause of none.</param>
    public void WaitForReply(string seconds, bool mayBeNone)
    {
        var wait = double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var told) && (told > 0 || (mayBeNone && told == 0))
            ? Math.Min(told, LongestWait.TotalSeconds) : UsualTimeout;
        State = State with { Wait = FlowWait.Reply, Until = Instants.ToMicros(World.Now) + (long)(wait * Instants.Second) };
    }

    /// <summary>Begins a subflow at its trigger.</summary>
    public void Call(FoundFlow found, JsonObject parent)
    {
        var (step, context) = (State.Step, State.Context);
        steps.Add(new FlowTrace(step, ""));
        var facts = new FlowFacts(
            Text(context, "sid"), found.Sid, context["flow"]?["channel"]?["address"]?.GetValue<string>() ?? "", (JsonObject?)context["contact"]?.DeepClone() ?? []);
        State = FlowContext.Start(found.Definition, "incomingParent", parent, facts) with
        {
            Steps = State.Steps + 1, Caller = new FlowFrame(step, context), Subflow = found.Sid, SubflowVersion = found.Version,
        };
        (inner, innerSid) = (found.Definition, found.Sid);
    }

    public FlowOutcome Outcome(FlowEnd? end) => new(
        State, effects, end is null ? [.. steps, new FlowTrace(State.Step, "", Answer)]
            : end is FlowEnd.Completed ? steps : [.. steps, new FlowTrace(State.Step, end.Word, Answer)], end);

    private static string Text(JsonObject context, string name) => context["flow"]?[name]?.GetValue<string>() ?? "";
}

/// <summary>What a step came to.</summary>
internal abstract record StepResult
{
    /// <summary>It is left by this event.</summary>
    internal sealed record Leave(string Event) : StepResult;

    /// <summary>It waits.</summary>
    internal sealed record Stay : StepResult;

    /// <summary>The run ends at it.</summary>
    internal sealed record End(FlowEnd How) : StepResult;
}
