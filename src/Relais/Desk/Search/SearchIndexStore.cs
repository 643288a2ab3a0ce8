using Relais.Changes;
using Relais.Storage;

namespace Relais.Desk.Search;

/// <summary>What the index reads and writes, across tenants: every row carries its own tenant_id and is asked for by it.</summary>
internal static class SearchIndexStore
{
    private const string MessageColumns =
        """m.tenant_id AS "TenantId", m.id AS "Id", m.content AS "Text", m.transcript AS "More", m.payload AS "Payload", m.created_at AS "At", m.inbox_id AS "InboxId", m.agent_id AS "AgentId", m.deleted_at AS "DeletedAt" """;

    private const string ContactColumns =
        """k.tenant_id AS "TenantId", k.id AS "Id", k.name AS "Text", k.phone AS "More", NULL AS "Payload", k.created_at AS "At", NULL AS "InboxId", NULL AS "AgentId", k.merged_into AS "DeletedAt" """;

    private const string OrderColumns =
        """o.tenant_id AS "TenantId", o.id AS "Id", o.tracking_number AS "Text", NULL AS "More", NULL AS "Payload", o.created_at AS "At", NULL AS "InboxId", NULL AS "AgentId", NULL AS "DeletedAt" """;

    private const string Insert = """
        INSERT INTO search_entry (tenant_id, id, kind, words, at, inbox_id, agent_id)
        SELECT r.tenant_id, r.id, r.kind, r.words, r.at, r.inbox_id, r.agent_id FROM {rows} WHERE true ON CONFLICT (tenant_id, id)
        """;

    private static readonly Rows<SearchPlace> Messages = Sources($"SELECT {MessageColumns} FROM {{rows}} JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.id");
    private static readonly Rows<SearchPlace> Contacts = Sources($"SELECT {ContactColumns} FROM {{rows}} JOIN contact k ON k.tenant_id = r.tenant_id AND k.id = r.id");
    private static readonly Rows<SearchPlace> Orders = Sources($"SELECT {OrderColumns} FROM {{rows}} JOIN customer_order o ON o.tenant_id = r.tenant_id AND o.id = r.id");
    private static readonly Rows<SearchPlace> Gone = Sources("DELETE FROM search_entry USING {rows} WHERE search_entry.tenant_id = r.tenant_id AND search_entry.id = r.id");

    private static readonly Rows<SearchPlace> ContactsOf = Sources("""
        SELECT c.tenant_id, c.contact_id FROM {rows} JOIN conversation c ON c.tenant_id = r.tenant_id AND c.id = r.id
        """);

    private static readonly Column<SearchEntry>[] EntryColumns =
    [
        Column<SearchEntry>.Long("tenant_id", e => e.TenantId),
        Column<SearchEntry>.Long("id", e => e.Id),
        Column<SearchEntry>.Long("kind", e => (long)e.Kind),
        Column<SearchEntry>.Text("words", e => e.Words),
        Column<SearchEntry>.Long("at", e => e.At),
        Column<SearchEntry>.Long("inbox_id", e => e.InboxId),
        Column<SearchEntry>.Long("agent_id", e => e.AgentId),
    ];

    // Most changes of a message (sent, delivered, read) leave its words alone; then nothing is written.
    private static readonly Rows<SearchEntry> Entries =
        new($"{Insert} DO UPDATE SET words = excluded.words WHERE search_entry.words <> excluded.words", EntryColumns);

    private static readonly Rows<SearchEntry> NewEntries = new($"{Insert} DO NOTHING RETURNING id", EntryColumns);

    private static readonly Rows<SearchEntry> OtherWords = new("""
        UPDATE search_entry SET words = r.words FROM {rows}
        WHERE search_entry.tenant_id = r.tenant_id AND search_entry.id = r.id AND search_entry.words <> r.words
        """, EntryColumns);

    private static readonly Rows<SearchEntry> NewWords = new("INSERT INTO search_index (rowid, words) SELECT r.id, r.words FROM {rows}", EntryColumns);

    private static readonly Rows<SearchDueRow> Done = new("""
        DELETE FROM search_due USING {rows} WHERE search_due.tenant_id = r.tenant_id AND search_due.id = r.id AND search_due.noted = r.noted
        """,
        Column<SearchDueRow>.Long("tenant_id", d => d.TenantId),
        Column<SearchDueRow>.Long("id", d => d.Id),
        Column<SearchDueRow>.Long("noted", d => d.Noted));

    /// <summary>What exists of these.</summary>
    public static Task<List<SearchSource>> Read(Tx tx, SearchKind kind, IReadOnlyList<SearchPlace> places) => tx.Each(
        kind switch { SearchKind.Contact => Contacts, SearchKind.Order => Orders, _ => Messages }, places, Source);

    /// <summary>The customers of these conversations.</summary>
    public static Task<List<SearchPlace>> CustomersOf(Tx tx, IReadOnlyList<SearchPlace> conversations) => tx.Each(
        ContactsOf, conversations, r => new SearchPlace(r.GetInt64(0), SearchKind.Contact, r.GetInt64(1)));

    /// <summary>What was there before, downwards from a place.</summary>
    public static Task<List<SearchSource>> Before(Tx tx, SearchKind kind, SearchProgress from, int most)
    {
        var (columns, source) = kind switch
        {
            SearchKind.Contact => (ContactColumns, "contact k"),
            SearchKind.Order => (OrderColumns, "customer_order o"),
            _ => (MessageColumns, "message m"),
        };
        var row = source[^1];
        return tx.Query<SearchSource>($"""
            SELECT {columns} FROM {source} WHERE ({row}.tenant_id, {row}.id) < (@Tenant, @Position)
            ORDER BY {row}.tenant_id DESC, {row}.id DESC LIMIT @most
            """, new { from.Tenant, from.Position, most });
    }

    public static async Task Put(Tx tx, IReadOnlyList<SearchEntry> entries, IReadOnlyList<SearchPlace> gone)
    {
        await tx.Each(Gone, gone);
        if (tx.Dialect.IsPostgres)
        {
            await tx.Each(Entries, entries);
            return;
        }

        // What changes or goes is told to the index by triggers, each of which makes it write what it has gathered. So what is new comes last,
        // in one go, from here (0040-search-new-rows.sql).
        var added = (await tx.Each(NewEntries, entries, row => row.GetInt64(0))).ToHashSet();
        await tx.Each(OtherWords, [.. entries.Where(e => !added.Contains(e.Id))]);
        await tx.Each(NewWords, [.. entries.Where(e => added.Contains(e.Id))]);
    }

    public static Task<List<SearchDueRow>> Due(Tx tx, int most) => tx.Query<SearchDueRow>("""
        SELECT tenant_id AS "TenantId", id AS "Id", kind AS "Kind", noted AS "Noted" FROM search_due ORDER BY tenant_id, id LIMIT @most
        """, new { most });

    /// <summary>Those noted again meanwhile stay.</summary>
    public static Task Settle(Tx tx, IReadOnlyList<SearchDueRow> due) => tx.Each(Done, due);

    private static Rows<SearchPlace> Sources(string sql) => new(sql,
        Column<SearchPlace>.Long("tenant_id", p => p.TenantId),
        Column<SearchPlace>.Long("id", p => p.Id));

    private static SearchSource Source(Row r) => new()
    {
        TenantId = r.GetInt64(0),
        Id = r.GetInt64(1),
        Text = r.Text(2),
        More = r.Text(3),
        Payload = r.Text(4),
        At = r.GetInt64(5),
        InboxId = r.Long(6),
        AgentId = r.Long(7),
        DeletedAt = r.Long(8),
    };
}

/// <summary>A contact or order that was noted.</summary>
internal sealed class SearchDueRow
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long Kind { get; init; }

    public long Noted { get; init; }

    public SearchPlace Place => new(TenantId, (SearchKind)Kind, Id);
}
