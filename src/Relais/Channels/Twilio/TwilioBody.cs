using System.Globalization;
using System.Text;
using System.Text.Json;
using Relais.Foundation;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels.Twilio;

/// <summary>A message as the form of Twilio's Messages resource (CreateMessage).</summary>
internal static class TwilioBody
{
    /// <summary>Twilio's limit of Body.</summary>
    public const int TextLimit = 1600;

    /// <param name="from">The sender.</param>
    /// <param name="message">What to say; a content that can be tapped goes by its ContentSid (AssetId), or in words without one.</param>
    /// <param name="recipient">E.164 or user id.</param>
    public static string Of(InboxAddress from, OutboundMessage message, string recipient)
    {
        var form = new StringBuilder(256 + (message.Content is Text text ? text.Body.Length * 2 : 512));
        form.Append("From=").Append(Uri.EscapeDataString($"whatsapp:{from.Address}"))
            .Append("&To=").Append(Uri.EscapeDataString($"whatsapp:{recipient}"));
        Say(form, message);
        if (from.StatusCallbackUrl is { } callback)
        {
            Add(form, "StatusCallback", CallbackFor(callback, message.MessageId));
        }

        return form.ToString();
    }

    /// <summary>The typing indicator's form; it marks the message as read, too.</summary>
    public static string Typing(string messageSid) => $"messageId={Uri.EscapeDataString(messageSid)}&channel=whatsapp";

    private static void Say(StringBuilder form, OutboundMessage message)
    {
        switch (message.Content)
        {
            case Text text:
                Add(form, "Body", text.Body);
                break;
            case Template template:
                Add(form, "ContentSid", template.ProviderId!);
                if (Variables(template) is { Count: > 0 } variables)
                {
                    Add(form, "ContentVariables", JsonSerializer.Serialize(variables, ContentJson.Options));
                }

                break;
            case OutboundContent.Media media:
                Add(form, "Body", media is Audio or Sticker ? null : media.Caption);
                Add(form, "MediaUrl", TwilioFileAddress.Of(media, message));
                break;
            case Location place:
                Add(form, "Body", place.Name ?? place.Address ?? "📍");
                Add(form, "PersistentAction", Geo(place));
                break;
            default:
                if (message.AssetId is { } content)
                {
                    Add(form, "ContentSid", content);
                    break;
                }

                Add(form, "Body", PlainRendering.Of(message.Content, TextLimit));
                if (message.Content is Buttons { HeaderMedia: { } header })
                {
                    Add(form, "MediaUrl", TwilioFileAddress.Of(header, message));
                }

                break;
        }
    }

    /// <summary>One set of variables for the whole template: Twilio numbers those of header, body and buttons through.</summary>
    private static SortedDictionary<string, string> Variables(Template template)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in template.Header ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            all[name] = CustomerText.Normalise(value);
        }

        foreach (var (name, value) in template.Body ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            all[name] = CustomerText.Normalise(value);
        }

        return all;
    }

    /// <summary><c>geo:lat,long|label</c>.</summary>
    private static string Geo(Location place)
    {
        var label = string.Join(", ", new[] { place.Name, place.Address }.Where(part => !string.IsNullOrEmpty(part)));
        return string.Create(CultureInfo.InvariantCulture, $"geo:{place.Latitude},{place.Longitude}")
            + (label.Length == 0 ? "" : "|" + label.Replace('|', ' '));
    }

    private static void Add(StringBuilder form, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            form.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(CustomerText.Normalise(value)));
        }
    }

    /// <summary>Twilio's connection overrides stand in a fragment (<c>#rc=3</c>), which must stay last.</summary>
    private static string CallbackFor(Uri callback, long messageId)
    {
        var url = callback.OriginalString;
        var fragment = url.IndexOf('#') is var at and >= 0 ? at : url.Length;
        var separator = url.AsSpan(0, fragment).Contains('?') ? '&' : '?';
        return url.Insert(fragment, $"{separator}{TwilioStatus.OwnIdParameter}={messageId}");
    }
}
