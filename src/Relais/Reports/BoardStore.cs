using Relais.Conversations;
using Relais.Conversations.Teams;
using Relais.Storage;

namespace Relais.Reports;

/// <summary>What is open and who waits.</summary>
internal sealed record OpenCounts(long Waiting, long? WaitingSince, long WithBot, long WithPeople, long Snoozed);

/// <summary>A member of the business and how much is on their desk.</summary>
internal sealed class BoardAgent
{
    public long AgentId { get; init; }

    public string Name { get; init; } = "";

    public string? State { get; init; }

    public long? SeenAt { get; init; }

    public long? Capacity { get; init; }

    public long Open { get; init; }

    public string StateAt(long now) => State is null || now - SeenAt > Presence.Lasts ? Presence.Away : State;
}

/// <summary>A message of the feed.</summary>
internal sealed class RecentMessage
{
    public long Id { get; init; }

    public long ConversationId { get; init; }

    public string? ContactName { get; init; }

    public string? ContactPhone { get; init; }

    public Author Author { get; init; }

    public string Type { get; init; } = "";

    public string Content { get; init; } = "";

    public long At { get; init; }
}

/// <summary>
/// Reads the live board: counts through indexes of open conversations alone, and the ends of the conversations that moved last,
/// so that it costs the same with a hundred conversations and a million.
/// </summary>
internal static class BoardStore
{
    /// <summary>How far into a conversation its last messages are looked for.</summary>
    private const int Tail = 20;

    public static async Task<OpenCounts> Open(Tx tx, long tenantId)
    {
        var waiting = await tx.QueryFirst<Waiting>("""
            SELECT count(*) AS "Count", min(waiting_since) AS "Since" FROM conversation
            WHERE tenant_id = @tenantId AND waiting_since IS NOT NULL AND status <> 3
            """, new { tenantId });
        var owners = await tx.Query<Owned>("""
            SELECT assignee AS "Assignee", count(*) AS "Count" FROM conversation WHERE tenant_id = @tenantId AND status = 1 GROUP BY assignee
            """, new { tenantId });
        var snoozed = await tx.QueryFirst<long>("SELECT count(*) FROM conversation WHERE tenant_id = @tenantId AND status = 2", new { tenantId });
        var withBot = owners.Where(o => o.Assignee is Assignee.Flow or Assignee.AiAgent).Sum(o => o.Count);
        return new OpenCounts(waiting!.Count, waiting.Since, withBot, owners.Sum(o => o.Count) - withBot, snoozed);
    }

    public static Task<List<BoardAgent>> Agents(Tx tx, long tenantId) => tx.Query<BoardAgent>("""
        SELECT s.agent_id AS "AgentId", s.name AS "Name", p.state AS "State", p.seen_at AS "SeenAt", p.capacity AS "Capacity",
          (SELECT count(*) FROM conversation c WHERE c.tenant_id = s.tenant_id AND c.agent_id = s.agent_id AND c.assignee = 3 AND c.status <> 3) AS "Open"
        FROM membership s LEFT JOIN agent_presence p ON p.tenant_id = s.tenant_id AND p.agent_id = s.agent_id
        WHERE s.tenant_id = @tenantId AND s.disabled_at IS NULL ORDER BY s.name, s.agent_id
        """, new { tenantId });

    /// <summary>The newest messages of all, the newest first.</summary>
    public static async Task<List<RecentMessage>> Recent(Tx tx, long tenantId, int most)
    {
        var messages = await tx.Query<RecentMessage>("""
            SELECT m.id AS "Id", m.conversation_id AS "ConversationId", k.name AS "ContactName", k.phone AS "ContactPhone", m.author AS "Author",
              m.type AS "Type", m.content AS "Content", m.created_at AS "At"
            FROM (SELECT * FROM (
                    SELECT tenant_id, id, contact_id, last_seq, last_message_at FROM conversation
                    WHERE tenant_id = @tenantId AND status = 1 ORDER BY last_message_at DESC, id DESC LIMIT @most) AS live
                  UNION ALL SELECT * FROM (
                    SELECT tenant_id, id, contact_id, last_seq, last_message_at FROM conversation
                    WHERE tenant_id = @tenantId AND status > 1 ORDER BY last_message_at DESC, id DESC LIMIT @most) AS past) AS c
            JOIN message m ON m.conversation_id = c.id AND m.tenant_id = c.tenant_id AND m.seq > c.last_seq - @tail
            JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
            """, new { tenantId, most, tail = Tail });
        return [.. messages.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(most)];
    }

    private sealed class Waiting
    {
        public long Count { get; init; }

        public long? Since { get; init; }
    }

    private sealed class Owned
    {
        public Assignee Assignee { get; init; }

        public long Count { get; init; }
    }
}
