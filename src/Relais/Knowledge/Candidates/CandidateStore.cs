using Relais.Storage;

namespace Relais.Knowledge.Candidates;

/// <summary>Candidates of a tenant, and how far people's answers were looked at.</summary>
internal static class CandidateStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", question AS "Question", answer AS "Answer", language AS "Language", times AS "Times", state AS "State",
        faq_id AS "FaqId", conversation_id AS "ConversationId", message_id AS "MessageId", created_at AS "CreatedAt", asked_at AS "AskedAt"
        """;

    public static Task<FaqCandidate?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<FaqCandidate>($"SELECT {Columns} FROM faq_candidate WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>In the order they were found.</summary>
    public static Task<List<FaqCandidate>> Page(Tx tx, long tenantId, string state, long after, int limit) => tx.Query<FaqCandidate>($"""
        SELECT {Columns} FROM faq_candidate WHERE tenant_id = @tenantId AND state = @state AND id > @after ORDER BY id LIMIT @limit
        """, new { tenantId, state, after, limit });

    /// <summary>Whatever became of them, so that what was dismissed does not come back.</summary>
    public static Task<List<FaqCandidate>> All(Tx tx, long tenantId) =>
        tx.Query<FaqCandidate>($"SELECT {Columns} FROM faq_candidate WHERE tenant_id = @tenantId ORDER BY id", new { tenantId });

    public static Task Insert(Tx tx, FaqCandidate candidate) => tx.Execute("""
        INSERT INTO faq_candidate (tenant_id, id, question, answer, language, times, state, conversation_id, message_id, created_at, asked_at)
        VALUES (@TenantId, @Id, @Question, @Answer, @Language, @Times, 'open', @ConversationId, @MessageId, @CreatedAt, @AskedAt)
        """, candidate);

    public static Task AskedAgain(Tx tx, long tenantId, long id, long times, long at) => tx.Execute(
        "UPDATE faq_candidate SET times = times + @times, asked_at = @at WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, times, at });

    /// <summary>False when it is no longer open.</summary>
    public static async Task<bool> Decide(Tx tx, long tenantId, long id, string state, long? faqId) => await tx.Execute("""
        UPDATE faq_candidate SET state = @state, faq_id = CAST(@faqId AS BIGINT) WHERE tenant_id = @tenantId AND id = @id AND state = 'open'
        """, new { tenantId, id, state, faqId }) > 0;

    /// <summary>Every tenant, and up to when its people's answers were looked at (microseconds UTC).</summary>
    public static Task<List<(long TenantId, long MinedTo)>> Cursors(Tx tx) => tx.Query<(long, long)>("""
        SELECT t.tenant_id, coalesce(c.mined_to, 0) FROM tenant t LEFT JOIN candidate_cursor c ON c.tenant_id = t.tenant_id ORDER BY t.tenant_id
        """);

    /// <summary>False when another node has looked at them meanwhile.</summary>
    public static async Task<bool> Move(Tx tx, long tenantId, long from, long to) => await tx.Execute("""
        INSERT INTO candidate_cursor (tenant_id, mined_to) VALUES (@tenantId, @to)
        ON CONFLICT (tenant_id) DO UPDATE SET mined_to = excluded.mined_to WHERE candidate_cursor.mined_to = @from
        """, new { tenantId, from, to }) > 0;

    /// <summary>What people wrote in a span of time, oldest first.</summary>
    public static Task<List<PersonsAnswer>> Answers(Tx tx, long tenantId, long from, long to, int limit) => tx.Query<PersonsAnswer>("""
        SELECT m.id AS "Id", m.conversation_id AS "ConversationId", m.seq AS "Seq", m.content AS "Content", m.created_at AS "CreatedAt",
          c.language AS "Language", k.name AS "ContactName",
          m.type = 'text' AND c.handoff_reason IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM message e WHERE e.tenant_id = m.tenant_id AND e.conversation_id = m.conversation_id AND e.seq < m.seq AND e.author = 4 AND e.type = 'text')
            AS "IsFirst"
        FROM message m
        JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
        JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        WHERE m.tenant_id = @tenantId AND m.author = 4 AND m.created_at > @from AND m.created_at <= @to
        ORDER BY m.created_at, m.id LIMIT @limit
        """, new { tenantId, from, to, limit });

    /// <summary>What was said before an answer, newest first: author, type, words.</summary>
    public static Task<List<(long Author, string Type, string Content)>> Before(Tx tx, long tenantId, long conversationId, long seq, int limit) =>
        tx.Query<(long, string, string)>("""
            SELECT author, type, content FROM message WHERE tenant_id = @tenantId AND conversation_id = @conversationId AND seq < @seq ORDER BY seq DESC LIMIT @limit
            """, new { tenantId, conversationId, seq, limit });
}
