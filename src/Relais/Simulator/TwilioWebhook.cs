using System.Globalization;
using System.Net;
using System.Text;
using Relais.Simulator.Customer;
using Relais.Simulator.Files;

namespace Relais.Simulator;

/// <summary>Forms as Twilio posts them, signed over the public URL and every parameter.</summary>
internal static class TwilioWebhook
{
    private const string Form = "application/x-www-form-urlencoded; charset=UTF-8";

    /// <summary>A customer's message of any type; its file is kept under the message. Words need no hub.</summary>
    public static SignedWebhook Message(SimulatedNumber number, SimulatedPhone phone, string sid, Draft draft, SimulatorHub? hub)
    {
        var file = draft.File ?? (draft.VCard is { } vcard ? hub?.Files.Put(number, vcard, "text/vcard") : null);
        List<KeyValuePair<string, string>> form =
        [
            new("SmsMessageSid", sid),
            new("NumMedia", file is null ? "0" : "1"),
            new("ProfileName", phone.Name),
            new("MessageType", draft.TwilioType ?? draft.Type),
            new("SmsSid", sid),
            new("SmsStatus", "received"),
            new("Body", draft.TwilioBody ?? draft.Text),
            new("To", "whatsapp:" + number.Address),
            new("NumSegments", "1"),
            new("ReferralNumMedia", "0"),
            new("MessageSid", sid),
            new("AccountSid", number.Account),
            new("ChannelMetadata", """{"type":"whatsapp","data":{"context":{}}}"""),
            new("From", Sender(phone)),
            new("ApiVersion", "2010-04-01"),
            new("ExternalUserId", phone.UserId),
        ];
        if (!phone.HidesNumber)
        {
            form.Add(new("WaId", phone.WaId));
        }

        form.AddRange(draft.Form);
        if (file is not null)
        {
            form.Add(new("MediaContentType0", FileTypes.Plain(file.MimeType)));
            form.Add(new("MediaUrl0", $"{hub?.TwilioBase()}/2010-04-01/Accounts/{number.Account}/Messages/{sid}/Media/{file.Id}"));
        }

        Surround(form, number, draft.Beside);
        return Sign(number, number.WebhookUrl, (number.SignedUrl ?? number.WebhookUrl).OriginalString, form, sid);
    }

    private static void Surround(List<KeyValuePair<string, string>> form, SimulatedNumber number, Beside beside)
    {
        if (beside.Quotes is { } quoted)
        {
            form.Add(new("OriginalRepliedMessageSid", quoted));
            form.Add(new("OriginalRepliedMessageSender", "whatsapp:" + number.Address));
        }

        if (beside.Forwarded || beside.FrequentlyForwarded)
        {
            form.Add(new(beside.FrequentlyForwarded ? "FrequentlyForwarded" : "Forwarded", "true"));
        }

        if (beside.From is { } ad)
        {
            form.AddRange(
            [
                new("ReferralSourceId", ad.Id), new("ReferralSourceType", ad.SourceType), new("ReferralSourceUrl", ad.Url),
                new("ReferralHeadline", ad.Headline), new("ReferralBody", ad.Body), new("ReferralCtwaClid", ad.ClickId), new("ReferralMediaId", ""),
            ]);
        }
    }

    /// <summary>A status callback; null when the send named no usable StatusCallback.</summary>
    public static SignedWebhook? Status(Receipt receipt, string status, int? failedWith)
    {
        var number = receipt.Number;
        if (!Uri.TryCreate(receipt.Callback, UriKind.Absolute, out var callback) || callback.Scheme is not ("http" or "https"))
        {
            return null;
        }

        List<KeyValuePair<string, string>> form =
        [
            new("ChannelPrefix", "whatsapp"),
            new("ApiVersion", "2010-04-01"),
            new("MessageStatus", status),
            new("SmsSid", receipt.ProviderId),
            new("SmsStatus", status),
            new("ChannelToAddress", E164.Digits(receipt.Phone.Number)),
            new("To", Sender(receipt.Phone)),
            new("From", "whatsapp:" + number.Address),
            new("MessageSid", receipt.ProviderId),
            new("AccountSid", number.Account),
        ];
        if (status == "read")
        {
            form.Add(new("EventType", "READ"));
        }

        if (failedWith is { } code)
        {
            form.Add(new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)));
            form.Add(new("ErrorMessage", ProviderErrors.Twilio(code).Message));
        }

        return Sign(number, Reachable(number, callback), receipt.Callback!, form, receipt.ProviderId);
    }

    /// <summary>Signs bytes that the caller made; broken forms are signed over what can be read of them.</summary>
    public static SignedWebhook Raw(SimulatedNumber number, byte[] body, string? signature = null)
    {
        var form = Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(p => new KeyValuePair<string, string>(
                WebUtility.UrlDecode(p[0]), p.Length > 1 ? WebUtility.UrlDecode(p[1]) : ""));
        var url = (number.SignedUrl ?? number.WebhookUrl).OriginalString;
        return new(
            number.WebhookUrl, body, Form, TwilioSignature.Header,
            signature ?? TwilioSignature.Of(number.Secret, url, form), "");
    }

    // With no number to show, From and To carry the business-scoped user id.
    private static string Sender(SimulatedPhone phone) => "whatsapp:" + (phone.HidesNumber ? phone.UserId : phone.Number);

    // A public host need not exist where the simulator runs: its callbacks go where the webhooks go.
    private static Uri Reachable(SimulatedNumber number, Uri callback) =>
        number.SignedUrl is { } signed && signed.Authority == callback.Authority
            ? new Uri(new Uri(number.WebhookUrl.GetLeftPart(UriPartial.Authority)), callback.PathAndQuery)
            : callback;

    private static SignedWebhook Sign(
        SimulatedNumber number, Uri postTo, string signedUrl, List<KeyValuePair<string, string>> form, string sid)
    {
        var body = string.Join('&', form.Select(p => WebUtility.UrlEncode(p.Key) + "=" + WebUtility.UrlEncode(p.Value)));
        return new(
            postTo, Encoding.UTF8.GetBytes(body), Form, TwilioSignature.Header,
            TwilioSignature.Of(number.Secret, signedUrl, form), sid);
    }
}
