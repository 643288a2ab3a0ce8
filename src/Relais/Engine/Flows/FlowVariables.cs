using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Engine.Flows;

/// <summary>flow.variables of a run, as the API shows them.</summary>
internal static class FlowVariables
{
    /// <summary>Levels that an answer of the API has room for; what lies deeper is shown as its text.</summary>
    private const int MostLevels = 20;

    public static JsonElement Of(FlowState state)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in state.Context["flow"]?["variables"] as JsonObject ?? [])
        {
            shown[name] = value is not null && FlowText.Depth(JsonElement.Parse(value.ToJsonString())) > MostLevels ? value.ToJsonString() : value?.DeepClone();
        }

        return JsonSerializer.SerializeToElement(shown);
    }
}
