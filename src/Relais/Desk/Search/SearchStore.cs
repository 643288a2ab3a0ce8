using Relais.Changes;
using Relais.Storage;
using Relais.Tenants.Rights;

namespace Relais.Desk.Search;

/// <summary>Only what was said there, by them, then; null for all.</summary>
/// <param name="InboxId">Where.</param>
/// <param name="AgentId">By whom.</param>
/// <param name="From">Microseconds UTC.</param>
/// <param name="Until">Microseconds UTC, itself not included.</param>
internal sealed record SearchFilter(long? InboxId, long? AgentId, long? From, long? Until);

/// <summary>A row as it is shown.</summary>
internal sealed class SearchRow
{
    public long Id { get; init; }

    public long? ConversationId { get; init; }

    public long? Seq { get; init; }

    public long? ContactId { get; init; }

    public string? ContactName { get; init; }

    public string? ContactPhone { get; init; }

    /// <summary>Content of a message, number of an order.</summary>
    public string Text { get; init; } = "";

    public string? Transcript { get; init; }

    public string? Payload { get; init; }

    public long At { get; init; }
}

/// <summary>
/// Asks the index, and reads what is shown of what it found. PostgreSQL may not ask a full-text index below row-level security, so the ids
/// come from Scope.Directory, with the tenant named twice (in the index's words and in the row); the rows themselves are read as the tenant.
/// </summary>
internal static class SearchStore
{
    private const string Filters = """
        e.id < @before AND (@inbox IS NULL OR e.inbox_id = @inbox) AND (@agent IS NULL OR e.agent_id = @agent)
          AND (@from IS NULL OR e.at >= @from) AND (@until IS NULL OR e.at < @until)
        """;

    // Read downwards by the index itself: as many as are shown, however many there are.
    private const string SqliteSql = $"""
        SELECT e.id FROM search_index i CROSS JOIN search_entry e
        WHERE i.search_index MATCH @query AND i.rowid < @before AND e.tenant_id = @tenantId AND e.id = i.rowid AND {Filters}
        ORDER BY i.rowid DESC LIMIT @limit
        """;

    // +0: the words are to be looked up, not all of the tenant's rows gone through. Casts: a null has no type of its own there.
    private static readonly string PostgresSql = $"""
        WITH e AS MATERIALIZED (
          SELECT id, at, inbox_id, agent_id FROM search_entry
          WHERE tenant_id + 0 = @tenantId AND array_to_tsvector(string_to_array(words, ' ')) @@ CAST(@query AS tsquery))
        SELECT e.id FROM e WHERE {Typed(Filters)} ORDER BY e.id DESC LIMIT @limit
        """;

    /// <summary>Newest first, before an id.</summary>
    public static Task<List<long>> Find(Tx tx, long tenantId, SearchKind kind, SearchTerms terms, SearchFilter filter, long before, int limit) =>
        tx.Query<long>(tx.Dialect.IsPostgres ? PostgresSql : SqliteSql, new
        {
            tenantId, before, limit, query = terms.Query(tx.Dialect.IsPostgres, tenantId, kind), inbox = filter.InboxId, agent = filter.AgentId,
            from = filter.From, until = filter.Until,
        });

    /// <summary>Those of them that are seen.</summary>
    public static Task<List<SearchRow>> Show(Tx tx, long tenantId, SearchKind kind, IReadOnlyList<long> ids, Sight? sight) => tx.Query<SearchRow>((kind switch
    {
        SearchKind.Contact => """
            SELECT k.id AS "Id", k.id AS "ContactId", k.name AS "ContactName", k.phone AS "ContactPhone", coalesce(k.phone, '') AS "Text", k.created_at AS "At",
              (SELECT max(c.id) FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id AND c.status <> 3) AS "ConversationId"
            FROM contact k WHERE k.tenant_id = @tenantId AND k.merged_into IS NULL AND k.id
            """,
        SearchKind.Order => """
            SELECT o.id AS "Id", o.contact_id AS "ContactId", k.name AS "ContactName", k.phone AS "ContactPhone", o.tracking_number AS "Text",
              o.created_at AS "At" FROM customer_order o
            LEFT JOIN contact k ON k.tenant_id = o.tenant_id AND k.id = o.contact_id WHERE o.tenant_id = @tenantId AND o.id
            """,
        _ => """
            SELECT m.id AS "Id", m.conversation_id AS "ConversationId", m.seq AS "Seq", c.contact_id AS "ContactId", k.name AS "ContactName",
              k.phone AS "ContactPhone", m.content AS "Text", m.transcript AS "Transcript", m.payload AS "Payload", m.created_at AS "At" FROM message m
            JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
            JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id WHERE m.tenant_id = @tenantId AND m.deleted_at IS NULL AND m.id
            """,
    }) + " " + tx.Dialect.In("ids") + Seen(kind, sight), Values(tenantId, ids, sight));

    private static string Seen(SearchKind kind, Sight? sight) => sight is null ? "" : " AND " + kind switch
    {
        SearchKind.Contact => sight.OfContact("k.id"),
        SearchKind.Order => sight.OfContact("o.contact_id"),
        _ => sight.OfConversation("c"),
    };

    private static object Values(long tenantId, IReadOnlyList<long> ids, Sight? sight) => sight is null
        ? new { tenantId, ids = ids.ToArray() } : sight.With(("tenantId", tenantId), ("ids", ids.ToArray()));

    private static string Typed(string sql) => ((string[])["inbox", "agent", "from", "until"]).Aggregate(
        sql, (text, name) => text.Replace($"@{name} ", $"CAST(@{name} AS BIGINT) ", StringComparison.Ordinal));
}
