using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Relais.Foundation;

namespace Relais.Channels.Twilio;

/// <summary>
/// WhatsApp through Twilio. Enters: stored calls and single messages. Leaves: events and one outcome a message.
/// Promises: no request is repeated here; a message that may have gone out is never reported as one that did not.
/// </summary>
internal sealed class TwilioChannel(HttpClient http, TwilioOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannel, IDisposable
{
    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");

    public ChannelKind Kind => ChannelKind.Twilio;

    public int TextLimit => 1600;

    public WebhookReading Read(VerifiedWebhook webhook) => TwilioReader.Read(webhook);

    public IReadOnlyList<ContentProblem> Check(OutboundContent content) =>
        content is OutboundContent.Text ? [] : [new ContentProblem("type", "This channel sends text only.")];

    public AssetRequest? Needs(OutboundMessage message) => null;

    public Task<AssetOutcome> Make(InboxAddress inbox, AssetRequest request, CancellationToken cancel) =>
        Task.FromResult<AssetOutcome>(new AssetOutcome.Failed(new SendOutcome.Rejected(0, "This channel keeps nothing for us.")));

    public async Task<SendOutcome> Send(InboxAddress from, OutboundMessage message, CancellationToken cancel)
    {
        if (Recipient(message.To) is not { } recipient)
        {
            return new SendOutcome.Rejected(0, "Neither a number nor a user id of this customer is known.");
        }

        var body = Encoding.ASCII.GetBytes(Body(from, message, recipient));
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{from.Account.Trim()}:{from.AccessToken.Trim()}"));
        var answer = await ProviderHttp.Post(http, options.Messages(from.Account.Trim()), $"Basic {basic}", body, Form, time, cancel,
            calls?.Begin(from.InboxId, "send", recipient, message.MessageId));
        return answer switch
        {
            ProviderAnswer.Answered answered => TwilioAnswer.Outcome(answered),
            ProviderAnswer.NeverSent never => new SendOutcome.RetryLater(null, RetryScope.Inbox, 0, never.Reason),
            ProviderAnswer.Lost lost => new SendOutcome.Unknown(lost.Reason),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Twilio has no call for this; only its typing indicator marks as read, and nobody is typing.</summary>
    public Task<bool> MarkRead(InboxAddress inbox, string providerMessageId, bool typing, CancellationToken cancel) => Task.FromResult(false);

    public void Dispose() => http.Dispose();

    private static string? Recipient(SenderIdentity to) => to switch
    {
        { Phone: { Length: > 0 } phone } => phone,
        { WaId: { Length: > 0 } waId } => $"+{waId}",
        { UserId: { Length: > 0 } userId } => userId,
        _ => null,
    };

    private static string Body(InboxAddress from, OutboundMessage message, string recipient)
    {
        var text = message.Content switch
        {
            OutboundContent.Text content => CustomerText.Normalise(content.Body),
            _ => throw new UnreachableException(),
        };
        var form = new StringBuilder(256 + (text.Length * 2));
        form.Append("From=").Append(Uri.EscapeDataString($"whatsapp:{from.Address}"))
            .Append("&To=").Append(Uri.EscapeDataString($"whatsapp:{recipient}"))
            .Append("&Body=").Append(Uri.EscapeDataString(text));
        if (from.StatusCallbackUrl is { } callback)
        {
            form.Append("&StatusCallback=").Append(Uri.EscapeDataString(CallbackFor(callback, message.MessageId)));
        }

        return form.ToString();
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
