using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels.Twilio;

/// <summary>
/// What can be tapped, as the JSON of a Content resource (<c>POST /v1/Content</c>): twilio/quick-reply, twilio/card,
/// twilio/list-picker, twilio/call-to-action. Null for what has none; it goes out as text then.
/// </summary>
internal static class TwilioDefinition
{
    /// <summary>Of a body, whatever the type (Content API, content types).</summary>
    private const int LongestBody = 1024;

    public static AssetRequest.Definition? Of(OutboundMessage message)
    {
        var content = ChoiceLayout.Shown(message.Content);
        if (content is not (Buttons or ChoiceList or UrlButton))
        {
            return null;
        }

        // Twilio would take {{1}} in a customer's words for a variable.
        var buffer = new ArrayBufferWriter<byte>(1024);
        if (!Types(buffer, content, message) || Encoding.UTF8.GetString(buffer.WrittenSpan).Contains("{{", StringComparison.Ordinal))
        {
            return null;
        }

        var language = ContentWords.LanguageOf((message.Content as Choices)?.Language, content.Readable);
        var key = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(language), .. buffer.WrittenSpan]));
        return new AssetRequest.Definition($"content:{key}", Resource(key, language, buffer.WrittenMemory));
    }

    private static string Resource(string key, string language, ReadOnlyMemory<byte> types)
    {
        var buffer = new ArrayBufferWriter<byte>(types.Length + 128);
        using var json = new Utf8JsonWriter(buffer, LeanJson.Options);
        json.WriteStartObject();
        json.WriteString("friendly_name"u8, $"relais_{key[..16]}");
        json.WriteString("language"u8, language);
        json.WritePropertyName("types"u8);
        json.WriteRawValue(types.Span, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool Types(ArrayBufferWriter<byte> buffer, OutboundContent content, OutboundMessage message)
    {
        using var json = new Utf8JsonWriter(buffer, LeanJson.Options);
        json.WriteStartObject();
        var isCarried = content switch
        {
            Buttons { HeaderMedia: not null } card => Card(json, card, message),
            Buttons buttons => QuickReply(json, buttons),
            ChoiceList list => ListPicker(json, list),
            UrlButton button => CallToAction(json, button),
            _ => false,
        };
        json.WriteEndObject();
        json.Flush();
        return isCarried;
    }

    private static bool QuickReply(Utf8JsonWriter json, Buttons buttons)
    {
        json.WriteStartObject("twilio/quick-reply"u8);
        var fits = Body(json, buttons.Header, buttons.Body, buttons.Footer);
        Replies(json, buttons);
        json.WriteEndObject();
        return fits;
    }

    /// <summary>Buttons below a file: only a card has both. Its title is the body.</summary>
    private static bool Card(Utf8JsonWriter json, Buttons buttons, OutboundMessage message)
    {
        if (TwilioFileAddress.Of(buttons.HeaderMedia!, message) is not { } address)
        {
            return false;
        }

        json.WriteStartObject("twilio/card"u8);
        json.Words("title"u8, buttons.Body);
        json.Words("subtitle"u8, buttons.Footer);
        json.WriteStartArray("media"u8);
        json.WriteStringValue(address);
        json.WriteEndArray();
        Replies(json, buttons);
        json.WriteEndObject();
        return buttons.Body.Length <= LongestBody;
    }

    private static bool ListPicker(Utf8JsonWriter json, ChoiceList list)
    {
        json.WriteStartObject("twilio/list-picker"u8);
        var fits = Body(json, list.Header, list.Body, list.Footer);
        json.Words("button"u8, list.Button);
        json.WriteStartArray("items"u8);
        foreach (var row in list.Sections.SelectMany(s => s.Rows))
        {
            json.WriteStartObject();
            json.Words("item"u8, row.Title);
            json.Words("id"u8, row.Id);
            json.Words("description"u8, row.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return fits;
    }

    private static bool CallToAction(Utf8JsonWriter json, UrlButton button)
    {
        json.WriteStartObject("twilio/call-to-action"u8);
        var fits = Body(json, button.Header, button.Body, button.Footer);
        json.WriteStartArray("actions"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "URL"u8);
        json.Words("title"u8, button.Label);
        json.Words("url"u8, button.Url);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        return fits;
    }

    private static void Replies(Utf8JsonWriter json, Buttons buttons)
    {
        json.WriteStartArray("actions"u8);
        foreach (var item in buttons.Items)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "QUICK_REPLY"u8);
            json.Words("title"u8, item.Title);
            json.Words("id"u8, item.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>These types have no header and no footer: both become lines of the body. False when it grows too long.</summary>
    private static bool Body(Utf8JsonWriter json, string? header, string body, string? footer)
    {
        var whole = (string.IsNullOrEmpty(header) ? "" : $"*{header}*\n\n") + body + (string.IsNullOrEmpty(footer) ? "" : $"\n\n{footer}");
        json.Words("body"u8, whole);
        return whole.Length <= LongestBody;
    }
}
