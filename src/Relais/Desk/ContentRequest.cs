using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Desk;

/// <summary>
/// Reads what is to be said from a request: <c>{"message": …}</c>, <c>{"content": {"type": …}, "reply_to": …}</c>, or a content
/// at the top level. Only its form is checked here; what the channel takes is checked where the channel is known.
/// </summary>
internal static class ContentRequest
{
    private const int LongestText = 20_000;

    public static (Saying? Saying, IResult? Refused) OfText(string? text) =>
        string.IsNullOrWhiteSpace(text) ? (null, Problems.Invalid400("message", "message is missing or empty."))
        : text.Length > LongestText ? (null, Problems.Invalid400("message", $"message is longer than {LongestText} characters."))
        : (new Saying(CustomerText.Normalise(text)), null);

    /// <exception cref="JsonException">Not JSON.</exception>
    public static (Saying? Saying, IResult? Refused) Read(byte[] body)
    {
        var root = JsonSerializer.Deserialize<JsonElement>(body, ApiJson.Options);
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, Problems.Invalid400("body", "The body is not a JSON object that can be read."));
        }

        long? replyTo = null;
        if (root.TryGetProperty("reply_to", out var quoted) && quoted.ValueKind != JsonValueKind.Null)
        {
            if (quoted.ValueKind != JsonValueKind.Number || !quoted.TryGetInt64(out var id))
            {
                return (null, Problems.Invalid400("reply_to", "reply_to is the id of a message."));
            }

            replyTo = id;
        }

        if (root.TryGetProperty("content", out var content) && content.ValueKind != JsonValueKind.Null)
        {
            return Read(content, "content.", replyTo);
        }

        if (root.TryGetProperty("type", out _))
        {
            return Read(root, "", replyTo);
        }

        var message = root.TryGetProperty("message", out var text) && text.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)
            ? throw new JsonException("message has another type than expected.", "$.message", null, null)
            : text.ValueKind == JsonValueKind.String ? text.Deserialize<string>(ApiJson.Options) : null;
        var (saying, refused) = OfText(message);
        return (saying is null ? null : saying with { ReplyTo = replyTo }, refused);
    }

    private static (Saying? Saying, IResult? Refused) Read(JsonElement element, string at, long? replyTo)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Wrong(at.TrimEnd('.'), "content is an object with a type.");
        }

        if (!element.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String
            || !OutboundContent.Types.Contains(type.GetString(), StringComparer.Ordinal))
        {
            return Wrong($"{at}type", $"type is one of {string.Join(", ", OutboundContent.Types)}.");
        }

        if (Missing(element, type.ValueEquals("location") ? at : $"{at}header_location.", type.ValueEquals("location")) is { } missing)
        {
            return Wrong(missing, $"{missing} is missing: degrees as a number.");
        }

        try
        {
            var content = element.Deserialize<OutboundContent>(ContentJson.Options)!;
            return content is OutboundContent.Text { Body: not null } words
                ? (new Saying(words with { Body = CustomerText.Normalise(words.Body) }, replyTo, at), null)
                : (new Saying(content, replyTo, at), null);
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? at + path[2..] : at.TrimEnd('.');
            return Wrong(field.Length == 0 ? "body" : field, $"{(field.Length == 0 ? "The body" : field)} cannot be read: a field is missing or has another type than expected.");
        }
        catch (NotSupportedException)
        {
            // The one content inside another: the file of a header.
            return Wrong($"{at}header_media.type", "header_media.type is image, video or document.");
        }
    }

    /// <summary>A place without its degrees would be read as the gulf of Guinea.</summary>
    private static string? Missing(JsonElement element, string at, bool isPlace)
    {
        if (!isPlace && (!element.TryGetProperty("header_location", out element) || element.ValueKind != JsonValueKind.Object))
        {
            return null;
        }

        return !element.TryGetProperty("latitude", out var latitude) || latitude.ValueKind != JsonValueKind.Number ? $"{at}latitude"
            : !element.TryGetProperty("longitude", out var longitude) || longitude.ValueKind != JsonValueKind.Number ? $"{at}longitude"
            : null;
    }

    private static (Saying? Saying, IResult? Refused) Wrong(string field, string sentence) => (null, Problems.Invalid400(field, sentence));
}
