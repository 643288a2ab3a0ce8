using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Relais.Foundation;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels.Meta;

/// <summary>
/// A message as the body of <c>POST /{phone_number_id}/messages</c> (Cloud API, messages/*). A plain text is written without
/// any detour: it is by far the most frequent.
/// </summary>
internal static class MetaBody
{
    private static readonly JsonEncodedText Whatsapp = JsonEncodedText.Encode("whatsapp");

    /// <param name="message">What to say. Choices are laid out here.</param>
    /// <param name="recipient">to or recipient, and who.</param>
    public static ReadOnlyMemory<byte> Of(OutboundMessage message, (string Key, string Value) recipient)
    {
        var buffer = new ArrayBufferWriter<byte>(message.Content is Text text ? 320 + (text.Body.Length * 2) : 1024);
        using var json = new Utf8JsonWriter(buffer, LeanJson.Options);
        json.WriteStartObject();
        json.WriteString("messaging_product"u8, Whatsapp);
        json.WriteString("recipient_type"u8, "individual"u8);
        json.WriteString(recipient.Key, recipient.Value);
        if (message.Quotes is not null && message.Content is not Reaction)
        {
            json.WriteStartObject("context"u8);
            json.Words("message_id"u8, message.Quotes);
            json.WriteEndObject();
        }

        Write(json, message);
        json.WritePropertyName("biz_opaque_callback_data"u8);
        json.WriteStringValue(message.MessageId.ToString());
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>That a message was seen, and that somebody is typing if asked.</summary>
    public static ReadOnlyMemory<byte> Seen(string providerMessageId, bool typing)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, LeanJson.Options);
        json.WriteStartObject();
        json.WriteString("messaging_product"u8, Whatsapp);
        json.WriteString("status"u8, "read"u8);
        json.Words("message_id"u8, providerMessageId);
        if (typing)
        {
            json.WriteStartObject("typing_indicator"u8);
            json.WriteString("type"u8, "text"u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The members of a file: <c>id</c> of what was uploaded, or <c>link</c>.</summary>
    public static void File(Utf8JsonWriter json, OutboundContent.Media media, OutboundMessage message)
    {
        if (media.MediaId is not null)
        {
            json.Words("id"u8, message.AssetId);
        }
        else
        {
            json.Words("link"u8, media.Link);
        }

        if (media is Document document)
        {
            json.Words("filename"u8, document.Filename ?? message.File?.Name);
        }
    }

    public static void Place(Utf8JsonWriter json, Location place)
    {
        json.WriteNumber("latitude"u8, place.Latitude);
        json.WriteNumber("longitude"u8, place.Longitude);
        json.Words("name"u8, place.Name);
        json.Words("address"u8, place.Address);
    }

    private static void Write(Utf8JsonWriter json, OutboundMessage message)
    {
        switch (message.Content)
        {
            case Text text:
                json.WriteString("type"u8, "text"u8);
                json.WriteStartObject("text"u8);
                json.WriteString("body"u8, CustomerText.Normalise(text.Body));
                json.WriteBoolean("preview_url"u8, text.PreviewUrl);
                json.WriteEndObject();
                break;
            case OutboundContent.Media media:
                json.WriteString("type"u8, media.Type);
                json.WriteStartObject(media.Type);
                File(json, media, message);
                json.Words("caption"u8, media is Audio or Sticker ? null : media.Caption);
                if (media is Audio { Voice: true })
                {
                    json.WriteBoolean("voice"u8, true);
                }

                json.WriteEndObject();
                break;
            case Location place:
                json.WriteString("type"u8, "location"u8);
                json.WriteStartObject("location"u8);
                Place(json, place);
                json.WriteEndObject();
                break;
            case Contacts contacts:
                json.WriteString("type"u8, "contacts"u8);
                MetaBodyContacts.Write(json, contacts);
                break;
            case Reaction reaction:
                json.WriteString("type"u8, "reaction"u8);
                json.WriteStartObject("reaction"u8);
                json.Words("message_id"u8, message.Quotes);
                json.WriteString("emoji"u8, reaction.Emoji);
                json.WriteEndObject();
                break;
            case Template template:
                json.WriteString("type"u8, "template"u8);
                MetaBodyTemplate.Write(json, template, message);
                break;
            case Choices or Buttons or ChoiceList or UrlButton or LocationRequest or Product or ProductList or Catalog:
                json.WriteString("type"u8, "interactive"u8);
                MetaBodyInteractive.Write(json, ChoiceLayout.Shown(message.Content), message);
                break;
            default:
                throw new UnreachableException(message.Content.GetType().Name);
        }
    }
}
