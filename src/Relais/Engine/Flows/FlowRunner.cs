using Relais.Engine.Flows.Steps;

namespace Relais.Engine.Flows;

/// <summary>
/// Runs a flow: state and event in, state and effects out. Pure: no storage, no network, no clock of its own; the state given is not
/// changed. Promise: whatever the definition and the answers are, it ends in bounded steps and throws nothing.
/// </summary>
internal static class FlowRunner
{
    /// <summary>Steps of a whole run (Twilio 81000).</summary>
    public const int MostSteps = 1000;

    /// <summary>The same widget this often in a row ends the run (Twilio 81001).</summary>
    public const int MostRepeats = 10;

    /// <summary>Messages one event may lead to: whoever builds a loop of texts floods nobody.</summary>
    private const int MostSays = 20;

    public static FlowOutcome Run(FlowDefinition flow, FlowState state, FlowEvent happening, FlowWorld world)
    {
        var run = new FlowRun(flow, state with { Context = (System.Text.Json.Nodes.JsonObject)state.Context.DeepClone() }, world);
        if (run.Widget is not { } widget)
        {
            // The draft it ran on lost the step, or a version is damaged: people see why.
            return run.Outcome(new FlowEnd.Failed("step_missing"));
        }

        var next = run.State.Wait == FlowWait.None ? FlowSteps.Enter(run, widget) : FlowSteps.Resume(run, widget, happening);
        for (var repeats = 1; ; )
        {
            switch (next)
            {
                case StepResult.Stay:
                    return run.Outcome(null);
                case StepResult.End end:
                    return run.Outcome(end.How);
                case StepResult.Leave leave:
                    var (left, before) = (run.Widget, run.State.Subflow);
                    if (run.Leave(leave.Event) is { } ended)
                    {
                        return run.Outcome(ended);
                    }

                    repeats = ReferenceEquals(run.Widget, left) && before == run.State.Subflow ? repeats + 1 : 1;
                    if (repeats > MostRepeats)
                    {
                        return run.Outcome(new FlowEnd.Failed("loop"));
                    }

                    if (run.State.Steps > MostSteps || run.Says > MostSays)
                    {
                        return run.Outcome(new FlowEnd.Failed("too_many_steps"));
                    }

                    break;
            }

            if (run.Widget is not { } now)
            {
                return run.Outcome(new FlowEnd.Failed("step_missing"));
            }

            next = FlowSteps.Enter(run, now);
        }
    }
}
