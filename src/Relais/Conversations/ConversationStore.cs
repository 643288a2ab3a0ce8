using Relais.Storage;

namespace Relais.Conversations;

/// <summary>Which conversations a list shows.</summary>
/// <param name="Status">Only these, or null.</param>
/// <param name="Assignee">Only these, or null.</param>
/// <param name="AgentId">Only this agent's, or null.</param>
/// <param name="InboxId">Only this number's, or null.</param>
/// <param name="Unread">Only those with unread messages.</param>
/// <param name="Waiting">Only those to which a person owes an answer.</param>
/// <param name="WithPeople">Only those that people answer (true) or that they do not (false), or null.</param>
/// <param name="Text">In the contact's name or number, or in the last message.</param>
internal sealed record ConversationFilter(
    ConversationStatus? Status = null, Assignee? Assignee = null, long? AgentId = null, long? InboxId = null, bool Unread = false,
    bool Waiting = false, string? Text = null, bool? WithPeople = null);

/// <summary>A message as the API and the feed show it.</summary>
internal sealed class StoredMessage
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ConversationId { get; init; }

    public long Seq { get; init; }

    public Author Author { get; init; }

    public long? AgentId { get; init; }

    public string? AgentName { get; init; }

    public string Type { get; init; } = "";

    public string Content { get; init; } = "";

    public string? ChoiceId { get; init; }

    /// <summary>What it holds besides text (Channels/InboundContent, OutboundContent), JSON; null for plain text.</summary>
    public string? Payload { get; init; }

    public string? Raw { get; init; }

    public string? RepliesTo { get; init; }

    public string? ProviderId { get; init; }

    public long? ProviderAt { get; init; }

    public DeliveryStatus? Status { get; init; }

    public long? SentAt { get; init; }

    public long? DeliveredAt { get; init; }

    public long? ReadAt { get; init; }

    public long? FailedAt { get; init; }

    public long? ErrorCode { get; init; }

    public string? ErrorText { get; init; }

    public string? CostCategory { get; init; }

    public long? EditedAt { get; init; }

    public long? DeletedAt { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>State of its outbox row (0 queued, 1 on the wire, 2 unknown, 3 dead), or null when it has none.</summary>
    public long? OutboxState { get; init; }

    /// <summary>What the engine answered to it, or suggests to answer (customer's messages only).</summary>
    public string? AiSuggestion { get; init; }
}

/// <summary>A fact of a conversation's history.</summary>
internal sealed class StoredEvent
{
    public long Id { get; init; }

    public string Type { get; init; } = "";

    public long? AgentId { get; init; }

    public string? Detail { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>Reads conversations and messages for people.</summary>
internal static class ConversationStore
{
    private const string Columns = """
        c.tenant_id AS "TenantId", c.id AS "Id", c.inbox_id AS "InboxId", c.contact_id AS "ContactId", c.session_id AS "SessionId",
        c.status AS "Status", c.assignee AS "Assignee", c.agent_id AS "AgentId", c.team_id AS "TeamId", c.version AS "Version", c.language AS "Language",
        c.last_seq AS "LastSeq", c.last_inbound_seq AS "LastInboundSeq", c.answered_seq AS "AnsweredSeq", c.unread AS "Unread",
        c.last_inbound_at AS "LastInboundAt", c.last_message AS "LastMessage", c.last_message_at AS "LastMessageAt",
        c.handoff_reason AS "HandoffReason", c.auto_respond AS "AutoRespond", c.waiting_since AS "WaitingSince", c.created_at AS "CreatedAt", c.closed_at AS "ClosedAt", k.name AS "ContactName",
        k.phone AS "ContactPhone", k.opted_out_at AS "ContactOptedOutAt", k.blocked_at AS "ContactBlockedAt"
        """;

    private const string MessageColumns = """
        m.tenant_id AS "TenantId", m.id AS "Id", m.conversation_id AS "ConversationId", m.seq AS "Seq", m.author AS "Author",
        m.agent_id AS "AgentId", a.name AS "AgentName", m.type AS "Type", m.content AS "Content", m.choice_id AS "ChoiceId",
        m.payload AS "Payload", m.raw AS "Raw", m.replies_to AS "RepliesTo", m.provider_id AS "ProviderId", m.provider_at AS "ProviderAt",
        m.status AS "Status", m.sent_at AS "SentAt", m.delivered_at AS "DeliveredAt", m.read_at AS "ReadAt",
        m.cost_category AS "CostCategory", m.edited_at AS "EditedAt", m.deleted_at AS "DeletedAt", m.failed_at AS "FailedAt", m.error_code AS "ErrorCode", coalesce(m.error_text, CASE WHEN o.state = 0 THEN o.reason END) AS "ErrorText", m.created_at AS "CreatedAt",
        o.state AS "OutboxState"
        """;

    private const string MessageSources = """
        message m
        LEFT JOIN membership a ON a.tenant_id = m.tenant_id AND a.agent_id = m.agent_id
        LEFT JOIN outbox o ON o.tenant_id = m.tenant_id AND o.message_id = m.id
        """;

    private const string From = """
         FROM conversation c JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        """;

    public static Task<Conversation?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<Conversation>(
        $"SELECT {Columns}{From} WHERE c.tenant_id = @tenantId AND c.id = @id", new { tenantId, id });

    public static Task<List<Conversation>> Some(Tx tx, long tenantId, IReadOnlyList<long> ids) => tx.Query<Conversation>(
        $"SELECT {Columns}{From} WHERE c.tenant_id = @tenantId AND c.id IN @ids".Replace(
            "IN @ids", tx.Dialect.IsPostgres ? "= ANY(@ids)" : "IN @ids", StringComparison.Ordinal), new { tenantId, ids = ids.ToArray() });

    /// <summary>Latest activity first; (<paramref name="beforeAt"/>, <paramref name="beforeId"/>) is the last one already read.</summary>
    public static Task<List<Conversation>> Page(
        Tx tx, long tenantId, ConversationFilter filter, long beforeAt, long beforeId, int limit)
    {
        var where = "";
        where += filter.Status is null ? "" : " AND c.status = @status";
        where += filter.Assignee is null ? "" : " AND c.assignee = @assignee";
        where += filter.AgentId is null ? "" : " AND c.agent_id = @agent";
        where += filter.InboxId is null ? "" : " AND c.inbox_id = @inbox";
        where += filter.WithPeople switch { true => " AND c.assignee IN (3, 4, 5)", false => " AND c.assignee IN (1, 2)", _ => "" };
        where += filter.Unread ? " AND c.unread > 0" : "";
        where += filter.Waiting ? " AND c.waiting_since IS NOT NULL AND c.status <> 3" : "";
        where += filter.Text is null ? "" : " AND (lower(k.name) LIKE @text OR k.phone LIKE @text OR lower(c.last_message) LIKE @text)";
        return tx.Query<Conversation>($"""
            SELECT {Columns}{From} WHERE c.tenant_id = @tenantId AND c.last_message_at > 0
              AND (c.last_message_at < @beforeAt OR (c.last_message_at = @beforeAt AND c.id < @beforeId)){where}
            ORDER BY c.last_message_at DESC, c.id DESC LIMIT @limit
            """, new
        {
            tenantId, beforeAt, beforeId, limit, status = (long?)filter.Status, assignee = (long?)filter.Assignee, agent = filter.AgentId,
            inbox = filter.InboxId, text = filter.Text is null ? null : $"%{filter.Text.ToLowerInvariant()}%",
        });
    }

    /// <summary>In the order of the conversation, after <paramref name="after"/> (a seq), or the last ones before <paramref name="before"/>.</summary>
    public static async Task<List<StoredMessage>> Messages(Tx tx, long tenantId, long conversationId, long? after, long? before, int limit)
    {
        var forward = after is not null;
        var messages = await tx.Query<StoredMessage>($"""
            SELECT {MessageColumns}, coalesce((SELECT s.content FROM message s WHERE s.tenant_id = m.tenant_id
                AND s.conversation_id = m.conversation_id AND s.answers = m.id ORDER BY s.seq LIMIT 1), m.ai_suggestion) AS "AiSuggestion"
            FROM {MessageSources}
            WHERE m.tenant_id = @tenantId AND m.conversation_id = @conversationId AND m.seq > @after AND m.seq < @before
            ORDER BY m.seq {(forward ? "ASC" : "DESC")} LIMIT @limit
            """, new { tenantId, conversationId, after = after ?? 0, before = before ?? long.MaxValue, limit });
        if (!forward)
        {
            messages.Reverse();
        }

        return messages;
    }

    public static Task<List<StoredMessage>> SomeMessages(Tx tx, long tenantId, IReadOnlyList<long> ids) => tx.Query<StoredMessage>(
        $"SELECT {MessageColumns}, m.ai_suggestion AS \"AiSuggestion\" FROM {MessageSources} WHERE m.tenant_id = @tenantId AND m.id ".TrimEnd()
            + (tx.Dialect.IsPostgres ? " = ANY(@ids)" : " IN @ids"), new { tenantId, ids = ids.ToArray() });

    public static Task<List<StoredEvent>> Events(Tx tx, long tenantId, long conversationId, int limit) => tx.Query<StoredEvent>("""
        SELECT id AS "Id", type AS "Type", agent_id AS "AgentId", detail AS "Detail", created_at AS "CreatedAt"
        FROM conversation_event WHERE tenant_id = @tenantId AND conversation_id = @conversationId ORDER BY id LIMIT @limit
        """, new { tenantId, conversationId, limit });
}
