namespace Relais.Tests.Reports;

/// <summary>The tables as they are, all of them in memory.</summary>
internal sealed record WholeTables(
    IReadOnlyList<WholeTables.Conversation> Conversations, ILookup<long, WholeTables.Message> Messages, ILookup<long, WholeTables.Event> Events)
{
    internal sealed class Conversation
    {
        public long Id { get; init; }

        public long InboxId { get; init; }

        public long Status { get; init; }

        public long CreatedAt { get; init; }

        public long? ClosedAt { get; init; }

        public string? Labels { get; init; }
    }

    internal sealed class Message
    {
        public long ConversationId { get; init; }

        public long Seq { get; init; }

        public long Author { get; init; }

        public long? AgentId { get; init; }

        public long? Status { get; init; }

        public long? ErrorCode { get; init; }

        public long? Skipped { get; init; }

        public long At { get; init; }

        public bool Left => Status is null or 1 or 3 or 4;
    }

    internal sealed class Event
    {
        public long ConversationId { get; init; }

        public string Type { get; init; } = "";

        public long? AgentId { get; init; }

        public string? Detail { get; init; }

        public long At { get; init; }
    }

    public static async Task<WholeTables> Read(Relais.Storage.Tx tx, long tenantId) => new(
        await tx.Query<Conversation>("""
            SELECT id AS "Id", inbox_id AS "InboxId", status AS "Status", created_at AS "CreatedAt", closed_at AS "ClosedAt" FROM conversation
            WHERE tenant_id = @tenantId
            """, new { tenantId }),
        (await tx.Query<Message>("""
            SELECT conversation_id AS "ConversationId", seq AS "Seq", author AS "Author", agent_id AS "AgentId", status AS "Status",
              error_code AS "ErrorCode", skipped AS "Skipped", created_at AS "At" FROM message WHERE tenant_id = @tenantId ORDER BY conversation_id, seq
            """, new { tenantId })).ToLookup(m => m.ConversationId),
        (await tx.Query<Event>("""
            SELECT conversation_id AS "ConversationId", type AS "Type", agent_id AS "AgentId", detail AS "Detail", created_at AS "At"
            FROM conversation_event WHERE tenant_id = @tenantId ORDER BY id
            """, new { tenantId })).ToLookup(e => e.ConversationId));
}

/// <summary>Every metric as docs/api/metrics.md words it, computed from the tables without any roll-up.</summary>
internal static class NaiveFigures
{
    public static Dictionary<string, double?> Of(WholeTables tables, long from, long until, long? agent = null, Func<WholeTables.Conversation, bool>? only = null)
    {
        bool In(long at) => at >= from && at < until;
        var conversations = tables.Conversations.Where(only ?? (_ => true)).ToList();
        var messages = conversations.SelectMany(c => tables.Messages[c.Id]).Where(m => In(m.At)).ToList();
        var sent = messages.Where(m => m.Author != 1 && m.Left && (agent is null || m.AgentId == agent)).ToList();
        var failed = messages.Count(m => m.Author != 1 && m.Status == 2 && (agent is null || m.AgentId == agent));
        var delivered = sent.Count(m => m.Status is 3 or 4);
        var turns = conversations.SelectMany(c => Turns(tables, c)).Where(t => In(t.At)).ToList();
        var answered = turns.Where(t => t.Answer is not null && (agent is null || t.Answer is { Author: 4 } a && a.AgentId == agent)).ToList();
        var opened = agent is null ? conversations.Where(c => In(c.CreatedAt)).ToList() : [];
        var closed = conversations.Where(c => c.Status == 3 && In(c.ClosedAt!.Value)
            && (agent is null || tables.Events[c.Id].Last(e => e.Type == "closed").AgentId == agent)).ToList();
        var handoffs = conversations.SelectMany(c => tables.Events[c.Id].Where(e => e.Type == "handed_off")).Where(e => In(e.At)).ToList();
        var waits = handoffs.Select(e => (e.At, Answer: Wait(tables, e))).Where(w => w.Answer is not null && (agent is null || w.Answer.AgentId == agent)).ToList();
        long By(long author) => sent.Count(m => m.Author == author);
        return new Dictionary<string, double?>
        {
            ["messages_received"] = agent is null ? messages.Count(m => m.Author == 1 && m.Skipped is null) : 0,
            ["messages_sent"] = sent.Count,
            ["ai_responses"] = By(2),
            ["flow_responses"] = By(3),
            ["agent_responses"] = By(4),
            ["human_handoffs"] = agent is null ? handoffs.Count : 0,
            ["response_rate"] = agent is null ? Percent(answered.Count, turns.Count) : null,
            ["first_response_time"] = Mean(answered.Where(t => t.IsFirst).Select(t => t.Answer!.At - t.At)),
            ["average_response_time"] = Mean(answered.Select(t => t.Answer!.At - t.At)),
            ["handoff_wait_time"] = Mean(waits.Select(w => w.Answer!.At - w.At)),
            ["conversations_opened"] = opened.Count,
            ["conversations_reopened"] = agent is null ? conversations.SelectMany(c => tables.Events[c.Id]).Count(e => e.Type == "reopened" && In(e.At)) : 0,
            ["resolved"] = closed.Count,
            ["resolution_rate"] = Percent(opened.Count(c => c.Status == 3), opened.Count),
            ["resolution_time"] = Mean(closed.Select(c => c.ClosedAt!.Value - c.CreatedAt)),
            ["ai_share"] = Percent(By(2), By(2) + By(3) + By(4)),
            ["delivery_rate"] = Percent(delivered, sent.Count + failed),
            ["read_rate"] = Percent(sent.Count(m => m.Status == 4), delivered),
            ["error_rate"] = Percent(failed, sent.Count + failed),
            ["messages_failed"] = failed,
        };
    }

    private static IEnumerable<(long At, bool IsFirst, WholeTables.Message? Answer)> Turns(WholeTables tables, WholeTables.Conversation conversation)
    {
        var said = tables.Messages[conversation.Id].Where(m => m.Author == 1 ? m.Skipped is null : m.Author != 5 && m.Left).ToList();
        var asked = said.Where((m, i) => m.Author == 1 && (i == 0 || said[i - 1].Author != 1)).ToList();
        return asked.Select((m, i) => (m.At, i == 0, said.Find(a => a.Author != 1 && a.Seq > m.Seq)));
    }

    private static WholeTables.Message? Wait(WholeTables tables, WholeTables.Event handoff)
    {
        var next = tables.Events[handoff.ConversationId].Where(e => e.Type == "handed_off" && e.At > handoff.At).Select(e => e.At).DefaultIfEmpty(long.MaxValue).Min();
        return tables.Messages[handoff.ConversationId].FirstOrDefault(m => m.Author == 4 && m.Left && m.At >= handoff.At && m.At < next);
    }

    private static double? Percent(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;

    private static double? Mean(IEnumerable<long> micros) => micros.Any() ? micros.Average() / 1e6 : null;
}
