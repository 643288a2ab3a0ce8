using Relais.Storage;

namespace Relais.Reports;

/// <summary>A word and how often it was counted.</summary>
internal sealed class WordCount
{
    public string Word { get; init; } = "";

    public long Times { get; init; }

    public long Conversations { get; init; }
}

/// <summary>Reads what is counted by a word.</summary>
internal static class MarkStore
{
    public static Task<List<WordCount>> Words(Tx tx, ReportSlice slice, MarkKind kind)
    {
        var where = slice.InboxId is null ? "" : " AND m.inbox_id = @InboxId";
        where += slice.AgentId is null ? "" : " AND m.agent_id = @AgentId";
        where += slice.LabelId is null ? "" : """
             AND EXISTS (SELECT 1 FROM conversation_label l WHERE l.tenant_id = m.tenant_id AND l.conversation_id = m.conversation_id AND l.label_id = @LabelId)
            """;
        return tx.Query<WordCount>($"""
            SELECT m.word AS "Word", CAST(sum(m.times) AS BIGINT) AS "Times", count(DISTINCT m.conversation_id) AS "Conversations" FROM report_mark m
            WHERE m.tenant_id = @TenantId AND m.kind = @kind AND m.bucket >= @From AND m.bucket < @Until{where}
            GROUP BY m.word ORDER BY 2 DESC, 1 LIMIT 500
            """, new { slice.TenantId, kind = (long)kind, slice.From, slice.Until, slice.InboxId, slice.AgentId, slice.LabelId });
    }
}
