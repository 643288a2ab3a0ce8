namespace Relais.Reports;

/// <summary>A message as it is counted.</summary>
/// <param name="Seq">Its place in the conversation.</param>
/// <param name="Author">As in message.</param>
/// <param name="AgentId">Whose, or 0.</param>
/// <param name="IsSkipped">A customer's that asks for nothing: a reaction, a removal, a notice, a group's.</param>
/// <param name="Status">Conversations/DeliveryStatus, or null.</param>
/// <param name="ErrorCode">The provider's, or null.</param>
/// <param name="At">Microseconds UTC.</param>
/// <param name="Charge">The category the provider charges it as; null: it said none, or that it is free.</param>
internal readonly record struct CountedMessage(long Seq, long Author, long AgentId, bool IsSkipped, long? Status, long? ErrorCode, long At, string? Charge)
{
    public bool Asks => Author == 1 && !IsSkipped;

    /// <summary>Ours, and the provider took it: sent, delivered, read.</summary>
    public bool HasLeft => Author != 1 && Status is null or 1 or 3 or 4;

    public bool HasFailed => Author != 1 && Status == 2;

    /// <summary>The AI agent's, a flow's or a person's; what the system says by itself answers nothing.</summary>
    public bool Answers => Author is 2 or 3 or 4 && HasLeft;
}

/// <summary>Something that happened to a conversation.</summary>
/// <param name="Type">handed_off, closed, reopened.</param>
/// <param name="AgentId">Who did it, or 0.</param>
/// <param name="Detail">Of a hand-off: the reason.</param>
/// <param name="At">Microseconds UTC.</param>
internal readonly record struct CountedEvent(string Type, long AgentId, string? Detail, long At);

/// <summary>What is read of a conversation to count it.</summary>
internal sealed class CountedConversation
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long InboxId { get; init; }

    public bool IsClosed { get; init; }

    public long CreatedAt { get; init; }

    public long ClosedAt { get; init; }

    /// <summary>Seq of the first message that asks for something; 0 when there is none.</summary>
    public long FirstAsk { get; set; }

    /// <summary>In their order, all or from <see cref="ReadFrom"/> on.</summary>
    public List<CountedMessage> Messages { get; set; } = [];

    /// <summary>Seq from which messages were read.</summary>
    public long ReadFrom { get; set; } = 1;

    public List<CountedEvent> Events { get; } = [];

    /// <summary>What people said since the first hand-off.</summary>
    public List<CountedMessage> Persons { get; } = [];
}
