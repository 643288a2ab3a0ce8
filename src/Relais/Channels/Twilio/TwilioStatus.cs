namespace Relais.Channels.Twilio;

/// <summary>A status callback. Our message id travels in the query of the URL we gave when sending.</summary>
internal static class TwilioStatus
{
    /// <summary>Name of the query parameter that carries our id.</summary>
    public const string OwnIdParameter = "message";

    public static WebhookReading Read(IReadOnlyList<KeyValuePair<string, string>> call, string query)
    {
        var address = PhoneNumbers.ToE164(call.Value("From")) ?? PhoneNumbers.Bare(call.Value("From"));
        var word = ProviderText.Word(ProviderText.FirstOf(call.Value("MessageStatus"), call.Value("SmsStatus")), "missing");
        DeliveryStatus? status = word switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" => DeliveryStatus.Read,
            "failed" or "undelivered" => DeliveryStatus.Failed,
            _ => null,
        };
        if (status is null)
        {
            return new WebhookReading([new ChannelEvent.Other(address, $"status:{word}")]);
        }

        if (ProviderText.FirstOf(call.Value("MessageSid"), call.Value("SmsSid")) is not { } sid)
        {
            return new WebhookReading([], $"A status '{word}' has no MessageSid.");
        }

        var ownId = ProviderText.OwnId(TwilioForm.ParseQuery(query).First(OwnIdParameter));
        return new WebhookReading([new ChannelEvent.StatusReported(address, new StatusReport(
            sid,
            ownId,
            status.Value,
            At: null,
            status == DeliveryStatus.Failed ? ProviderText.ErrorCode(call.Value("ErrorCode")) : null,
            status == DeliveryStatus.Failed ? ProviderText.FirstOf(call.Value("ErrorMessage"), call.Value("ChannelStatusMessage")) : null))]);
    }
}
