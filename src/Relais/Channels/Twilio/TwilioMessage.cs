namespace Relais.Channels.Twilio;

/// <summary>An inbound message from Twilio. Only From is sure to be there; which parameters come tells the type when MessageType does not.</summary>
internal static class TwilioMessage
{
    public static WebhookReading Read(IReadOnlyList<KeyValuePair<string, string>> call, ReadOnlySpan<byte> body)
    {
        var id = ProviderText.IdOrHash(
            ProviderText.FirstOf(call.Value("MessageSid"), call.Value("SmsMessageSid"), call.Value("SmsSid")), body);
        if (Sender(call) is not { } sender)
        {
            return new WebhookReading([], $"The message {id} names no sender.");
        }

        var type = ProviderText.Word(call.Value("MessageType"), GuessType(call));
        var choiceId = ProviderText.FirstOf(call.Value("ButtonPayload"), call.Value("ListId"));
        var text = Text(type, call);
        var readable = type is not ("location" or "contacts" or "order") && (text.Length > 0 || choiceId is not null);
        var plain = type == "text" && readable && choiceId is null && !Has(call, "ReferralSourceId");
        var message = new InboundMessage(
            id,
            sender,
            call.Value("ProfileName"),
            SentAt: null,
            type,
            text,
            choiceId,
            call.Value("OriginalRepliedMessageSid"),
            plain ? null : TwilioReader.ToJson(call),
            readable);
        var to = call.Value("To");
        return new WebhookReading([new ChannelEvent.MessageReceived(PhoneNumbers.ToE164(to) ?? PhoneNumbers.Bare(to), message)]);
    }

    /// <summary>A customer who hides the number comes as <c>whatsapp:CC.id</c> in From; ExternalUserId comes with or without the prefix.</summary>
    private static SenderIdentity? Sender(IReadOnlyList<KeyValuePair<string, string>> call)
    {
        var from = call.Value("From");
        var phone = PhoneNumbers.ToE164(from);
        var waId = PhoneNumbers.ToE164(call.Value("WaId")) ?? phone;
        phone ??= waId;
        var userId = PhoneNumbers.Bare(call.Value("ExternalUserId")) ?? (PhoneNumbers.ToE164(from) is null ? PhoneNumbers.Bare(from) : null);
        return phone is null && userId is null ? null : new SenderIdentity(waId?[1..], phone, userId);
    }

    private static string Text(string type, IReadOnlyList<KeyValuePair<string, string>> call)
    {
        var said = ProviderText.FirstOf(call.Value("Body"), call.Value("ButtonText"), call.Value("ListTitle"));
        if (said is not null || type != "location")
        {
            return said ?? string.Empty;
        }

        var place = (call.Value("Label"), call.Value("Address")) switch
        {
            ({ } label, { } address) => $"{label}, {address}",
            var (label, address) => label ?? address,
        };
        return place ?? (Has(call, "Latitude") ? $"{call.Value("Latitude")}, {call.Value("Longitude")}" : string.Empty);
    }

    private static string GuessType(IReadOnlyList<KeyValuePair<string, string>> call)
    {
        if (Has(call, "Latitude"))
        {
            return "location";
        }

        if (Has(call, "MediaUrl0") || Has(call, "MediaContentType0"))
        {
            return MediaType(call.Value("MediaContentType0") ?? string.Empty);
        }

        return Has(call, "ButtonPayload") || Has(call, "ButtonText") ? "button"
            : Has(call, "ListId") || Has(call, "InteractiveData") || Has(call, "FlowData") ? "interactive"
            : "text";
    }

    private static string MediaType(string mime)
    {
        var kind = mime.Split('/', ';')[0].Trim().ToLowerInvariant();
        return kind is "image" or "video" or "audio" ? kind
            : mime.StartsWith("text/vcard", StringComparison.OrdinalIgnoreCase) || mime.StartsWith("text/x-vcard", StringComparison.OrdinalIgnoreCase) ? "contacts"
            : "document";
    }

    private static bool Has(IReadOnlyList<KeyValuePair<string, string>> call, string name) => call.Value(name) is not null;
}
