using System.Text;
using System.Text.Json;

namespace Relais.Channels.Twilio;

/// <summary>What a call holds besides its text, told by its parameters first and by its type second.</summary>
internal static class TwilioContent
{
    /// <summary>Null for plain text with nothing beside it.</summary>
    public static InboundContent? Read(string type, IReadOnlyList<KeyValuePair<string, string>> call)
    {
        var content = Inner(type, call);
        var isForwarded = call.Value("Forwarded") is "true" || call.Value("FrequentlyForwarded") is "true";

        // ReferralNumMedia stands in ordinary messages too; only an advertisement has an id.
        var advertisement = call.Value("ReferralSourceId");
        return !isForwarded && advertisement is null ? content : (content ?? new InboundContent.Text()) with
        {
            Forwarded = isForwarded,
            Referral = advertisement is null ? null : new Referral(
                call.Value("ReferralSourceType"), advertisement, call.Value("ReferralSourceUrl"), call.Value("ReferralHeadline"),
                call.Value("ReferralBody"), call.Value("ReferralMediaContentType"), call.Value("ReferralMediaUrl"), call.Value("ReferralCtwaClid")),
        };
    }

    public static bool IsCard(string mime) =>
        mime.StartsWith("text/vcard", StringComparison.OrdinalIgnoreCase) || mime.StartsWith("text/x-vcard", StringComparison.OrdinalIgnoreCase);

    private static InboundContent? Inner(string type, IReadOnlyList<KeyValuePair<string, string>> call)
    {
        if (call.Value("MediaUrl0") is { } url)
        {
            return File(type, url, call);
        }

        if (call.Value("Latitude") is { } latitude)
        {
            return new InboundContent.Location(
                LenientJson.ToNumber(latitude), LenientJson.ToNumber(call.Value("Longitude")), call.Value("Label"), call.Value("Address"), null);
        }

        if (call.Value("ListId") is { } row)
        {
            return new InboundContent.ChoiceReply("list", row, call.Value("ListTitle") ?? call.Value("Body"), call.Value("ListDescription"));
        }

        if (call.Value("ButtonPayload") is not null || call.Value("ButtonText") is not null)
        {
            var title = call.Value("ButtonText") ?? call.Value("Body");
            return new InboundContent.ChoiceReply("button", call.Value("ButtonPayload") ?? title, title);
        }

        if (ProviderText.FirstOf(call.Value("FlowData"), call.Value("InteractiveData")) is { } answers)
        {
            return new InboundContent.FlowReply("flow", FormAnswers.Read(answers));
        }

        return type switch
        {
            "text" when call.Value("Body") is not null => null,
            "order" when Order(call) is { } cart => cart,
            _ => new InboundContent.Unsupported(type),
        };
    }

    /// <summary>A contact card is a vCard file; what it says is known after its download.</summary>
    private static InboundContent.Media File(string type, string url, IReadOnlyList<KeyValuePair<string, string>> call)
    {
        var mime = call.Value("MediaContentType0");
        var isCard = type == "contacts" || IsCard(mime ?? string.Empty);
        var top = mime?.Split('/', ';')[0].Trim().ToLowerInvariant();
        var kind = isCard ? "document"
            : type is "image" or "video" or "audio" or "document" or "sticker" ? type
            : top is "image" or "video" or "audio" ? top : "document";
        return new InboundContent.Media(kind, new MediaRef(url, mime, null, isCard ? "contact.vcf" : null))
        {
            Caption = call.Value("Body"),

            // WhatsApp's voice notes are the only audio that comes as Ogg (Twilio, WhatsApp media).
            Voice = kind == "audio" && mime?.StartsWith("audio/ogg", StringComparison.OrdinalIgnoreCase) == true,
        };
    }

    /// <summary>Where Twilio passes WhatsApp's own data on, it stands in ChannelMetadata: <c>{"type":"whatsapp","data":{…}}</c>.</summary>
    private static InboundContent.Cart? Order(IReadOnlyList<KeyValuePair<string, string>> call)
    {
        if (call.Value("ChannelMetadata") is not { } metadata)
        {
            return null;
        }

        using var document = LenientJson.Parse(Encoding.UTF8.GetBytes(metadata), out _);
        return document?.RootElement.Get("data"u8).Get("order"u8) is { ValueKind: JsonValueKind.Object } order ? CartReading.Read(order) : null;
    }
}
