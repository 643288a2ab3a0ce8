using System.Text.Json;
using Relais.Engine.Flows.Liquid;

namespace Relais.Engine.Flows;

/// <summary>What is wrong with the Liquid of a step's texts. Studio goes on with a broken one (81018), and so do runs here: it is told and blocks nothing.</summary>
internal static class FlowTextReading
{
    public static void Problems(JsonElement state, string step, string path, List<FlowProblem> found, int most)
    {
        foreach (var part in (string[])["properties", "transitions"])
        {
            if (state.TryGetProperty(part, out var value))
            {
                Walk(value, step, $"{path}.{part}", found, most);
            }
        }
    }

    private static void Walk(JsonElement json, string step, string path, List<FlowProblem> found, int most)
    {
        if (found.Count >= most)
        {
            return;
        }

        if (json.ValueKind == JsonValueKind.String)
        {
            if (LiquidText.Problem(json.GetString()!) is { } problem)
            {
                found.Add(new FlowProblem(step, path, "liquid", $"A text of \"{step}\" is not as Liquid wants it: {problem}", false));
            }
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                Walk(property.Value, step, $"{path}.{property.Name}", found, most);
            }
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in json.EnumerateArray())
            {
                Walk(item, step, $"{path}[{index++}]", found, most);
            }
        }
    }
}
