using System.Text.Json;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;

namespace Relais.Desk.Later;

internal enum ScheduledState
{
    Waiting = 0,
    Sent = 1,

    /// <summary>When its time came it could not be sent; it is kept until a person does something about it.</summary>
    Refused = 2,
    Cancelled = 3,
}

/// <summary>A person's words that leave later, as stored.</summary>
internal sealed class ScheduledMessage
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ConversationId { get; init; }

    public long InboxId { get; init; }

    public long AgentId { get; init; }

    public string? AgentName { get; init; }

    /// <summary>How it reads.</summary>
    public string Content { get; init; } = "";

    /// <summary>What it holds besides text, JSON; null for plain text.</summary>
    public string? Payload { get; init; }

    public long? ReplyTo { get; init; }

    /// <summary>The customer's last message when it was written: it answers no later one.</summary>
    public long AnswersSeq { get; init; }

    public long DueAt { get; init; }

    public ScheduledState State { get; init; }

    public string? ProblemCode { get; init; }

    public string? Problem { get; init; }

    public long? MessageId { get; init; }

    public long CreatedAt { get; init; }

    public Saying Saying => new(ContentJson.Read(Content, Payload), ReplyTo);
}

/// <summary>A message that leaves later.</summary>
/// <param name="Id">Ours.</param>
/// <param name="ConversationId">Where.</param>
/// <param name="AgentId">Whose words.</param>
/// <param name="AgentName">Their name.</param>
/// <param name="Message">How it reads.</param>
/// <param name="Content">What it holds besides text, by its type; null for plain text.</param>
/// <param name="ReplyTo">Our id of the message it quotes, or null.</param>
/// <param name="DueAt">When it leaves.</param>
/// <param name="State">waiting, sent, refused or cancelled.</param>
/// <param name="Problem">refused: why, in one sentence.</param>
/// <param name="ProblemCode">refused: the stable code, such as window_closed.</param>
/// <param name="MessageId">sent: the message.</param>
/// <param name="CreatedAt">When it was written.</param>
internal sealed record ScheduledJson(
    long Id, long ConversationId, long AgentId, string? AgentName, string Message, JsonElement? Content, long? ReplyTo, DateTimeOffset DueAt, string State,
    string? Problem, string? ProblemCode, long? MessageId, DateTimeOffset CreatedAt)
{
    public static ScheduledJson Of(ScheduledMessage m) => new(
        m.Id, m.ConversationId, m.AgentId, m.AgentName, m.Content, m.Payload is null ? null : JsonElement.Parse(m.Payload), m.ReplyTo,
        Instants.FromMicros(m.DueAt), m.State.ToString().ToLowerInvariant(), m.Problem, m.ProblemCode, m.MessageId, Instants.FromMicros(m.CreatedAt));
}
