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

/// <summary>Whether somebody waits for the first word of a person since a hand-off. The number is stored.</summary>
internal enum Awaited
{
    /// <summary>No hand-off, or a person has answered or taken it since.</summary>
    No = 0,

    /// <summary>Nobody has answered yet; writing again, the customer is told once that an agent will.</summary>
    Untold = 1,

    /// <summary>Nobody has answered yet, and the customer has been told, or is not to be.</summary>
    Told = 2,
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

    /// <summary>0 none, 1 low, 2 high, 3 urgent.</summary>
    public long Priority { get; init; }

    /// <summary>Not null exactly while it is snoozed.</summary>
    public long? SnoozedUntil { get; init; }

    /// <summary>The customer's last message when it was snoozed; a later one ends the snooze.</summary>
    public long SnoozedSeq { get; init; }

    /// <summary>When it goes back to the AI agent, or null.</summary>
    public long? ReleaseAt { get; init; }

    /// <summary>1 when whoever has it keeps it until it is closed.</summary>
    public long ReleaseOnClose { get; init; }

    /// <summary>See <see cref="Conversations.Awaited"/>.</summary>
    public Awaited Awaited { get; init; }

    /// <summary>The customer's last message at the last hand-off.</summary>
    public long HandedSeq { get; init; }

    public string? AgentName { get; init; }

    public string? TeamName { get; init; }

    public string InboxName { get; init; } = "";

    /// <summary>1 Meta, 2 Twilio.</summary>
    public long Channel { get; init; }

    /// <summary>Who wrote the last message; null where there is none.</summary>
    public Author? LastAuthor { get; init; }

    /// <summary>Of the last message when it is ours.</summary>
    public DeliveryStatus? LastStatus { get; init; }

    /// <summary>As <see cref="StoredMessage.OutboxState"/>, of the last message.</summary>
    public long? LastOutboxState { get; init; }

    /// <summary>Ids of its labels, with commas; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>Who looks at it now (<see cref="Viewer.Read"/>); null for nobody.</summary>
    public string? Viewers { get; init; }

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
