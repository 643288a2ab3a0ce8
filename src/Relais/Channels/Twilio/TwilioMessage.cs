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
        var content = TwilioContent.Read(type, call);
        var text = Text(call, content);
        var readable = type is not ("location" or "contacts" or "order") && (text.Length > 0 || choiceId is not null);
        var message = new InboundMessage(
            id,
            sender,
            call.Value("ProfileName"),
            SentAt: null,
            type,
            text,
            choiceId,
            call.Value("OriginalRepliedMessageSid"),
            content is null ? null : TwilioReader.ToJson(call),
            readable)
        {
            Content = content,
        };
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

    private static string Text(IReadOnlyList<KeyValuePair<string, string>> call, InboundContent? content) =>
        ProviderText.FirstOf(call.Value("Body"), call.Value("ButtonText"), call.Value("ListTitle")) ?? content switch
        {
            InboundContent.Location place => PlaceWords.Of(place),
            InboundContent.Cart cart => CartReading.Words(cart),
            _ => string.Empty,
        };

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
        return kind is "image" or "video" or "audio" ? kind : TwilioContent.IsCard(mime) ? "contacts" : "document";
    }

    private static bool Has(IReadOnlyList<KeyValuePair<string, string>> call, string name) => call.Value(name) is not null;
}
