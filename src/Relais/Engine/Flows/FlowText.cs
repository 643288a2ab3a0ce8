using System.Text;
using System.Text.Json;

namespace Relais.Engine.Flows;

/// <summary>
/// The text of a definition, taken as it came and kept so. In: JSON from anyone. Out: the very characters of the definition, checked to be
/// what the database and every reader can hold, or a sentence that says what is wrong.
/// </summary>
internal static class FlowText
{
    /// <summary>Bytes of a definition in UTF-8.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Twilio's limit (81025); far above any flow a person reads.</summary>
    public const int MostStates = 2000;

    /// <summary>Levels of nesting: what the API still writes inside an answer.</summary>
    public const int MostDepth = 28;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostDepth + 2, AllowDuplicateProperties = false };

    /// <summary>Null when the text is no JSON, is nested too deep or names a property of one object twice; the sentence says which.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> json, out string problem)
    {
        problem = "";
        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[3..] : json, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            problem = $"The JSON cannot be read at line {wrong.LineNumber + 1}, character {wrong.BytePositionInLine + 1}: "
                + "it is broken, nested too deep, or an object names a property twice.";
            return null;
        }
        catch (InvalidOperationException)
        {
            // A name that is half a character cannot be told from the others.
            problem = "A name in the JSON holds half a character (a lone \\ud8xx escape).";
            return null;
        }
    }

    /// <summary>Null when a draft may hold it; otherwise a sentence. A draft may be full of mistakes, which the report names.</summary>
    public static string? Problem(JsonElement definition) =>
        definition.ValueKind != JsonValueKind.Object ? "definition is a Studio flow definition: a JSON object with initial_state and states."
        : !definition.TryGetProperty("states", out var states) || states.ValueKind != JsonValueKind.Array
            ? "definition has no list \"states\": it is not a Studio flow definition."
        : states.GetArrayLength() > MostStates ? $"A flow has at most {MostStates} steps; this one has {states.GetArrayLength()}."
        : Encoding.UTF8.GetByteCount(definition.GetRawText()) > MostBytes ? "A definition is at most 1 MiB."
        : Depth(definition) > MostDepth ? $"definition is nested deeper than {MostDepth} levels."
        : HasBrokenText(definition) ? "A text of the definition holds half a character (a lone \\ud8xx escape)."
        : null;

    /// <summary>True when some text or name cannot be read as Unicode: half a surrogate pair.</summary>
    public static bool HasBrokenText(JsonElement json)
    {
        // Escapes alone can write half a pair: what holds none is sound, as it was read as UTF-8.
        var raw = json.GetRawText();
        return raw.Contains("\\u", StringComparison.Ordinal) && IsBroken(json);
    }

    private static bool IsBroken(JsonElement json)
    {
        try
        {
            ReadAll(json);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static void ReadAll(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                _ = property.Name;
                ReadAll(property.Value);
            }
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                ReadAll(item);
            }
        }
        else if (json.ValueKind == JsonValueKind.String)
        {
            _ = json.GetString();
        }
    }

    public static int Depth(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => 1 + json.EnumerateObject().Select(p => Depth(p.Value)).DefaultIfEmpty(0).Max(),
        JsonValueKind.Array => 1 + json.EnumerateArray().Select(Depth).DefaultIfEmpty(0).Max(),
        _ => 0,
    };
}
