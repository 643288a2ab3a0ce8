using Relais.Channels;
using Relais.Tenants;

namespace Relais.Inboxes;

/// <summary>One connected number, with its keys opened, as the pipeline holds it in memory.</summary>
/// <param name="TenantId">Whose number.</param>
/// <param name="Id">Our id.</param>
/// <param name="ConnectionId">The provider connection (one app secret) that speaks for it.</param>
/// <param name="IsTwilio">True for Twilio, false for Meta.</param>
/// <param name="Account">Meta: WhatsApp Business Account id. Twilio: AccountSid.</param>
/// <param name="Address">Meta: phone_number_id. Twilio: E.164.</param>
/// <param name="DisplayNumber">E.164, for people.</param>
/// <param name="Name">For people.</param>
/// <param name="AccessToken">What sends; null when it is missing.</param>
/// <param name="CallbackToken">What lets Studio's calls in, or null.</param>
/// <param name="Quiet">How long the engine waits for the rest of a burst.</param>
internal sealed record Inbox(
    long TenantId, long Id, long ConnectionId, bool IsTwilio, string Account, string Address, string DisplayNumber, string Name,
    string? AccessToken, string? CallbackToken, TimeSpan Quiet)
{
    public ChannelKind Channel => IsTwilio ? ChannelKind.Twilio : ChannelKind.Meta;

    /// <summary>Messages a second that the provider grants; below one for Twilio's sandbox (one in three seconds).</summary>
    public double Rate { get; init; } = InboxRates.Granted;

    /// <summary>Why nothing leaves; null while the number sends.</summary>
    public InboxPause? Pause { get; init; }

    /// <summary>green, yellow, red or null.</summary>
    public string? Quality { get; init; }

    /// <summary>The provider's word for the messaging limit, e.g. TIER_2K.</summary>
    public string? Tier { get; init; }

    /// <summary>Automatic answers one customer gets in a minute; 0 means no limit.</summary>
    public int AnswersPerMinute { get; init; }

    /// <summary>The Meta catalogue linked to it, whose retailer ids are our skus; null for none.</summary>
    public string? CatalogId { get; init; }

    /// <summary>True when the platform has suspended the tenant: what comes in is kept, nothing is decided and nothing leaves.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Outgoing messages the tenant may send in a calendar month (UTC), all its numbers together; null: no limit.</summary>
    public long? MessageLimit { get; init; }

    /// <summary>Card numbers in what customers write are kept with their last four digits only.</summary>
    public bool MasksCards { get; init; } = true;

    /// <summary>What the AI agent does with what comes in here, unless a conversation says otherwise.</summary>
    public AiMode Mode { get; init; } = AiMode.Answer;
}

/// <summary>A number that does not send for now; its messages wait.</summary>
/// <param name="Since">Microseconds UTC.</param>
/// <param name="Code">The provider's error code, or null when the provider told it by webhook.</param>
/// <param name="Reason">One sentence for a person.</param>
/// <param name="Probes">How often a message is tried, one that goes out ends the pause (a token put right); null: a person or the provider ends it.</param>
internal sealed record InboxPause(long Since, long? Code, string Reason, TimeSpan? Probes);

/// <summary>What the providers grant a number (Meta, throughput; Twilio, best practices and FAQs).</summary>
internal static class InboxRates
{
    public const double Granted = 80;

    /// <summary>After Meta's THROUGHPUT_UPGRADE.</summary>
    public const double Upgraded = 1000;

    /// <summary>Twilio's sandbox sends one message in three seconds.</summary>
    public const double Sandbox = 1.0 / 3;

    public const string SandboxNumber = "+14155238886";

    /// <param name="isTwilio">The provider.</param>
    /// <param name="address">The inbox's.</param>
    /// <param name="stored">What is known of this number, or null.</param>
    public static double Of(bool isTwilio, string address, long? stored) =>
        isTwilio && address == SandboxNumber ? Sandbox : stored is { } rate and > 0 ? rate : Granted;
}

/// <summary>One provider app: a secret that may speak for many inboxes of many tenants.</summary>
/// <param name="Id">Our id.</param>
/// <param name="IsTwilio">True for Twilio, false for Meta.</param>
/// <param name="Account">Meta: WhatsApp Business Account id. Twilio: AccountSid.</param>
/// <param name="Secret">Meta app secret or Twilio auth token; null means that nothing it posts is let in.</param>
/// <param name="VerifyToken">Meta's verification GET.</param>
internal sealed record ProviderConnection(long Id, bool IsTwilio, string Account, string? Secret, string? VerifyToken);
