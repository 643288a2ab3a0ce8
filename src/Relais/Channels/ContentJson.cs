using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>Contents as JSON: how they are stored, shown by the API and written by flows. Nulls and defaults are left out.</summary>
internal static class ContentJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Null for a plain text: its words are the message's own.</summary>
    public static string? Write(OutboundContent content) =>
        content is OutboundContent.Text { PreviewUrl: true } ? null : JsonSerializer.Serialize(content, Options);

    public static string? Write(InboundContent? content) => content is null ? null : JsonSerializer.Serialize(content, Options);

    /// <summary>The stored content of an outbound message; plain text when it has no payload.</summary>
    public static OutboundContent Read(string text, string? payload) =>
        payload is null ? new OutboundContent.Text(text) : JsonSerializer.Deserialize<OutboundContent>(payload, Options)!;

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiJson.Apply(options);
        options.AllowOutOfOrderMetadataProperties = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }
}
