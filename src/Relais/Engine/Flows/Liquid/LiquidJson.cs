using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Engine.Flows.Liquid;

/// <summary>Values as JSON, with letters of all scripts and emoji as they are.</summary>
internal static class LiquidJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(JsonNode node) => WithoutPairs(node.ToJsonString(Plain));

    /// <summary>Room is asked for first: a list may hold a long text many times.</summary>
    public static string Text(object? value, LiquidRun run)
    {
        var size = LiquidValue.IsList(value) ? LiquidValue.List(value).Sum(i => i is string text ? text.Length : 8L) : 0;
        return run.Afford(size) ? Node(value) is { } node ? Text(node) : "null" : "";
    }

    private static JsonNode? Node(object? value) => value switch
    {
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        bool yes => JsonValue.Create(yes),
        double number => double.IsFinite(number) ? JsonNode.Parse(LiquidNumber.Text(number)) : null,
        _ when LiquidValue.IsList(value) => new JsonArray([.. LiquidValue.List(value).Select(Node)]),
        _ => null,
    };

    /// <summary>The writer escapes what lies beyond the first plane, an emoji for one, as two \u; here it stands as itself again.</summary>
    private static string WithoutPairs(string json)
    {
        if (!json.Contains("\\uD", StringComparison.Ordinal))
        {
            return json;
        }

        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
            }
            else if (json[i + 1] == 'u' && ushort.TryParse(json.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
                && char.IsSurrogate((char)unit))
            {
                text.Append((char)unit);
                i += 5;
            }
            else
            {
                text.Append(json, i, 2);
                i++;
            }
        }

        return text.ToString();
    }
}
