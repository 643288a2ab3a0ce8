using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai;

/// <summary>An argument between a model's JSON, the text it is kept as, and JSON again.</summary>
internal static class ArgumentText
{
    /// <summary>The word of JSON Schema.</summary>
    public static string TypeOf(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Number => "number",
        ArgumentKind.Integer => "integer",
        ArgumentKind.Boolean => "boolean",
        ArgumentKind.Json => "object",
        _ => "string",
    };

    /// <summary>As text; null when it is missing or of another kind. Numbers and booleans that a model wrote as text count.</summary>
    public static string? Of(FunctionCallContent call, ToolArgument argument)
    {
        if (argument.Kind == ArgumentKind.Text)
        {
            return ToolDefinition.Text(call, argument.Name);
        }

        if (call.Exception is not null || call.Arguments is null || !call.Arguments.TryGetValue(argument.Name, out var value) || value is null)
        {
            return null;
        }

        var text = value is JsonElement json ? json.ValueKind == JsonValueKind.String && argument.Kind != ArgumentKind.Json
            ? json.GetString()! : json.GetRawText()
            : value is string plain && argument.Kind != ArgumentKind.Json ? plain : JsonSerializer.Serialize(value);
        text = text.Trim();
        return argument.Kind switch
        {
            ArgumentKind.Boolean => text is "true" or "false" ? text : null,
            ArgumentKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole.ToString(CultureInfo.InvariantCulture) : null,
            ArgumentKind.Number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture) : null,
            _ => text,
        };
    }

    /// <summary>As JSON of its kind.</summary>
    public static JsonNode? ToJson(string text, ArgumentKind kind) => kind == ArgumentKind.Text ? JsonValue.Create(text) : JsonNode.Parse(text);
}
