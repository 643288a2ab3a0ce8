namespace Relais.Engine.Flows.Steps;

/// <summary>split-based-on: the first match whose conditions hold, else noMatch (listed first in real flows, and not asked first).</summary>
internal static class SplitStep
{
    public static StepResult Enter(FlowRun run, FlowWidget widget)
    {
        var input = run.Render(widget.Text("input"));
        var matches = widget.Transitions.Where(t => t.Event == "match").ToList();
        var at = matches.FindIndex(t => FlowConditions.Hold(t, input, run.Render, run.World.Now, run.World.Zone));
        if (at < 0)
        {
            return new StepResult.Leave("noMatch");
        }

        run.Answer = input.Length > 0 ? input : null;
        return new StepResult.Leave(MatchEvent(at));
    }

    /// <summary>Which of several matches was taken, as an event: "match", "match#2" …: reports and the canvas draw each.</summary>
    public static string MatchEvent(int index) => index == 0 ? "match" : $"match#{index + 1}";
}
