using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Channels.Meta;

/// <summary>
/// WhatsApp's Cloud API. Enters: stored bodies and single messages. Leaves: events and one outcome a message.
/// Promises: no request is repeated here; a message that may have gone out is never reported as one that did not.
/// </summary>
internal sealed class MetaChannel(HttpClient http, MetaOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannel, IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private static readonly JsonEncodedText Whatsapp = JsonEncodedText.Encode("whatsapp");

    // JSON for a machine: UTF-8 as it is, no escaping for HTML.
    private static readonly JsonWriterOptions Lean = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public ChannelKind Kind => ChannelKind.Meta;

    public int TextLimit => 4096;

    public WebhookReading Read(VerifiedWebhook webhook) => MetaReader.Read(webhook.Body);

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

        var answer = await Post(from, Body(message, recipient), calls?.Begin(from.InboxId, "send", recipient.Value, message.MessageId), cancel);
        return answer switch
        {
            ProviderAnswer.Answered answered => MetaAnswer.Outcome(answered),
            ProviderAnswer.NeverSent never => new SendOutcome.RetryLater(null, RetryScope.Inbox, 0, never.Reason),
            ProviderAnswer.Lost lost => new SendOutcome.Unknown(lost.Reason),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<bool> MarkRead(InboxAddress inbox, string providerMessageId, bool typing, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Lean))
        {
            json.WriteStartObject();
            json.WriteString("messaging_product"u8, Whatsapp);
            json.WriteString("status"u8, "read"u8);
            json.WriteString("message_id"u8, CustomerText.Normalise(providerMessageId));
            if (typing)
            {
                json.WriteStartObject("typing_indicator"u8);
                json.WriteString("type"u8, "text"u8);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return await Post(inbox, buffer.WrittenMemory, calls?.Begin(inbox.InboxId, "mark_read"), cancel) is ProviderAnswer.Answered { Status: 200 } answered && MetaAnswer.IsSuccess(answered.Body);
    }

    public void Dispose() => http.Dispose();

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

    private static ReadOnlyMemory<byte> Body(OutboundMessage message, (string Key, string Value) recipient)
    {
        var text = message.Content switch
        {
            OutboundContent.Text content => CustomerText.Normalise(content.Body),
            _ => throw new UnreachableException(),
        };
        var buffer = new ArrayBufferWriter<byte>(320 + (text.Length * 2));
        using var json = new Utf8JsonWriter(buffer, Lean);
        json.WriteStartObject();
        json.WriteString("messaging_product"u8, Whatsapp);
        json.WriteString("recipient_type"u8, "individual"u8);
        json.WriteString(recipient.Key, recipient.Value);
        json.WriteString("type"u8, "text"u8);
        json.WriteStartObject("text"u8);
        json.WriteString("body"u8, text);
        json.WriteBoolean("preview_url"u8, true);
        json.WriteEndObject();
        json.WritePropertyName("biz_opaque_callback_data"u8);
        json.WriteStringValue(message.MessageId.ToString());
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
