using System.Globalization;
using System.Text.Json;

namespace Relais.Simulator.Sends;

/// <summary>Lenient steps through a request: what is not there or of another kind is empty.</summary>
internal static class JsonPath
{
    public static JsonElement? Node(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    public static string Str(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Node(path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public static bool Has(this JsonElement element, params ReadOnlySpan<string> path) => element.Node(path) is not null;

    public static bool Is(this JsonElement element, params ReadOnlySpan<string> path) => element.Node(path) is { ValueKind: JsonValueKind.True };

    public static IReadOnlyList<JsonElement> List(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Node(path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>A number, also one that is written as a string.</summary>
    public static double? Num(this JsonElement element, params ReadOnlySpan<string> path) => element.Node(path) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when double.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };
}
