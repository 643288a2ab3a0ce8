using Relais.Channels;
using Relais.Storage;
using DeliveryStatus = Relais.Conversations.DeliveryStatus;

namespace Relais.Outbox;

/// <summary>The rows that queueing writes.</summary>
internal static class SendRows
{
    /// <summary>outbox.automatic of what is unasked or put off: 0 is a person's, 1 the engine's, and the lower goes first.</summary>
    public const long Unasked = 2;

    private static readonly Column<QueuedMessage>[] Columns =
    [
        Column<QueuedMessage>.Long("tenant_id", m => m.TenantId),
        Column<QueuedMessage>.Long("id", m => m.MessageId),
        Column<QueuedMessage>.Long("conversation_id", m => m.ConversationId),
        Column<QueuedMessage>.Long("inbox_id", m => m.InboxId),
        Column<QueuedMessage>.Long("seq", m => m.Seq),
        Column<QueuedMessage>.Long("author", m => (long)m.Request.Author),
        Column<QueuedMessage>.Long("agent_id", m => m.Request.AgentId),
        Column<QueuedMessage>.Text("type", m => m.Content.Type),
        Column<QueuedMessage>.Text("content", m => m.Content.Readable),
        Column<QueuedMessage>.Text("payload", m => ContentJson.Write(m.Content)),
        Column<QueuedMessage>.Text("replies_to", m => m.Request.Quotes),
        Column<QueuedMessage>.Long("answers", m => m.Request.Answers),
        Column<QueuedMessage>.Long("status", m => (long)(m.Decision is SendDecision.Refused ? DeliveryStatus.Failed : DeliveryStatus.Queued)),
        Column<QueuedMessage>.Long("failed_at", m => m.Decision is SendDecision.Refused ? m.Now : null),
        Column<QueuedMessage>.Text("error_text", m => (m.Decision as SendDecision.Refused)?.Reason),
        Column<QueuedMessage>.Long("now", m => m.Now),
    ];

    public static Rows<QueuedMessage> Message { get; } = new("""
        INSERT INTO message (tenant_id, id, conversation_id, inbox_id, seq, author, agent_id, type, content, payload, replies_to,
          answers, status, failed_at, error_text, created_at)
        SELECT r.tenant_id, r.id, r.conversation_id, r.inbox_id, r.seq, r.author, r.agent_id, r.type, r.content, r.payload,
          r.replies_to, r.answers, r.status, r.failed_at, r.error_text, r.now FROM {rows}
        """, Columns);

    public static Rows<QueuedMessage> Outbox { get; } = new("""
        INSERT INTO outbox (tenant_id, message_id, conversation_id, inbox_id, seq, automatic, version, answer_id, state, attempts,
          due_at, first_tried_at, reason, purpose, falls_on_reply, created_at)
        SELECT r.tenant_id, r.id, r.conversation_id, r.inbox_id, r.seq, r.automatic, r.version, r.answer_id, r.leaves, r.leaves,
          {now} + r.delay, CASE WHEN r.leaves = 1 THEN r.now END, r.reason, r.purpose, r.falls, r.now
        FROM {rows}
        """,
        Column<QueuedMessage>.Long("tenant_id", m => m.TenantId),
        Column<QueuedMessage>.Long("id", m => m.MessageId),
        Column<QueuedMessage>.Long("conversation_id", m => m.ConversationId),
        Column<QueuedMessage>.Long("inbox_id", m => m.InboxId),
        Column<QueuedMessage>.Long("seq", m => m.Seq),
        Column<QueuedMessage>.Long("automatic", m => m.IsUnasked ? Unasked : m.Request.IsAutomatic ? 1 : 0),
        Column<QueuedMessage>.Long("version", m => m.Request.Version),
        Column<QueuedMessage>.Long("answer_id", m => m.AnswerId),
        Column<QueuedMessage>.Long("leaves", m => m.LeavesAtOnce ? 1 : 0),
        Column<QueuedMessage>.Long("delay", m => m.Delay),
        Column<QueuedMessage>.Text("reason", m => m.Reason),
        Column<QueuedMessage>.Long("purpose", m => (long)m.Purpose),
        Column<QueuedMessage>.Long("falls", m => m.Request.FallsOnReply ? 1 : 0),
        Column<QueuedMessage>.Long("now", m => m.Now));

    public static Rows<(SendRequest Request, int Parts, string Preview, long Now)> Advance { get; } = new("""
        UPDATE conversation SET last_seq = last_seq + r.n, last_message = r.preview, last_message_at = {greatest}(last_message_at, r.now)
        FROM {rows} WHERE conversation.tenant_id = r.tenant_id AND conversation.id = r.id
        RETURNING conversation.id, conversation.last_seq
        """,
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("tenant_id", a => a.Request.TenantId),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("id", a => a.Request.ConversationId),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("n", a => a.Parts),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Text("preview", a => a.Preview),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("now", a => a.Now));
}
