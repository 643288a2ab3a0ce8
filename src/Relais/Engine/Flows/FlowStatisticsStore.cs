using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>What a flow's statistics are counted from.</summary>
/// <param name="FlowId">Which flow.</param>
/// <param name="From">Microseconds UTC.</param>
/// <param name="Until">Before this.</param>
/// <param name="Low">First version that counts.</param>
/// <param name="High">Last version that counts.</param>
internal sealed record FlowSlice(long FlowId, long From, long Until, long Low, long High);

/// <summary>Counts runs and steps of a flow, each by an index of its own. A step that called a subflow has a row for the call, too, which is no second visit.</summary>
internal static class FlowStatisticsStore
{
    public static Task<List<FlowSessionCount>> Sessions(Tx tx, long tenantId, FlowSlice slice) => tx.Query<FlowSessionCount>("""
        SELECT s.started_at / 900000000 AS "Quarter", s.status AS "Status", count(*) AS "Count",
          CAST(sum(CASE WHEN s.ended_at IS NULL THEN 0 ELSE s.ended_at - s.started_at END) AS BIGINT) AS "Took"
        FROM flow_session s
        WHERE s.tenant_id = @tenantId AND s.flow_id = @FlowId AND s.started_at >= @From AND s.started_at < @Until AND s.version >= @Low AND s.version <= @High
        GROUP BY 1, 2
        """, new { tenantId, slice.FlowId, slice.From, slice.Until, slice.Low, slice.High });

    public static Task<List<FlowStepCount>> Steps(Tx tx, long tenantId, FlowSlice slice) => tx.Query<FlowStepCount>("""
        SELECT p.step AS "Step", p.event AS "Event", count(*) AS "Count",
          CAST(sum(CASE WHEN p.event = '' AND q.at IS NOT NULL THEN 0 ELSE 1 END) AS BIGINT) AS "Entered",
          CAST(sum(CASE WHEN q.at IS NULL AND s.status IN (5, 6) THEN 1 ELSE 0 END) AS BIGINT) AS "Stopped",
          CAST(sum(CASE WHEN q.at IS NULL AND s.status IN (1, 2) THEN 1 ELSE 0 END) AS BIGINT) AS "Waiting",
          CAST(sum(CASE WHEN p.event = '' THEN 0 ELSE coalesce(q.at, s.ended_at, p.at) - p.at END) AS BIGINT) AS "Took",
          CAST(sum(CASE WHEN p.event = '' OR coalesce(q.at, s.ended_at) IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS "Timed"
        FROM flow_step p JOIN flow_session s ON s.tenant_id = p.tenant_id AND s.id = p.session_id
          LEFT JOIN flow_step q ON q.tenant_id = p.tenant_id AND q.session_id = p.session_id AND q.n = p.n + 1
        WHERE p.tenant_id = @tenantId AND p.flow_id = @FlowId AND p.at >= @From AND p.at < @Until AND p.version >= @Low AND p.version <= @High
        GROUP BY p.step, p.event
        """, new { tenantId, slice.FlowId, slice.From, slice.Until, slice.Low, slice.High });

    /// <summary>The most frequent first.</summary>
    public static Task<List<FlowWordCount>> Answers(Tx tx, long tenantId, FlowSlice slice, int limit) => tx.Query<FlowWordCount>("""
        SELECT p.step AS "Step", p.answer AS "Word", count(*) AS "Count" FROM flow_step p
        WHERE p.tenant_id = @tenantId AND p.flow_id = @FlowId AND p.at >= @From AND p.at < @Until AND p.version >= @Low AND p.version <= @High
          AND p.answer IS NOT NULL AND p.answer <> ''
        GROUP BY p.step, p.answer ORDER BY count(*) DESC, p.step, p.answer LIMIT @limit
        """, new { tenantId, slice.FlowId, slice.From, slice.Until, slice.Low, slice.High, limit });

    /// <summary>Why people got the conversation, the most frequent first.</summary>
    public static Task<List<FlowWordCount>> Transfers(Tx tx, long tenantId, FlowSlice slice) => tx.Query<FlowWordCount>("""
        SELECT coalesce(s.reason, '') AS "Word", count(*) AS "Count" FROM flow_session s
        WHERE s.tenant_id = @tenantId AND s.flow_id = @FlowId AND s.started_at >= @From AND s.started_at < @Until AND s.version >= @Low AND s.version <= @High
          AND s.status = 4
        GROUP BY coalesce(s.reason, '') ORDER BY count(*) DESC, coalesce(s.reason, '') LIMIT 100
        """, new { tenantId, slice.FlowId, slice.From, slice.Until, slice.Low, slice.High });
}
