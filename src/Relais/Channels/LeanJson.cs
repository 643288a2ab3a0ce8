using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>JSON for a provider's machine: UTF-8 as it is, no escaping for HTML.</summary>
internal static class LeanJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Nothing for null or empty; what strangers wrote made valid Unicode.</summary>
    public static void Words(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, CustomerText.Normalise(text));
        }
    }
}
