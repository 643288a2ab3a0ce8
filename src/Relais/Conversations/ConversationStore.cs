using Relais.Storage;

namespace Relais.Conversations;

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

    public string? AgentName { get; init; }

    public string? Detail { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>Reads conversations and messages for people.</summary>
internal static class ConversationStore
{
    private const string Columns = $$"""
        c.tenant_id AS "TenantId", c.id AS "Id", c.inbox_id AS "InboxId", c.contact_id AS "ContactId", c.session_id AS "SessionId",
        c.status AS "Status", c.assignee AS "Assignee", c.agent_id AS "AgentId", c.team_id AS "TeamId", c.version AS "Version", c.language AS "Language",
        c.last_seq AS "LastSeq", c.last_inbound_seq AS "LastInboundSeq", c.answered_seq AS "AnsweredSeq", c.unread AS "Unread",
        c.last_inbound_at AS "LastInboundAt", c.last_message AS "LastMessage", c.last_message_at AS "LastMessageAt",
        c.handoff_reason AS "HandoffReason", c.auto_respond AS "AutoRespond", c.waiting_since AS "WaitingSince", c.created_at AS "CreatedAt", c.closed_at AS "ClosedAt", k.name AS "ContactName",
        k.phone AS "ContactPhone", k.opted_out_at AS "ContactOptedOutAt", k.blocked_at AS "ContactBlockedAt",
        c.priority AS "Priority", c.snoozed_until AS "SnoozedUntil", c.snoozed_seq AS "SnoozedSeq", c.release_at AS "ReleaseAt",
        c.release_on_close AS "ReleaseOnClose", c.awaited AS "Awaited", c.handed_seq AS "HandedSeq",
        a.name AS "AgentName", t.name AS "TeamName", i.name AS "InboxName", i.channel AS "Channel",
        l.author AS "LastAuthor", l.status AS "LastStatus", o.state AS "LastOutboxState",
        (SELECT {joined}(CAST(x.label_id AS TEXT), ',') FROM conversation_label x
          WHERE x.tenant_id = c.tenant_id AND x.conversation_id = c.id) AS "Labels",
        (SELECT {joined}(CAST(v.agent_id AS TEXT) || ':' || v.state || ':' || w.name, '{{Viewer.Between}}') FROM conversation_viewer v
          JOIN membership w ON w.tenant_id = v.tenant_id AND w.agent_id = v.agent_id
          WHERE v.tenant_id = c.tenant_id AND v.conversation_id = c.id) AS "Viewers"
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
        JOIN inbox i ON i.tenant_id = c.tenant_id AND i.id = c.inbox_id
        LEFT JOIN membership a ON a.tenant_id = c.tenant_id AND a.agent_id = c.agent_id
        LEFT JOIN team t ON t.tenant_id = c.tenant_id AND t.id = c.team_id
        LEFT JOIN message l ON l.conversation_id = c.id AND l.seq = c.last_seq AND l.tenant_id = c.tenant_id
        LEFT JOIN outbox o ON o.tenant_id = l.tenant_id AND o.message_id = l.id
        """;

    public static Task<Conversation?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<Conversation>(
        $"SELECT {Columns}{From} WHERE c.tenant_id = @tenantId AND c.id = @id", new { tenantId, id });

    public static Task<List<Conversation>> Some(Tx tx, long tenantId, IReadOnlyList<long> ids) => tx.Query<Conversation>(
        $"SELECT {Columns}{From} WHERE c.tenant_id = @tenantId AND c.id {tx.Dialect.In("ids")}", new { tenantId, ids = ids.ToArray() });

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
        $"SELECT {MessageColumns}, m.ai_suggestion AS \"AiSuggestion\" FROM {MessageSources} WHERE m.tenant_id = @tenantId AND m.id {tx.Dialect.In("ids")}",
        new { tenantId, ids = ids.ToArray() });

    public static Task<List<StoredEvent>> Events(Tx tx, long tenantId, long conversationId, int limit) => tx.Query<StoredEvent>("""
        SELECT e.id AS "Id", e.type AS "Type", e.agent_id AS "AgentId", a.name AS "AgentName", e.detail AS "Detail", e.created_at AS "CreatedAt"
        FROM conversation_event e LEFT JOIN membership a ON a.tenant_id = e.tenant_id AND a.agent_id = e.agent_id
        WHERE e.tenant_id = @tenantId AND e.conversation_id = @conversationId ORDER BY e.id LIMIT @limit
        """, new { tenantId, conversationId, limit });
}
