using NodaTime;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Reports;

/// <summary>The reports there are. In: which figures. Out: a table, the largest first.</summary>
internal static class ReportTables
{
    private static readonly string[] Columns =
    [
        "messages_received", "messages_sent", "ai_responses", "flow_responses", "agent_responses", "human_handoffs", "response_rate", "first_response_time",
        "average_response_time", "conversations_opened", "resolved", "resolution_rate", "resolution_time", "delivery_rate", "error_rate",
    ];

    /// <summary>Who answered: the AI agent, flows, each person, and people on the business's own phone.</summary>
    public static async Task<ReportTable> Agents(Tx tx, ReportSlice slice)
    {
        var names = await ReportNameStore.Agents(tx, slice.TenantId);
        var rows = await FigureStore.ByAgent(tx, slice);
        var tallies = new SortedDictionary<(long Author, long Agent), Tally>();
        foreach (var row in rows.Where(r => r.Second is 2 or 3 or 4 || r is { First: > 0, Second: 0 }))
        {
            // What is nobody's message but bears a name (closing, an answered hand-off) is that person's.
            var key = (row.Second == 0 ? 4 : row.Second, row.Second is 2 or 3 ? 0 : row.First);
            if (!tallies.TryGetValue(key, out var tally))
            {
                tallies[key] = tally = new Tally { IsOfAgent = true };
            }

            tally.Add(row.Second == 0 ? 0 : 4, row.Figures);
        }

        return new ReportTable(
            ["author", "agent_id", "name", "messages", "answered", "first_response_time", "average_response_time", "handoffs_answered", "handoff_wait_time",
                "resolved", "resolution_time", "delivery_rate", "error_rate"],
            [.. tallies.Select(t => (IReadOnlyList<object?>)[
                t.Key.Author switch { 2 => "ai", 3 => "flow", _ => "agent" }, t.Key.Agent == 0 ? null : t.Key.Agent,
                names.GetValueOrDefault(t.Key.Agent), t.Value.Of("agent_responses"), t.Value.Answered, t.Value.Of("first_response_time"),
                t.Value.Of("average_response_time"), t.Value.Waits, t.Value.Of("handoff_wait_time"), t.Value.Of("resolved"),
                t.Value.Of("resolution_time"), t.Value.Of("delivery_rate"), t.Value.Of("error_rate"),
            ]).OrderByDescending(r => (double)r[3]!)]);
    }

    public static async Task<ReportTable> Inboxes(Tx tx, ReportSlice slice) =>
        Named("inbox_id", await FigureStore.ByInbox(tx, slice), await ReportNameStore.Inboxes(tx, slice.TenantId), slice);

    public static async Task<ReportTable> Labels(Tx tx, ReportSlice slice) =>
        Named("label_id", await FigureStore.ByLabel(tx, slice), await ReportNameStore.Labels(tx, slice.TenantId), slice);

    /// <summary>Why people were given conversations, or with what code messages failed.</summary>
    public static async Task<ReportTable> Words(Tx tx, ReportSlice slice, MarkKind kind)
    {
        var words = await MarkStore.Words(tx, slice, kind);
        var sum = words.Sum(w => w.Times);
        return new ReportTable(
            kind == MarkKind.Handoff ? ["reason", "handoffs", "conversations", "share"] : ["code", "messages", "conversations", "share"],
            [.. words.Select(w => (IReadOnlyList<object?>)[w.Word, w.Times, w.Conversations, Math.Round(100.0 * w.Times / sum, 1)])]);
    }

    /// <summary>Busiest hours: 7 × 24 rows, Monday first, in the tenant's time zone.</summary>
    public static async Task<ReportTable> Hours(Tx tx, ReportSlice slice, string timeZone)
    {
        var zone = Zones.Of(timeZone);
        var cells = Enumerable.Range(0, 7 * 24).Select(_ => new Tally { IsOfAgent = slice.AgentId is not null }).ToList();
        foreach (var row in await FigureStore.ByTime(tx, slice))
        {
            var local = ReportRange.At(row.First).InZone(zone);
            cells[(((int)local.DayOfWeek - 1) * 24) + local.Hour].Add(row.Second, row.Figures);
        }

        string[] shown = ["messages_received", "messages_sent", "human_handoffs", "average_response_time", "response_rate"];
        return new ReportTable(["weekday", "hour", .. shown], [.. cells.Select((cell, i) =>
            (IReadOnlyList<object?>)[(i / 24) + 1, i % 24, .. shown.Select(name => (object?)cell.Of(name))])]);
    }

    private static ReportTable Named(string id, List<FigureRow> rows, Dictionary<long, string> names, ReportSlice slice) => new(
        [id, "name", .. Columns],
        [.. rows.GroupBy(r => r.First).Select(group =>
        {
            var tally = new Tally { IsOfAgent = slice.AgentId is not null };
            foreach (var row in group)
            {
                tally.Add(row.Second, row.Figures);
            }

            return (Id: group.Key, Tally: tally);
        }).OrderByDescending(t => t.Tally.Of("messages_received")).ThenBy(t => t.Id).Select(t =>
            (IReadOnlyList<object?>)[t.Id, names.GetValueOrDefault(t.Id), .. Columns.Select(name => (object?)t.Tally.Of(name))])]);
}
