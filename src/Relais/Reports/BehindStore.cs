using Relais.Storage;

namespace Relais.Reports;

/// <summary>The conversations that make a figure.</summary>
internal static class BehindStore
{
    /// <summary>Of each metric: whose parts, and which of their figures is not 0.</summary>
    private static readonly Dictionary<string, string> Conditions = new(StringComparer.Ordinal)
    {
        ["messages_received"] = "t.author = 1 AND t.messages > 0",
        ["messages_sent"] = "t.author > 1 AND t.messages > 0",
        ["ai_responses"] = "t.author = 2 AND t.messages > 0",
        ["ai_share"] = "t.author = 2 AND t.messages > 0",
        ["flow_responses"] = "t.author = 3 AND t.messages > 0",
        ["agent_responses"] = "t.author = 4 AND t.messages > 0",
        ["human_handoffs"] = "t.author = 0 AND t.handoffs > 0",
        ["response_rate"] = "t.author = 1 AND t.turns > t.answered",
        ["first_response_time"] = "t.author <> 0 AND t.first_answers > 0",
        ["average_response_time"] = "t.author <> 0 AND t.answered > 0",
        ["handoff_wait_time"] = "t.author = 0 AND t.waits > 0",
        ["conversations_opened"] = "t.author = 0 AND t.opened > 0",
        ["conversations_reopened"] = "t.author = 0 AND t.reopened > 0",
        ["resolved"] = "t.author = 0 AND t.resolved > 0",
        ["resolution_rate"] = "t.author = 0 AND t.opened > t.settled",
        ["resolution_time"] = "t.author = 0 AND t.resolved > 0",
        ["delivery_rate"] = "t.author > 1 AND (t.failed > 0 OR t.messages > t.delivered)",
        ["read_rate"] = "t.author > 1 AND t.delivered > t.seen",
        ["error_rate"] = "t.author > 1 AND t.failed > 0",
        ["messages_failed"] = "t.author > 1 AND t.failed > 0",
    };

    /// <summary>Ids, the newest first. Of a rate: those that lower it.</summary>
    public static Task<List<long>> Of(Tx tx, ReportSlice slice, string metric, long before, int most) => Page(
        tx, slice, "report_part", Conditions[metric], null, before, most);

    /// <summary>The same of a word: a reason, a code.</summary>
    public static Task<List<long>> OfWord(Tx tx, ReportSlice slice, MarkKind kind, string word, long before, int most) => Page(
        tx, slice, "report_mark", $"t.kind = {(long)kind} AND t.word = @word", word, before, most);

    private static Task<List<long>> Page(Tx tx, ReportSlice slice, string table, string condition, string? word, long before, int most)
    {
        var where = slice.InboxId is null ? "" : " AND t.inbox_id = @InboxId";
        where += slice.AgentId is null ? "" : " AND t.agent_id = @AgentId";
        where += slice.LabelId is null ? "" : """
             AND EXISTS (SELECT 1 FROM conversation_label l WHERE l.tenant_id = t.tenant_id AND l.conversation_id = t.conversation_id AND l.label_id = @LabelId)
            """;
        return tx.Query<long>($"""
            SELECT DISTINCT t.conversation_id FROM {table} t WHERE t.tenant_id = @TenantId AND t.bucket >= @From AND t.bucket < @Until
              AND t.conversation_id < @before AND {condition}{where} ORDER BY t.conversation_id DESC LIMIT @most
            """, new { slice.TenantId, slice.From, slice.Until, slice.InboxId, slice.AgentId, slice.LabelId, word, before, most });
    }
}
