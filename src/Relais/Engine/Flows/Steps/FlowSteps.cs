namespace Relais.Engine.Flows.Steps;

/// <summary>Which code runs which widget.</summary>
internal static class FlowSteps
{
    /// <summary>Widgets that give the conversation to people.</summary>
    public static readonly IReadOnlySet<string> HandOffs = new HashSet<string>(StringComparer.Ordinal) { "send-to-flex", "enqueue-call", "enqueue" };

    /// <summary>Widgets that ask an agent program and come back; ours is the AI agent.</summary>
    public static readonly IReadOnlySet<string> Agents = new HashSet<string>(StringComparer.Ordinal)
    {
        "connect-virtual-agent-v2", "connect-virtual-agent", "dialogflow-connect-virtual-agent-v2", "search-connect-virtual-agent-v2", "send-to-autopilot",
    };

    /// <summary>Every type that runs here.</summary>
    public static readonly IReadOnlySet<string> Runnable = new HashSet<string>(
        [
            "trigger", "send-message", "send-and-wait-for-reply", "split-based-on", "set-variables", "make-http-request", "run-function", "run-subflow",
            .. HandOffs, .. Agents,
        ],
        StringComparer.Ordinal);

    /// <summary>The run comes to a widget.</summary>
    public static StepResult Enter(FlowRun run, FlowWidget widget) => widget.Type switch
    {
        "trigger" => Trigger(run, widget),
        "send-message" => SendStep.Send(run, widget),
        "send-and-wait-for-reply" => SendStep.Ask(run, widget),
        "split-based-on" => SplitStep.Enter(run, widget),
        "set-variables" => VariablesStep.Enter(run, widget),
        "make-http-request" => HttpStep.Request(run, widget),
        "run-function" => HttpStep.Function(run, widget),
        "run-subflow" => SubflowStep.Enter(run, widget),
        var type when HandOffs.Contains(type) => HandOffStep.Enter(run, widget),
        var type when Agents.Contains(type) => AgentStep.Enter(run, widget),
        _ => Unsupported(widget),
    };

    /// <summary>Something happens to the widget that waits. What it does not wait for changes nothing.</summary>
    public static StepResult Resume(FlowRun run, FlowWidget widget, FlowEvent happening) => (run.State.Wait, happening) switch
    {
        (FlowWait.Reply, FlowEvent.Reply or FlowEvent.TimedOut) when Agents.Contains(widget.Type) => AgentStep.Resume(run, widget, happening),
        (FlowWait.Reply, FlowEvent.Reply reply) => SendStep.Replied(run, widget, reply.Said),
        (FlowWait.Reply, FlowEvent.TimedOut) => new StepResult.Leave("timeout"),
        (FlowWait.Reply, FlowEvent.Undelivered lost) => SendStep.Lost(run, widget, lost.Reason),
        (FlowWait.Call, FlowEvent.Called called) => HttpStep.Answered(run, widget, called.Answer),
        _ => new StepResult.Stay(),
    };

    private static StepResult Trigger(FlowRun run, FlowWidget widget)
    {
        var happening = run.State.Happening ?? "incomingMessage";

        // A flow made for Conversations is called by a message as well: there is one kind here.
        return new StepResult.Leave(happening == "incomingMessage" && widget.Next(happening) is null && widget.Next("incomingConversationMessage") is not null
            ? "incomingConversationMessage" : happening);
    }

    /// <summary>A branch for failure is taken where there is one; otherwise nobody is left alone with a widget that does nothing.</summary>
    private static StepResult Unsupported(FlowWidget widget) =>
        ((string[])["failed", "fail", "failure", "callFailure"]).FirstOrDefault(e => widget.Next(e) is not null) is { } way
            ? new StepResult.Leave(way)
            : new StepResult.End(new FlowEnd.Transferred("flow_step_unsupported", null));
}
