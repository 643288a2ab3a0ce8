using Relais.Storage;

namespace Relais.Desk.Later;

/// <summary>A conversation in which a message's time has come.</summary>
internal sealed class DueConversation
{
    public long TenantId { get; init; }

    public long ConversationId { get; init; }
}

/// <summary>Messages for later. What ends one names the state it was in, so that of two who try one is told no.</summary>
internal static class ScheduledStore
{
    private const string Select = """
        SELECT s.tenant_id AS "TenantId", s.id AS "Id", s.conversation_id AS "ConversationId", c.inbox_id AS "InboxId", s.agent_id AS "AgentId",
          a.name AS "AgentName", s.content AS "Content", s.payload AS "Payload", s.reply_to AS "ReplyTo", s.answers_seq AS "AnswersSeq",
          s.due_at AS "DueAt", s.state AS "State", s.problem_code AS "ProblemCode", s.problem AS "Problem", s.message_id AS "MessageId",
          s.created_at AS "CreatedAt"
        FROM scheduled_message s JOIN conversation c ON c.tenant_id = s.tenant_id AND c.id = s.conversation_id
        LEFT JOIN membership a ON a.tenant_id = s.tenant_id AND a.agent_id = s.agent_id
        """;

    public static Task<ScheduledMessage?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<ScheduledMessage>(
        $"{Select} WHERE s.tenant_id = @tenantId AND s.id = @id", new { tenantId, id });

    public static Task<List<ScheduledMessage>> Some(Tx tx, long tenantId, IReadOnlyCollection<long> ids) => tx.Query<ScheduledMessage>(
        $"{Select} WHERE s.tenant_id = @tenantId AND s.id {tx.Dialect.In("ids")}", new { tenantId, ids = ids.ToArray() });

    /// <summary>What waits and what was refused, the soonest first.</summary>
    public static Task<List<ScheduledMessage>> Of(Tx tx, long tenantId, long conversationId) => tx.Query<ScheduledMessage>($"""
        {Select} WHERE s.tenant_id = @tenantId AND s.conversation_id = @conversationId AND s.state IN (0, 2) ORDER BY s.due_at, s.id
        """, new { tenantId, conversationId });

    /// <summary>The same of all conversations, by when they were written, the latest first.</summary>
    public static Task<List<ScheduledMessage>> Page(Tx tx, long tenantId, long before, int limit) => tx.Query<ScheduledMessage>($"""
        {Select} WHERE s.tenant_id = @tenantId AND s.state IN (0, 2) AND s.id < @before ORDER BY s.id DESC LIMIT @limit
        """, new { tenantId, before, limit });

    /// <summary>Of every tenant, the longest due first; a conversation may stand there twice.</summary>
    public static Task<List<DueConversation>> Due(Tx tx, long now, int limit) => tx.Query<DueConversation>("""
        SELECT tenant_id AS "TenantId", conversation_id AS "ConversationId" FROM scheduled_message
        WHERE state = 0 AND due_at <= @now ORDER BY due_at LIMIT @limit
        """, new { now, limit });

    /// <summary>Takes those of a conversation that are due until the end of the transaction, and gives them in their order.</summary>
    public static async Task<List<ScheduledMessage>> HoldDue(Tx tx, long tenantId, long conversationId, long now, int limit)
    {
        var due = await tx.Query<long>("""
            SELECT id FROM scheduled_message WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND state IN (0, 2) AND state < 1
              AND due_at <= @now ORDER BY due_at, id LIMIT @limit
            """, new { tenantId, conversationId, now, limit });
        var held = new List<ScheduledMessage>(due.Count);
        foreach (var id in due)
        {
            if (await Hold(tx, tenantId, id, refusedToo: false, now) && await Find(tx, tenantId, id) is { } message && message.DueAt <= now)
            {
                held.Add(message);
            }
        }

        return held;
    }

    /// <summary>When the next one of a conversation is due; null when none waits.</summary>
    public static Task<long?> NextDue(Tx tx, long tenantId, long conversationId) => tx.QueryFirst<long?>("""
        SELECT min(due_at) FROM scheduled_message WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND state IN (0, 2) AND state < 1
        """, new { tenantId, conversationId });

    public static Task Insert(Tx tx, ScheduledMessage m) => tx.Execute("""
        INSERT INTO scheduled_message (tenant_id, id, conversation_id, agent_id, content, payload, reply_to, answers_seq, due_at, state, created_at, updated_at)
        VALUES (@TenantId, @Id, @ConversationId, @AgentId, @Content, @Payload, @ReplyTo, @AnswersSeq, @DueAt, 0, @CreatedAt, @CreatedAt)
        """, m);

    /// <summary>Takes the row until the end of the transaction; false when it is no longer in one of these states.</summary>
    public static async Task<bool> Hold(Tx tx, long tenantId, long id, bool refusedToo, long now) => await tx.Execute($"""
        UPDATE scheduled_message SET updated_at = @now WHERE tenant_id = @tenantId AND id = @id AND state IN (0{(refusedToo ? ", 2" : "")})
        """, new { tenantId, id, now }) > 0;

    /// <summary>In the transaction that queued the message.</summary>
    public static Task Sent(Tx tx, long tenantId, long id, long? messageId, long now) => tx.Execute("""
        UPDATE scheduled_message SET state = 1, message_id = @messageId, problem = NULL, problem_code = NULL, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state IN (0, 2)
        """, new { tenantId, id, messageId, now });

    public static Task Refused(Tx tx, long tenantId, long id, string code, string problem, long now) => tx.Execute("""
        UPDATE scheduled_message SET state = 2, problem_code = @code, problem = @problem, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state = 0
        """, new { tenantId, id, code, problem, now });

    public static Task Cancelled(Tx tx, long tenantId, long id, long now) => tx.Execute(
        "UPDATE scheduled_message SET state = 3, updated_at = @now WHERE tenant_id = @tenantId AND id = @id AND state IN (0, 2)",
        new { tenantId, id, now });

    public static Task Move(Tx tx, long tenantId, long id, long dueAt, long now) => tx.Execute("""
        UPDATE scheduled_message SET state = 0, due_at = @dueAt, problem = NULL, problem_code = NULL, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state IN (0, 2)
        """, new { tenantId, id, dueAt, now });
}
