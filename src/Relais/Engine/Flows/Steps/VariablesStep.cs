using System.Text;
using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Steps;

/// <summary>set-variables: later ones see earlier ones; null becomes "" (protocol §3).</summary>
internal static class VariablesStep
{
    public static StepResult Enter(FlowRun run, FlowWidget widget)
    {
        foreach (var variable in widget.Items("variables"))
        {
            if (!variable.TryGetProperty("key", out var key) || FlowWidget.AsText(key) is not { Length: > 0 } name)
            {
                continue;
            }

            var text = run.Render(variable.TryGetProperty("value", out var value) ? FlowWidget.AsText(value) : "");
            var isJson = (variable.TryGetProperty("parse_as_json", out var parse) && FlowWidget.AsText(parse) == "true")
                || (variable.TryGetProperty("type", out var type) && FlowWidget.AsText(type) is "number" or "boolean" or "object" or "array" or "json");
            var node = (isJson ? Json(text) : null) ?? JsonValue.Create(text);
            run.Variables[name] = node;
            run.Outputs[name] = node.DeepClone();
        }

        return new StepResult.Leave("next");
    }

    /// <summary>
    /// Null for what is no JSON, or none that can be read everywhere (a name twice in one object, half a surrogate pair): it stays the text it was.
    /// A node reads its parts when they are asked for, so what is let in here must not throw later.
    /// </summary>
    public static JsonNode? Json(string text) =>
        FlowText.Parse(Encoding.UTF8.GetBytes(text), out _) is { } json && !FlowText.HasBrokenText(json) ? JsonNode.Parse(json.GetRawText()) : null;
}
