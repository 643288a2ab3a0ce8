using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Steps;

/// <summary>send-to-flex and its like: people take it from here, with the attributes the flow gives along.</summary>
internal static class HandOffStep
{
    public static StepResult Enter(FlowRun run, FlowWidget widget)
    {
        var own = widget.Object("relais");
        var attributes = VariablesStep.Json(run.Render(widget.Text("attributes"))) as JsonObject;
        run.Outputs["attributes"] = attributes?.DeepClone();
        var reason = run.Render(FlowContent.Own(run, own, "reason"));
        if (reason.Length == 0 && attributes?["reason"] is JsonValue told)
        {
            reason = told.ToString();
        }

        var text = run.Render(FlowContent.Own(run, own, "text"));
        return new StepResult.End(new FlowEnd.Transferred(reason.Length > 0 ? reason : "flow_requested", text.Length > 0 ? text : null));
    }
}
