using System.Text.Json;

namespace Relais.Simulator;

/// <summary>What a customer would read of a message in Meta's send format. Unknown types show by their name only.</summary>
internal static class GraphContent
{
    public static string Text(string type, JsonElement content) => type switch
    {
        "text" => At(content, "body"),
        "interactive" => At(content, "body", "text"),
        "template" => At(content, "name"),
        "reaction" => At(content, "emoji"),
        "location" => At(content, "name"),
        "image" or "video" or "document" => At(content, "caption"),
        _ => "",
    };

    /// <summary>Reply buttons, or the rows of a list.</summary>
    public static IReadOnlyList<Choice> Choices(string type, JsonElement content)
    {
        if (type != "interactive" || !content.TryGetProperty("action", out var action))
        {
            return [];
        }

        List<Choice> choices = [];
        foreach (var button in Items(action, "buttons"))
        {
            choices.Add(new Choice(At(button, "reply", "id"), At(button, "reply", "title")));
        }

        foreach (var row in Items(action, "sections").SelectMany(section => Items(section, "rows")))
        {
            choices.Add(new Choice(At(row, "id"), At(row, "title")));
        }

        return choices;
    }

    private static string At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return "";
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list)
            && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];
}
