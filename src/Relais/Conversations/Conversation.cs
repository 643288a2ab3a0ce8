namespace Relais.Conversations;

internal enum ConversationStatus
{
    Open = 1,
    Snoozed = 2,
    Closed = 3,
}

/// <summary>Who answers. Agent is always a human, AiAgent always the model.</summary>
internal enum Assignee
{
    Flow = 1,
    AiAgent = 2,
    Agent = 3,
    Team = 4,
    Nobody = 5,
}

/// <summary>Who wrote a message.</summary>
internal enum Author
{
    Customer = 1,
    AiAgent = 2,
    Flow = 3,
    Agent = 4,
    System = 5,
}

/// <summary>
/// Where an outbound message stands. Numbers only grow: sent after delivered changes nothing, and a delivery that is seen
/// after a failure was reported wins over it (the failure's reason stays beside it).
/// </summary>
internal enum DeliveryStatus
{
    Queued = 0,
    Sent = 1,
    Failed = 2,
    Delivered = 3,
    Read = 4,

    /// <summary>Taken back before it left, because a person took over or an earlier part of the answer was refused.</summary>
    Cancelled = 5,
}

/// <summary>A conversation as stored; instants are microseconds UTC.</summary>
internal sealed class Conversation
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long InboxId { get; init; }

    public long ContactId { get; init; }

    public string SessionId { get; init; } = "";

    public ConversationStatus Status { get; init; }

    public Assignee Assignee { get; init; }

    public long? AgentId { get; init; }

    /// <summary>The team it was handed to, or null.</summary>
    public long? TeamId { get; init; }

    /// <summary>Changes only with ownership or status: the fence of automatic answers.</summary>
    public long Version { get; init; }

    public string? Language { get; init; }

    /// <summary>1 or 0: whether the AI agent answers by itself here; null: as the number says.</summary>
    public long? AutoRespond { get; init; }

    public long LastSeq { get; init; }

    public long LastInboundSeq { get; init; }

    public long AnsweredSeq { get; init; }

    public long Unread { get; init; }

    public long? LastInboundAt { get; init; }

    public string? LastMessage { get; init; }

    public long LastMessageAt { get; init; }

    public string? HandoffReason { get; init; }

    /// <summary>Since when a person owes the customer an answer, or null.</summary>
    public long? WaitingSince { get; init; }

    public long CreatedAt { get; init; }

    public long? ClosedAt { get; init; }

    public string? ContactName { get; init; }

    public string? ContactPhone { get; init; }

    public long? ContactOptedOutAt { get; init; }

    public long? ContactBlockedAt { get; init; }

    /// <summary>True while people, and nobody else, answer.</summary>
    public bool IsWithPeople => Status != ConversationStatus.Closed && Assignee is Assignee.Agent or Assignee.Team or Assignee.Nobody;
}

/// <summary>
/// WhatsApp's customer service window: free text may be sent within 24 hours of the customer's last message; a status does
/// not open it (Meta, messages/send-messages).
/// </summary>
internal static class ServiceWindow
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    public static bool IsOpen(long? lastInboundAt, long now) =>
        lastInboundAt is { } last && now - last < Foundation.Instants.ToMicros(Length);
}
