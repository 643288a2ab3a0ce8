using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Engine.OwnTools;

/// <summary>How a call of somebody else's system ended.</summary>
/// <param name="Error">Null when it went well; otherwise a word: timeout, unreachable, http_404, too_large, not_text, refused …</param>
/// <param name="Text">What it said, cut to what a model takes in; may be empty.</param>
internal sealed record ToolReply(string? Error, string Text)
{
    /// <summary>Characters of a result: about a thousand tokens. More drowns the conversation.</summary>
    private const int Longest = 4_000;

    /// <summary>What a tool may say to the customer after an effect.</summary>
    private const int LongestMessage = 500;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ToolReply Failed(string error, string text = "") => new(error, text.Length <= LongestMessage ? text : text[..LongestMessage]);

    public static ToolReply Said(string text) => new(null, Cut(Foundation.CustomerText.Normalise(text)));

    /// <summary>For the model: <c>{"error": "…"}</c>, or <c>{"result": …}</c>, the result as JSON where it is some.</summary>
    public string ForModel()
    {
        var result = Text.Length == 0 ? null : Parsed() ?? JsonValue.Create(Text);
        return Error is null
            ? new JsonObject { ["result"] = result }.ToJsonString(Relaxed)
            : (result is null ? new JsonObject { ["error"] = Error } : new JsonObject { ["error"] = Error, ["result"] = result }).ToJsonString(Relaxed);
    }

    /// <summary>The text <c>message</c> of a JSON answer, which the business's system wants its customer to read; or null.</summary>
    public string? Message() => Error is null && Parsed() is JsonObject json && json.TryGetPropertyValue("message", out var said)
        && said is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim() is { Length: > 0 and <= LongestMessage } message ? message : null;

    private JsonNode? Parsed()
    {
        try
        {
            return Text is ['{' or '[', ..] ? JsonNode.Parse(Text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Cut(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length <= Longest)
        {
            return trimmed;
        }

        var end = char.IsHighSurrogate(trimmed[Longest - 1]) ? Longest - 1 : Longest;
        return new StringBuilder(trimmed, 0, end, end + 8).Append("… [cut]").ToString();
    }
}
