using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>
/// The answers of a filled-in form. Both providers write them as JSON inside a string, which strangers shaped: what is kept is
/// made anew from what could be read, so that storing and showing it cannot fail.
/// </summary>
internal static class FormAnswers
{
    /// <summary>Real forms are two levels deep. The API writes 32 levels, and the answers stand inside a message.</summary>
    private const int MostLevels = 16;

    /// <summary>The JSON object of the string, or null when it is missing, broken, no object or too deep.</summary>
    public static JsonElement? Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        using var document = LenientJson.Parse(Encoding.UTF8.GetBytes(json), out _);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object || IsDeeperThan(document.RootElement, MostLevels))
        {
            return null;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, document.RootElement);
        }

        return JsonElement.Parse(stream.ToArray());
    }

    private static bool IsDeeperThan(JsonElement value, int levels) => value.ValueKind switch
    {
        JsonValueKind.Object => levels == 0 || value.EnumerateObject().Any(p => IsDeeperThan(p.Value, levels - 1)),
        JsonValueKind.Array => levels == 0 || value.EnumerateArray().Any(v => IsDeeperThan(v, levels - 1)),
        _ => false,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var (name, inner) in Properties(value))
                {
                    writer.WritePropertyName(name);
                    Write(writer, inner);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var inner in value.EnumerateArray())
                {
                    Write(writer, inner);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.Scalar() ?? string.Empty);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>Of a doubled name the last value, as everywhere; a name that is not text is left out.</summary>
    private static Dictionary<string, JsonElement> Properties(JsonElement value)
    {
        var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            try
            {
                properties[CustomerText.Normalise(property.Name)] = property.Value;
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate in a name.
            }
        }

        return properties;
    }
}
