using System.Collections.Concurrent;
using Relais.Storage;

namespace Relais.Reports;

/// <summary>Figures added up by one or two columns.</summary>
internal readonly record struct FigureRow(long First, long Second, Figures Figures);

/// <summary>
/// Reads figures: from the totals, or, where a label is asked for, from the parts of the conversations that bear it now. One
/// statement a question, over buckets of one tenant.
/// </summary>
internal static class FigureStore
{
    private static readonly ConcurrentDictionary<(string Columns, Source Source, bool Inbox, bool Agent, bool Label), Rows<ReportSlice>> Statements = new();

    public static Task<ReportPlace?> Place(Tx tx, long tenantId) => tx.QueryFirst<ReportPlace>("""
        SELECT t.tenant_id AS "TenantId", t.time_zone AS "TimeZone", coalesce(r.width, 0) AS "Width", r.count_before AS "CountBefore"
        FROM tenant t LEFT JOIN report_tenant r ON r.tenant_id = t.tenant_id WHERE t.tenant_id = @tenantId
        """, new { tenantId });

    /// <summary>By bucket and author.</summary>
    public static Task<List<FigureRow>> ByTime(Tx tx, ReportSlice slice) => Sum(tx, slice, "t.bucket, t.author");

    /// <summary>By author alone (the second column is 0).</summary>
    public static Task<List<FigureRow>> ByAuthor(Tx tx, ReportSlice slice) => Sum(tx, slice, "t.author, t.tenant_id - t.tenant_id");

    /// <summary>By agent and author; agent 0 is nobody in particular.</summary>
    public static Task<List<FigureRow>> ByAgent(Tx tx, ReportSlice slice) => Sum(tx, slice, "t.agent_id, t.author", Source.Agents);

    public static Task<List<FigureRow>> ByInbox(Tx tx, ReportSlice slice) => Sum(tx, slice, "t.inbox_id, t.author");

    public static Task<List<FigureRow>> ByLabel(Tx tx, ReportSlice slice) => Sum(tx, slice, "l.label_id, t.author", Source.Labels);

    private static Task<List<FigureRow>> Sum(Tx tx, ReportSlice slice, string columns, Source source = Source.Totals)
    {
        source = slice.LabelId is null ? source : Source.Labels;
        var statement = Statements.GetOrAdd(
            (columns, source, slice.InboxId is not null, slice.AgentId is not null, slice.LabelId is not null), key => Statement(key));
        return tx.Each(statement, [slice], row => new FigureRow(row.GetInt64(0), row.GetInt64(1), Figures.Read(row, 2)));
    }

    private static Rows<ReportSlice> Statement((string Columns, Source Source, bool Inbox, bool Agent, bool Label) key)
    {
        var source = key.Source switch
        {
            Source.Labels => """
                conversation_label l ON l.tenant_id = r.tenant_id
                JOIN report_part t ON t.tenant_id = l.tenant_id AND t.conversation_id = l.conversation_id
                """,

            // Agent by agent through the key, and nobody in particular (0) beside them; the outer join keeps to that order.
            Source.Agents => """
                (SELECT m.tenant_id, m.agent_id FROM membership m UNION ALL SELECT n.tenant_id, 0 FROM tenant n) AS who ON who.tenant_id = r.tenant_id
                LEFT JOIN report_total t ON t.tenant_id = who.tenant_id AND t.agent_id = who.agent_id
                """,
            _ => "report_total t ON t.tenant_id = r.tenant_id",
        };
        var where = key.Label ? " AND l.label_id = r.label_id" : "";
        where += key.Inbox ? " AND t.inbox_id = r.inbox_id" : "";
        where += key.Agent ? " AND t.agent_id = r.agent_id" : key.Source == Source.Totals ? $" AND t.agent_id = {RollupStore.Everybody}" : "";
        var sql = $$"""
            SELECT {{key.Columns}}, {{Figures.Sums}} FROM {rows} JOIN {{source}} AND t.bucket >= r.since AND t.bucket < r.until
            WHERE true{{where}} GROUP BY {{key.Columns}} HAVING count(t.bucket) > 0
            """;
        return new Rows<ReportSlice>(sql, [.. ((Column<ReportSlice>[])[
            Column<ReportSlice>.Long("tenant_id", s => s.TenantId), Column<ReportSlice>.Long("since", s => s.From),
            Column<ReportSlice>.Long("until", s => s.Until), Column<ReportSlice>.Long("inbox_id", s => s.InboxId),
            Column<ReportSlice>.Long("agent_id", s => s.AgentId), Column<ReportSlice>.Long("label_id", s => s.LabelId),
        ]).Where(c => sql.Contains("r." + c.Name, StringComparison.Ordinal))]);
    }

    private enum Source
    {
        Totals,
        Agents,
        Labels,
    }
}
