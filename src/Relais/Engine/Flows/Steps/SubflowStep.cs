using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Steps;

/// <summary>run-subflow: another flow of the tenant, once deep (Twilio 81024), with parameters under trigger.parent.</summary>
internal static class SubflowStep
{
    public static StepResult Enter(FlowRun run, FlowWidget widget)
    {
        var sid = run.Render(widget.Text("flow_sid"));
        if (run.State.Caller is not null || run.World.Subflow(sid) is not { } found)
        {
            return new StepResult.Leave("failed");
        }

        var context = run.Context;
        run.Call(found, new JsonObject
        {
            ["parameters"] = Parameters(run, widget),
            ["step_sid"] = run.State.Step,
            ["execution_sid"] = context["flow"]?["sid"]?.DeepClone(),
            ["flow_sid"] = context["flow"]?["flow_sid"]?.DeepClone(),
            ["trigger_type"] = (context["trigger"] as JsonObject)?.FirstOrDefault().Key,
        });

        // Its trigger is entered by the loop: the caller's step is left once the subflow has come to its end.
        return FlowSteps.Enter(run, run.Widget ?? new FlowWidget("", "trigger", [], widget.Properties));
    }

    public static JsonObject Parameters(FlowRun run, FlowWidget widget)
    {
        var parameters = new JsonObject();
        foreach (var item in widget.Items("parameters"))
        {
            if (item.TryGetProperty("key", out var key) && FlowWidget.AsText(key) is { Length: > 0 } name)
            {
                parameters[name] = run.Render(item.TryGetProperty("value", out var value) ? FlowWidget.AsText(value) : "");
            }
        }

        return parameters;
    }
}
