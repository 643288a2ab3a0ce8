namespace Relais.Channels;

/// <summary>The provider that carries an inbox's messages.</summary>
internal enum ChannelKind
{
    Meta = 1,
    Twilio = 2,
}

/// <summary>
/// A provider as Relais sees it: it reads what the provider posts and carries one outbound message at a time.
/// Reading is pure; sending never throws for what a network or a provider can do (<see cref="SendOutcome"/>).
/// </summary>
internal interface IChannel
{
    ChannelKind Kind { get; }

    /// <summary>Longest text the provider takes in one message, in UTF-16 units (Meta 4096, Twilio 1600).</summary>
    int TextLimit { get; }

    /// <summary>
    /// Reads a verified body. Never throws: what cannot be read comes back as <see cref="WebhookReading.Problem"/> beside
    /// whatever could be.
    /// </summary>
    WebhookReading Read(VerifiedWebhook webhook);

    /// <summary>What this channel does not take of a content; none when it may be sent. Pure.</summary>
    IReadOnlyList<ContentProblem> Check(OutboundContent content);

    /// <summary>What must be at the provider before this message can name it, or null. Pure.</summary>
    AssetRequest? Needs(OutboundMessage message);

    /// <summary>Brings it there. Like <see cref="Send"/> it never throws for what a network or a provider can do.</summary>
    Task<AssetOutcome> Make(InboxAddress inbox, AssetRequest request, CancellationToken cancel);

    /// <summary>Sends once. No retry inside: whether to repeat is the outbox's decision.</summary>
    Task<SendOutcome> Send(InboxAddress from, OutboundMessage message, CancellationToken cancel);

    /// <summary>
    /// Tells the customer's phone that the message was seen, and that somebody is typing if asked. Best effort: false when the
    /// provider did not take it, or has no such call (Twilio marks as read by typing only).
    /// </summary>
    Task<bool> MarkRead(InboxAddress inbox, string providerMessageId, bool typing, CancellationToken cancel);
}

/// <summary>What kind of call a stored body is.</summary>
internal enum WebhookKind
{
    Meta = 1,
    TwilioMessage = 2,
    TwilioStatus = 3,

    /// <summary>A message that a Twilio Studio flow reports: the flow answers it, the engine does not.</summary>
    StudioMessage = 4,
}

/// <summary>A body whose signature was right, as stored.</summary>
/// <param name="Kind">What kind of call it is.</param>
/// <param name="Body">The raw bytes as they came.</param>
/// <param name="ContentType">Media type of the body, e.g. <c>application/json</c>.</param>
/// <param name="Query">The raw query string with its '?', or empty. Twilio's status callback carries our message id there.</param>
internal sealed record VerifiedWebhook(WebhookKind Kind, ReadOnlyMemory<byte> Body, string ContentType, string Query);

/// <summary>What a body held. A problem does not hide the events that could be read.</summary>
/// <param name="Events">In the order of the body.</param>
/// <param name="Problem">Null, or one sentence on what could not be read: the row goes to quarantine with it.</param>
internal sealed record WebhookReading(IReadOnlyList<ChannelEvent> Events, string? Problem = null);

/// <summary>One connected number and what is needed to send from it.</summary>
/// <param name="InboxId">Our id of the inbox.</param>
/// <param name="Channel">Its provider.</param>
/// <param name="Address">Meta: the phone_number_id. Twilio: the sender's number in E.164 (no <c>whatsapp:</c>).</param>
/// <param name="Account">Meta: the WhatsApp Business Account id. Twilio: the AccountSid.</param>
/// <param name="AccessToken">Meta: bearer token. Twilio: the auth token.</param>
/// <param name="StatusCallbackUrl">Twilio only: where status callbacks go, without our message id; null when no public URL is set.</param>
internal sealed record InboxAddress(
    long InboxId, ChannelKind Channel, string Address, string Account, string AccessToken, Uri? StatusCallbackUrl = null);
