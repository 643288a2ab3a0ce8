using System.Diagnostics;
using System.Net.Http.Headers;

namespace Relais.Channels.Meta;

/// <summary>
/// WhatsApp's Cloud API. Enters: stored bodies and single messages. Leaves: events and one outcome a message.
/// Promises: no request is repeated here; a message that may have gone out is never reported as one that did not.
/// </summary>
internal sealed class MetaChannel(HttpClient http, MetaOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannel, IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly MetaUpload upload = new(options, time, calls);

    public ChannelKind Kind => ChannelKind.Meta;

    public int TextLimit => 4096;

    public WebhookReading Read(VerifiedWebhook webhook) => MetaReader.Read(webhook.Body);

    public IReadOnlyList<ContentProblem> Check(OutboundContent content) => ContentCheck.Of(content, ContentLimits.Meta);

    public AssetRequest? Needs(OutboundMessage message) => MetaUpload.Needed(message);

    public Task<AssetOutcome> Make(InboxAddress inbox, AssetRequest request, CancellationToken cancel) => request is AssetRequest.Upload file
        ? upload.Make(inbox, file, cancel)
        : Task.FromResult<AssetOutcome>(new AssetOutcome.Failed(new SendOutcome.Rejected(0, "This channel keeps files only.")));

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

        var answer = await Post(
            from, MetaBody.Of(message, recipient), calls?.Begin(from.InboxId, "send", recipient.Value, message.MessageId), cancel);
        return answer switch
        {
            ProviderAnswer.Answered answered => MetaAnswer.Outcome(answered),
            ProviderAnswer.NeverSent never => new SendOutcome.RetryLater(null, RetryScope.Inbox, 0, never.Reason),
            ProviderAnswer.Lost lost => new SendOutcome.Unknown(lost.Reason),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<bool> MarkRead(InboxAddress inbox, string providerMessageId, bool typing, CancellationToken cancel) =>
        await Post(inbox, MetaBody.Seen(providerMessageId, typing), calls?.Begin(inbox.InboxId, "mark_read"), cancel) is ProviderAnswer.Answered { Status: 200 } answered
        && MetaAnswer.IsSuccess(answered.Body);

    public void Dispose()
    {
        http.Dispose();
        upload.Dispose();
    }

    private Task<ProviderAnswer> Post(InboxAddress from, ReadOnlyMemory<byte> body, ProviderCall? call, CancellationToken cancel) =>
        ProviderHttp.Post(http, options.Messages(from.Address), $"Bearer {from.AccessToken.Trim()}", body, Json, time, cancel, call);

    /// <summary>Always with '+': without it Meta puts the business's own country code in front.</summary>
    private static (string Key, string Value)? Recipient(SenderIdentity to) => to switch
    {
        { Phone: { Length: > 0 } phone } => ("to", phone),
        { WaId: { Length: > 0 } waId } => ("to", $"+{waId}"),
        { UserId: { Length: > 0 } userId } => ("recipient", userId),
        _ => null,
    };

    /// <summary>The last look before the bytes leave: whoever queued it, Meta gets nothing it would refuse for its form.</summary>
    private SendOutcome.Rejected? Unfit(OutboundMessage message)
    {
        if (Check(message.Content) is [var problem, ..])
        {
            return new SendOutcome.Rejected(0, $"This cannot be sent as it is ({problem.Field}): {problem.Reason}");
        }

        if (message.Content is OutboundContent.Reaction && message.Quotes is null)
        {
            return new SendOutcome.Rejected(0, "A reaction needs the message it is about, and the provider does not know that one.");
        }

        return message is { Content.NamesOwnFile: true, AssetId: null }
            ? new SendOutcome.Rejected(0, "The file of this message is not there any more: upload it again and send it anew.")
            : null;
    }
}
