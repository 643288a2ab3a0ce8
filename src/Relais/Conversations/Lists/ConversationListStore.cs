using Relais.Storage;

namespace Relais.Conversations.Lists;

/// <summary>What the tabs say.</summary>
internal sealed class TabCounts
{
    public long Mine { get; init; }

    public long Unassigned { get; init; }

    public long Bot { get; init; }

    public long All { get; init; }

    public long MineUnread { get; init; }

    public long UnassignedUnread { get; init; }

    /// <summary>People owe them an answer.</summary>
    public long Waiting { get; init; }
}

/// <summary>Pages of conversations, and how many there are in each tab.</summary>
internal static class ConversationListStore
{
    /// <summary>
    /// Latest activity first, or the longest wait; (<paramref name="afterSort"/>, <paramref name="afterId"/>) is the last one already read.
    /// The page is found by ids alone, in an index as far as there is one for it, and then its rows are read.
    /// </summary>
    public static async Task<List<Conversation>> Page(Tx tx, long tenantId, ConversationFilter filter, long afterSort, long afterId, int limit)
    {
        var (sort, way, reached) = filter.LongestWaitFirst ? ("waiting_since", "ASC", ">") : ("last_message_at", "DESC", "<");
        var branches = ListSql.Branches(filter).Select(state => $"""
            SELECT c.id AS id, c.{sort} AS sort FROM {ListSql.From(filter)}
            WHERE {state} AND {ListSql.Where(filter)} AND c.last_message_at > 0 AND (c.{sort}, c.id) {reached} (@afterSort, @afterId)
            ORDER BY c.{sort} {way}, c.id {way} LIMIT @limit
            """).ToList();
        var sql = branches.Count == 1
            ? branches[0]
            : $"SELECT id FROM ({string.Join(" UNION ALL ", branches.Select(b => $"SELECT id, sort FROM ({b}) AS one"))}) AS both_of ORDER BY sort {way}, id {way} LIMIT @limit";
        var values = ListSql.Values(tenantId, filter);
        (values["afterSort"], values["afterId"], values["limit"]) = (afterSort, afterId, limit);
        var ids = await tx.Query<long>(sql, values);
        var rows = (ids.Count == 0 ? [] : await ConversationStore.Some(tx, tenantId, ids)).ToDictionary(c => c.Id);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    /// <summary>
    /// Of what the filter leaves. Without one, or by number, they are counted in an index alone; unread ones are looked for among those
    /// with people only.
    /// </summary>
    public static async Task<TabCounts> Counts(Tx tx, long tenantId, ConversationFilter filter)
    {
        filter = filter with { View = null, LongestWaitFirst = false, States = ListStates.Open };
        var (from, where, values) = (ListSql.From(filter), ListSql.Where(filter), ListSql.Values(tenantId, filter));
        var owners = await tx.Query<OwnerCount>($"""
            SELECT c.assignee AS "Assignee", c.agent_id AS "AgentId", count(*) AS "Number"
            FROM {from} WHERE {ListSql.Open} AND {where} GROUP BY c.assignee, c.agent_id
            """, values);
        var unread = await tx.Query<OwnerCount>($"""
            SELECT c.assignee AS "Assignee", c.agent_id AS "AgentId", count(*) AS "Number"
            FROM {from} WHERE {ListSql.Open} AND {where} AND c.assignee > 2 AND (c.agent_id IS NULL OR c.agent_id = @reader) AND c.unread > 0
            GROUP BY c.assignee, c.agent_id
            """, values);
        var waiting = await tx.QueryFirst<long>(
            $"SELECT count(*) FROM {from} WHERE +c.status = 1 AND {where} AND c.waiting_since IS NOT NULL", values);
        return new TabCounts
        {
            Mine = Sum(owners, Mine), Unassigned = Sum(owners, Unassigned), Bot = Sum(owners, o => o.Assignee < Assignee.Agent), All = Sum(owners, _ => true),
            MineUnread = Sum(unread, Mine), UnassignedUnread = Sum(unread, Unassigned), Waiting = waiting,
        };

        bool Mine(OwnerCount o) => o.Assignee == Assignee.Agent && o.AgentId == filter.Reader;

        static bool Unassigned(OwnerCount o) => o is { Assignee: > Assignee.AiAgent, AgentId: null };
    }

    private static long Sum(List<OwnerCount> counts, Func<OwnerCount, bool> which) => counts.Where(which).Sum(c => c.Number);

    private sealed class OwnerCount
    {
        public Assignee Assignee { get; init; }

        public long? AgentId { get; init; }

        public long Number { get; init; }
    }
}
