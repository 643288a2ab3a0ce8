using System.Text.Json;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Media;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>A conversation as the API shows it: the source systems' names beside the finer ones.</summary>
/// <param name="Id">Our id.</param>
/// <param name="ConciergerieId">The tenant, by system D's name.</param>
/// <param name="PhoneNumber">The customer's number in E.164, null when only a user id is known.</param>
/// <param name="ProfileName">The name the customer shows.</param>
/// <param name="Status">active, transferred or completed (system B).</param>
/// <param name="Assignee">flow, ai_agent, agent, team or nobody.</param>
/// <param name="AgentId">The person who has it.</param>
/// <param name="SessionId">System B's session id.</param>
/// <param name="InboxId">The business's number.</param>
/// <param name="Version">Grows with each change of owner or status.</param>
/// <param name="Language">fr, ar or en, once known.</param>
/// <param name="Unread">Customer's messages no person has seen.</param>
/// <param name="WaitingSince">Since when a person owes the customer an answer; null when nobody does.</param>
/// <param name="LastMessage">First 120 characters of the last message.</param>
/// <param name="LastMessageAt">When it came.</param>
/// <param name="WindowClosesAt">Until when free text may be sent; null when the customer never wrote.</param>
/// <param name="HandoffReason">Why the engine gave it to people.</param>
/// <param name="ContactId">The customer: what /api/contacts/{id} takes.</param>
/// <param name="IsBlocked">True while the business has blocked the customer.</param>
/// <param name="AiSettings">Whether the AI agent answers by itself here.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Duration">Seconds from opening to closing; null while open.</param>
internal sealed record ConversationJson(
    long Id, long ConciergerieId, string? PhoneNumber, string? ProfileName, string Status, string Assignee, long? AgentId,
    string SessionId, long InboxId, long Version, string? Language, long Unread, DateTimeOffset? WaitingSince, string? LastMessage,
    DateTimeOffset LastMessageAt, DateTimeOffset? WindowClosesAt, string? HandoffReason, long ContactId, bool IsBlocked, AiSettingsJson AiSettings, DateTimeOffset CreatedAt,
    DateTimeOffset? ClosedAt, long? Duration)
{
    /// <summary>The team it was handed to, or null.</summary>
    public long? TeamId { get; init; }

    public string? TeamName { get; init; }

    /// <summary>Of the person who has it.</summary>
    public string? AgentName { get; init; }

    /// <summary>The business's number, as the business calls it.</summary>
    public string InboxName { get; init; } = "";

    /// <summary>meta or twilio.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Ids of its labels (GET /api/labels).</summary>
    public IReadOnlyList<long> Labels { get; init; } = [];

    /// <summary>0 none, 1 low, 2 high, 3 urgent.</summary>
    public long Priority { get; init; }

    /// <summary>Until when it is out of the tabs; null while it is not snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When it goes back to the AI agent by itself, or null.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>True when whoever has it keeps it until it is closed.</summary>
    public bool ReleaseOnClose { get; init; }

    /// <summary>client, ai, flow, concierge or system: who wrote the last message.</summary>
    public string? LastAuthor { get; init; }

    /// <summary>As a message's status, of the last message when it is ours.</summary>
    public string? LastStatus { get; init; }

    /// <summary>Colleagues who look at it now.</summary>
    public IReadOnlyList<Viewer> Viewers { get; init; } = [];

    public static ConversationJson Of(Conversation c) => new(
        c.Id, c.TenantId, c.ContactPhone, c.ContactName, StatusWord(c), AssigneeWord(c.Assignee), c.AgentId, c.SessionId, c.InboxId,
        c.Version, c.Language, c.Unread, Instants.FromMicros(c.WaitingSince),
        c.LastMessage, Instants.FromMicros(c.LastMessageAt),
        c.LastInboundAt is { } last ? Instants.FromMicros(last) + ServiceWindow.Length : null, c.HandoffReason, c.ContactId, c.ContactBlockedAt is not null,
        AiSettingsJson.Of(c.AutoRespond),
        Instants.FromMicros(c.CreatedAt), Instants.FromMicros(c.ClosedAt),
        c.ClosedAt is { } closed ? (closed - c.CreatedAt) / Instants.Second : null)
    {
        TeamId = c.TeamId,
        TeamName = c.TeamName,
        AgentName = c.AgentName,
        InboxName = c.InboxName,
        Channel = c.Channel == 2 ? "twilio" : "meta",
        Labels = [.. (c.Labels ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).Order()],
        Priority = c.Priority,
        SnoozedUntil = c.Status == ConversationStatus.Snoozed ? Instants.FromMicros(c.SnoozedUntil) : null,
        ReleaseAt = Instants.FromMicros(c.ReleaseAt),
        ReleaseOnClose = c.ReleaseOnClose == 1,
        LastAuthor = c.LastAuthor is { } author ? MessageJson.AuthorWord(author) : null,
        LastStatus = c.LastAuthor is null or Author.Customer ? null : MessageJson.StatusWord(c.LastStatus, c.LastOutboxState),
        Viewers = Viewer.Read(c.Viewers),
    };

    public static string StatusWord(Conversation c) =>
        c.Status == ConversationStatus.Closed ? "completed" : c.IsWithPeople ? "transferred" : "active";

    public static string AssigneeWord(Assignee assignee) => assignee switch
    {
        Conversations.Assignee.Flow => "flow",
        Conversations.Assignee.AiAgent => "ai_agent",
        Conversations.Assignee.Agent => "agent",
        Conversations.Assignee.Team => "team",
        _ => "nobody",
    };
}

/// <summary>A message as the API shows it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="Seq">Its place in the conversation, 1, 2, 3 …</param>
/// <param name="Sender">client or concierge (system D): AI, flow and system count as concierge.</param>
/// <param name="Author">client, ai, flow, concierge or system.</param>
/// <param name="AgentId">The person who wrote it.</param>
/// <param name="AgentName">That person's name.</param>
/// <param name="Type">text, image, …; a type this version cannot show keeps its word and its raw data.</param>
/// <param name="Message">The text, by system D's name.</param>
/// <param name="Content">The text.</param>
/// <param name="ChoiceId">Id of a tapped button or list row.</param>
/// <param name="Payload">What it holds besides text, by its own <c>type</c>: a file, a place, buttons, a template …; null for plain text.</param>
/// <param name="Raw">What the provider sent, for everything but plain text.</param>
/// <param name="RepliesTo">Provider's id of the quoted message.</param>
/// <param name="ProviderId">wamid or MessageSid.</param>
/// <param name="Status">queued, sent, delivered, read, failed, cancelled or unknown; null for the customer's.</param>
/// <param name="SentAt">When the provider took it.</param>
/// <param name="DeliveredAt">When it reached the phone.</param>
/// <param name="ReadAt">When it was read.</param>
/// <param name="FailedAt">When it failed.</param>
/// <param name="ErrorCode">The provider's code.</param>
/// <param name="Error">Why, for a person.</param>
/// <param name="CostCategory">What the provider charges it as, once told.</param>
/// <param name="EditedAt">When the customer changed it.</param>
/// <param name="DeletedAt">When the customer deleted it.</param>
/// <param name="AiSuggestion">What the engine answered to it, or suggests to a person (customer's messages).</param>
/// <param name="CreatedAt">When it came or was written.</param>
internal sealed record MessageJson(
    long Id, long ConversationId, long Seq, string Sender, string Author, long? AgentId, string? AgentName, string Type, string Message,
    string Content, string? ChoiceId, JsonElement? Payload, string? Raw, string? RepliesTo, string? ProviderId, string? Status, DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt, DateTimeOffset? FailedAt, long? ErrorCode, string? Error,
    string? CostCategory, DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt, string? AiSuggestion, DateTimeOffset CreatedAt)
{
    /// <summary>Its file, when it carries one of ours (<see cref="MessageMedia"/>).</summary>
    public MediaJson? Media { get; init; }

    /// <summary>outbox.state of a send whose outcome nobody knows.</summary>
    private const long UnknownSend = 2;

    public static MessageJson Of(StoredMessage m) => new(
        m.Id, m.ConversationId, m.Seq, m.Author == Conversations.Author.Customer ? "client" : "concierge", AuthorWord(m.Author), m.AgentId,
        m.AgentName, m.Type, m.Content, m.Content, m.ChoiceId,
        m.Payload is null ? null : JsonElement.Parse(m.Payload), m.Raw, m.RepliesTo, m.ProviderId, StatusWord(m.Status, m.OutboxState),
        Instants.FromMicros(m.SentAt), Instants.FromMicros(m.DeliveredAt), Instants.FromMicros(m.ReadAt), Instants.FromMicros(m.FailedAt),
        m.ErrorCode, m.ErrorText, m.CostCategory, Instants.FromMicros(m.EditedAt), Instants.FromMicros(m.DeletedAt), m.AiSuggestion, Instants.FromMicros(m.CreatedAt));

    public static string AuthorWord(Author author) => author switch
    {
        Conversations.Author.Customer => "client",
        Conversations.Author.AiAgent => "ai",
        Conversations.Author.Flow => "flow",
        Conversations.Author.Agent => "concierge",
        _ => "system",
    };

    public static string? StatusWord(DeliveryStatus? status, long? outboxState) => (status, outboxState) switch
    {
        (null, _) => null,
        (_, UnknownSend) => "unknown",
        _ => status.ToString()!.ToLowerInvariant(),
    };
}

/// <summary>A fact of a conversation's history (system B's events).</summary>
/// <param name="Id">Our id.</param>
/// <param name="Type">handed_off, taken_over, released, assigned, closed, reopened, snoozed, unsnoozed, labelled, menu_choice, free_input, …</param>
/// <param name="AgentId">The person who did it, if one did.</param>
/// <param name="AgentName">That person's name.</param>
/// <param name="Detail">The reason, the choice or the answer.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record EventJson(long Id, string Type, long? AgentId, string? AgentName, string? Detail, DateTimeOffset CreatedAt)
{
    public static EventJson Of(StoredEvent e) => new(e.Id, e.Type, e.AgentId, e.AgentName, e.Detail, Instants.FromMicros(e.CreatedAt));
}
