using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Relais.Channels.Twilio;

/// <summary>
/// WhatsApp through Twilio. Enters: stored calls and single messages. Leaves: events and one outcome a message.
/// Promises: no request is repeated here; a message that may have gone out is never reported as one that did not.
/// </summary>
internal sealed class TwilioChannel(HttpClient http, TwilioOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannel, IDisposable
{
    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public ChannelKind Kind => ChannelKind.Twilio;

    public int TextLimit => TwilioBody.TextLimit;

    public WebhookReading Read(VerifiedWebhook webhook) => TwilioReader.Read(webhook);

    public IReadOnlyList<ContentProblem> Check(OutboundContent content) => ContentCheck.Of(content, ContentLimits.Twilio);

    public AssetRequest? Needs(OutboundMessage message) => TwilioDefinition.Of(message);

    /// <summary>Makes a content resource. A refusal is the definition's, not the message's: that goes out in words then.</summary>
    public async Task<AssetOutcome> Make(InboxAddress inbox, AssetRequest request, CancellationToken cancel)
    {
        if (request is not AssetRequest.Definition definition)
        {
            return new AssetOutcome.Failed(new SendOutcome.Rejected(0, "Twilio takes no uploads: it fetches files from an address."));
        }

        return await Post(inbox, options.Content("/v1/Content"), Json, Encoding.UTF8.GetBytes(definition.Json), calls?.Begin(inbox.InboxId, "content_create"), cancel) switch
        {
            ProviderAnswer.Answered answered => TwilioAnswer.Made(answered),
            ProviderAnswer.NeverSent never => new AssetOutcome.Failed(new SendOutcome.RetryLater(null, RetryScope.Inbox, 0, never.Reason)),
            ProviderAnswer.Lost lost => new AssetOutcome.Failed(new SendOutcome.RetryLater(null, RetryScope.Message, 0, lost.Reason)),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<SendOutcome> Send(InboxAddress from, OutboundMessage message, CancellationToken cancel)
    {
        if (Recipient(message.To) is not { } recipient)
        {
            return new SendOutcome.Rejected(0, "Neither a number nor a user id of this customer is known.");
        }

        if (message.Content is not OutboundContent.Text && Unfit(message) is { } unfit)
        {
            return unfit;
        }

        var body = Encoding.ASCII.GetBytes(TwilioBody.Of(from, message, recipient));
        var call = calls?.Begin(from.InboxId, "send", recipient, message.MessageId);
        return await Post(from, options.Messages(from.Account.Trim()), Form, body, call, cancel) switch
        {
            ProviderAnswer.Answered answered => TwilioAnswer.Outcome(answered),
            ProviderAnswer.NeverSent never => new SendOutcome.RetryLater(null, RetryScope.Inbox, 0, never.Reason),
            ProviderAnswer.Lost lost => new SendOutcome.Unknown(lost.Reason),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Twilio has no call for this; only its typing indicator marks as read.</summary>
    public async Task<bool> MarkRead(InboxAddress inbox, string providerMessageId, bool typing, CancellationToken cancel) =>
        typing && await Post(
            inbox, options.Typing, Form, Encoding.ASCII.GetBytes(TwilioBody.Typing(providerMessageId)), calls?.Begin(inbox.InboxId, "typing"), cancel)
            is ProviderAnswer.Answered { Status: >= 200 and < 300 };

    public void Dispose() => http.Dispose();

    private Task<ProviderAnswer> Post(InboxAddress inbox, Uri url, MediaTypeHeaderValue type, byte[] body, ProviderCall? call, CancellationToken cancel)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{inbox.Account.Trim()}:{inbox.AccessToken.Trim()}"));
        return ProviderHttp.Post(http, url, $"Basic {basic}", body, type, time, cancel, call);
    }

    private static string? Recipient(SenderIdentity to) => to switch
    {
        { Phone: { Length: > 0 } phone } => phone,
        { WaId: { Length: > 0 } waId } => $"+{waId}",
        { UserId: { Length: > 0 } userId } => userId,
        _ => null,
    };

    /// <summary>The last look before the bytes leave: whoever queued it, Twilio gets nothing it would refuse for its form.</summary>
    private SendOutcome.Rejected? Unfit(OutboundMessage message)
    {
        if (Check(message.Content) is [var problem, ..])
        {
            return new SendOutcome.Rejected(0, $"This cannot be sent as it is ({problem.Field}): {problem.Reason}");
        }

        return message.Content switch
        {
            OutboundContent.Template { ProviderId: null or "" } => new SendOutcome.Rejected(
                0, "This template has no ContentSid at Twilio yet: wait until the templates are in step, or create it there."),
            OutboundContent.Media media when TwilioFileAddress.Of(media, message) is null => new SendOutcome.Rejected(
                0, "Twilio fetches files from an address, and Relais has no public one: set WEBHOOK_BASE_URL, or send a public link."),
            _ => null,
        };
    }
}
