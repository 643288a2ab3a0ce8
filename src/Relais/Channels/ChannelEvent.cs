namespace Relais.Channels;

/// <summary>One thing a provider told us, freed of the provider's shape. All text is normalised (Foundation/CustomerText).</summary>
/// <param name="Address">The inbox it concerns: Meta phone_number_id, Twilio E.164; null when the body did not say (system C's test webhook).</param>
internal abstract record ChannelEvent(string? Address)
{
    /// <summary>A customer wrote (or tapped, or sent anything at all).</summary>
    internal sealed record MessageReceived(string? Address, InboundMessage Message) : ChannelEvent(Address);

    /// <summary>A message of ours moved on.</summary>
    internal sealed record StatusReported(string? Address, StatusReport Status) : ChannelEvent(Address);

    /// <summary>The business wrote from its own phone, beside this system: never to be answered, and the bot falls silent.</summary>
    /// <param name="Address">See <see cref="ChannelEvent"/>.</param>
    /// <param name="Message">Its <c>Sender</c> is the customer it went to.</param>
    internal sealed record BusinessWrote(string? Address, InboundMessage Message) : ChannelEvent(Address);

    /// <summary>A customer is somebody else from now on: a new number, a new user id. The contact stays.</summary>
    internal sealed record IdentityChanged(string? Address, SenderIdentity Before, SenderIdentity Now, long? At) : ChannelEvent(Address);

    /// <summary>A customer said at the provider whether they want marketing messages.</summary>
    internal sealed record MarketingPreference(string? Address, SenderIdentity Sender, bool Wants, long? At) : ChannelEvent(Address);

    /// <summary>News of a template. It concerns an account, not a number.</summary>
    /// <param name="Account">Meta: WhatsApp Business Account id.</param>
    /// <param name="News">What is known now.</param>
    internal sealed record TemplateChanged(string? Account, TemplateNews News) : ChannelEvent((string?)null);

    /// <summary>News of a number or of the account behind it: quality, limits, restrictions.</summary>
    /// <param name="Account">Meta: WhatsApp Business Account id.</param>
    /// <param name="News">What is known now.</param>
    internal sealed record AccountChanged(string? Account, AccountNews News) : ChannelEvent((string?)null);

    /// <summary>Something this version has no use for, e.g. a call. It stays readable in the raw body.</summary>
    /// <param name="Address">See <see cref="ChannelEvent"/>.</param>
    /// <param name="Topic">The provider's word for it, e.g. <c>message_template_status_update</c>.</param>
    internal sealed record Other(string? Address, string Topic) : ChannelEvent(Address);
}

/// <summary>What a provider tells of a template; null means not told.</summary>
/// <param name="ProviderId">Meta's id of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Language">With an underscore: en_US.</param>
/// <param name="Status">In lower case: approved, rejected, paused, disabled, pending, …</param>
/// <param name="Reason">Why it was rejected or paused.</param>
/// <param name="Category">marketing, utility or authentication, in lower case.</param>
/// <param name="Quality">green, yellow, red or unknown.</param>
internal sealed record TemplateNews(
    string? ProviderId, string? Name, string? Language, string? Status = null, string? Reason = null, string? Category = null, string? Quality = null);

/// <summary>What a provider tells of a number or its account; null means not told.</summary>
/// <param name="Event">The provider's word in lower case, e.g. <c>phone_number_quality_update:flagged</c>.</param>
/// <param name="DisplayNumber">E.164 of the number it is about; null for the whole account.</param>
/// <param name="Quality">green, yellow, red or unknown.</param>
/// <param name="Tier">Meta's word for the messaging limit, e.g. TIER_2K.</param>
/// <param name="Stops">True when nothing may be sent any more, false when it may be again, null when it is not about that.</param>
/// <param name="Reason">One sentence for a person.</param>
internal sealed record AccountNews(
    string Event, string? DisplayNumber, string? Quality = null, string? Tier = null, bool? Stops = null, string? Reason = null);

/// <summary>Who sent a message. Any of them may be missing, never all: a business-scoped user may show no number.</summary>
/// <param name="WaId">WhatsApp's own id, digits only.</param>
/// <param name="Phone">E.164 with '+'.</param>
/// <param name="UserId">Business-scoped user id such as <c>FR.1349…</c>, without any <c>whatsapp:</c>.</param>
internal sealed record SenderIdentity(string? WaId, string? Phone, string? UserId);

/// <summary>An inbound message.</summary>
/// <param name="ProviderId">wamid or MessageSid: the key that makes it take effect once. A message without one gets a key made of its bytes.</param>
/// <param name="Sender">Whose it is.</param>
/// <param name="ProfileName">The name the customer shows, if any.</param>
/// <param name="SentAt">The provider's time in microseconds UTC; null means the time of receipt.</param>
/// <param name="Type">The provider's word in lower case: text, image, interactive, …; an unread type keeps its word.</param>
/// <param name="Text">What a person would read: body, caption, or the title of the tapped choice; empty when there is none.</param>
/// <param name="ChoiceId">Id of a tapped button or list row, else null.</param>
/// <param name="RepliesTo">Provider id of the quoted message, else null.</param>
/// <param name="Raw">The message as the provider wrote it (JSON), kept for every type that is not plain text; null for plain text.</param>
/// <param name="IsReadable">False for a type that this version cannot show or answer from its text.</param>
internal sealed record InboundMessage(
    string ProviderId,
    SenderIdentity Sender,
    string? ProfileName,
    long? SentAt,
    string Type,
    string Text,
    string? ChoiceId = null,
    string? RepliesTo = null,
    string? Raw = null,
    bool IsReadable = true)
{
    /// <summary>What it holds besides its text; null for plain text.</summary>
    public InboundContent? Content { get; init; }
}

/// <summary>Delivery states in the order they may move; <see cref="Failed"/> stands beside the others with its reason.</summary>
internal enum DeliveryStatus
{
    Queued = 0,
    Sent = 1,
    Delivered = 2,
    Read = 3,
    Failed = 9,
}

/// <summary>A provider's word on one of our messages.</summary>
/// <param name="ProviderId">wamid or MessageSid.</param>
/// <param name="MessageId">Our id, when the provider echoed it (Meta biz_opaque_callback_data, Twilio's callback URL).</param>
/// <param name="Status">The state reached.</param>
/// <param name="At">The provider's time in microseconds UTC, or null.</param>
/// <param name="ErrorCode">The provider's code for a failure.</param>
/// <param name="ErrorText">The provider's words for it.</param>
internal sealed record StatusReport(
    string ProviderId, long? MessageId, DeliveryStatus Status, long? At, int? ErrorCode = null, string? ErrorText = null)
{
    /// <summary>What the message is charged as (service, utility, marketing, authentication …), or null.</summary>
    public string? CostCategory { get; init; }

    /// <summary>How it is charged (regular, free_customer_service, free_entry_point), or null.</summary>
    public string? CostType { get; init; }
}
