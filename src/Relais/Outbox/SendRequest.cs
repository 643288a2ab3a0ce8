using Relais.Channels;
using Relais.Conversations;

namespace Relais.Outbox;

/// <summary>What a message is for. The number is stored.</summary>
internal enum SendPurpose
{
    /// <summary>It answers, or goes on with what the customer asked.</summary>
    Service = 1,

    /// <summary>News of an order, an appointment, an account.</summary>
    Utility = 2,

    Marketing = 3,

    /// <summary>A code to sign in with: nobody can have opted out of it, and it cannot wait.</summary>
    Authentication = 4,
}

/// <summary>Something to say to a customer, with what the gate needs to know of the conversation.</summary>
/// <param name="TenantId">Whose conversation.</param>
/// <param name="ConversationId">Which one.</param>
/// <param name="InboxId">The number it goes out from.</param>
/// <param name="Version">The conversation's version when it was decided.</param>
/// <param name="LastInboundAt">When the customer last wrote, microseconds UTC.</param>
/// <param name="OptedOutAt">When the customer opted out, or null.</param>
/// <param name="Author">Who says it.</param>
/// <param name="AgentId">The person, when a person says it.</param>
/// <param name="Content">What to say; a text longer than the channel takes is split.</param>
internal sealed record SendRequest(
    long TenantId, long ConversationId, long InboxId, long Version, long? LastInboundAt, long? OptedOutAt, Author Author,
    long? AgentId, OutboundContent Content)
{
    /// <summary>Provider id of the message it quotes or reacts to, or null.</summary>
    public string? Quotes { get; init; }

    /// <summary>How to reach the customer, so that it may leave at once; null leaves that to be looked up when its turn comes.</summary>
    public SenderIdentity? To { get; init; }

    /// <summary>The customer's message this answers, or null.</summary>
    public long? Answers { get; init; }

    /// <summary>When the business blocked the customer, or null.</summary>
    public long? BlockedAt { get; init; }

    /// <summary>True for the one sentence that confirms an opt-out.</summary>
    public bool ConfirmsOptOut { get; init; }

    /// <summary>What to say instead when the service window is closed; null refuses it then.</summary>
    public OutboundContent.Template? OutsideWindow { get; init; }

    /// <summary>What it is for; a template's own category goes before it.</summary>
    public SendPurpose Purpose { get; init; } = SendPurpose.Service;

    /// <summary>True when the customer did not ask for it (campaign, follow-up, reminder): it keeps quiet hours and an old opt-out.</summary>
    public bool Unasked { get; init; }

    /// <summary>Why what is unasked may be sent; kept with the message. Null keeps no record (a message that was put off).</summary>
    public UnaskedWhy? Why { get; init; }

    /// <summary>True: taken back when the customer writes, or the conversation changes hands, before it leaves.</summary>
    public bool FallsOnReply { get; init; }

    /// <summary>True when the caller has counted the number's tier itself, as a campaign does for thousands at once.</summary>
    public bool TierChecked { get; init; }

    /// <summary>True when nobody but a person may say it before the bytes leave: it falls with the version.</summary>
    public bool IsAutomatic => Author is Author.AiAgent or Author.Flow;
}
