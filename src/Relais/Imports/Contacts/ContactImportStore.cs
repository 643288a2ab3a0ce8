using System.Globalization;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Imports.Contacts;

/// <summary>Contacts by the hundred, as an import reads and writes them.</summary>
internal static class ContactImportStore
{
    private static readonly Rows<(long TenantId, long Id, ContactSnapshot To)> ContactRows = new("""
        UPDATE contact SET name = r.name, named_by = r.named_by, language = r.language, is_client = r.is_client FROM {rows}
        WHERE contact.tenant_id = r.tenant_id AND contact.id = r.id
        """,
        Column<(long TenantId, long Id, ContactSnapshot To)>.Long("tenant_id", c => c.TenantId),
        Column<(long TenantId, long Id, ContactSnapshot To)>.Long("id", c => c.Id),
        Column<(long TenantId, long Id, ContactSnapshot To)>.Text("name", c => c.To.Name),
        Column<(long TenantId, long Id, ContactSnapshot To)>.Long("named_by", c => c.To.NamedBy),
        Column<(long TenantId, long Id, ContactSnapshot To)>.Text("language", c => c.To.Language),
        Column<(long TenantId, long Id, ContactSnapshot To)>.Long("is_client", c => c.To.IsClient));

    private static readonly Rows<(long TenantId, long Id, long Label)> LabelRows = new("""
        INSERT INTO contact_label (tenant_id, contact_id, label_id) SELECT r.tenant_id, r.contact_id, r.label_id FROM {rows} WHERE true ON CONFLICT DO NOTHING
        """, LabelColumns);

    private static readonly Rows<(long TenantId, long Id, long Label)> UnlabelRows = new("""
        DELETE FROM contact_label USING {rows}
        WHERE contact_label.tenant_id = r.tenant_id AND contact_label.contact_id = r.contact_id AND contact_label.label_id = r.label_id
        """, LabelColumns);

    private static readonly Rows<(long TenantId, long Id, string Name, FieldNow To, long Now)> ValueRows = new("""
        INSERT INTO contact_value (tenant_id, contact_id, name, value, author, updated_at)
        SELECT r.tenant_id, r.contact_id, r.name, r.value, r.author, r.now FROM {rows} WHERE true
        ON CONFLICT (tenant_id, contact_id, name) DO UPDATE SET value = excluded.value, author = excluded.author, updated_at = excluded.updated_at
        """,
        Column<(long TenantId, long Id, string Name, FieldNow To, long Now)>.Long("tenant_id", v => v.TenantId),
        Column<(long TenantId, long Id, string Name, FieldNow To, long Now)>.Long("contact_id", v => v.Id),
        Column<(long TenantId, long Id, string Name, FieldNow To, long Now)>.Text("name", v => v.Name),
        Column<(long TenantId, long Id, string Name, FieldNow To, long Now)>.Text("value", v => v.To.Value),
        Column<(long TenantId, long Id, string Name, FieldNow To, long Now)>.Text("author", v => v.To.Author),
        Column<(long TenantId, long Id, string Name, FieldNow To, long Now)>.Long("now", v => v.Now));

    private static readonly Rows<(long TenantId, long Id)> SearchRows = new("""
        INSERT INTO search_due (tenant_id, id, kind, noted) SELECT r.tenant_id, r.id, 1, 1 FROM {rows} WHERE true
        ON CONFLICT (tenant_id, id) DO UPDATE SET noted = search_due.noted + 1
        """,
        Column<(long TenantId, long Id)>.Long("tenant_id", c => c.TenantId), Column<(long TenantId, long Id)>.Long("id", c => c.Id));

    private static Column<(long TenantId, long Id, long Label)>[] LabelColumns =>
    [
        Column<(long TenantId, long Id, long Label)>.Long("tenant_id", l => l.TenantId),
        Column<(long TenantId, long Id, long Label)>.Long("contact_id", l => l.Id),
        Column<(long TenantId, long Id, long Label)>.Long("label_id", l => l.Label),
    ];

    /// <summary>Contacts by numbers in their one form (E.164).</summary>
    public static async Task<Dictionary<string, long>> ByPhone(Tx tx, long tenantId, IReadOnlyCollection<string> numbers)
    {
        if (numbers.Count == 0)
        {
            return new Dictionary<string, long>(StringComparer.Ordinal);
        }

        // WhatsApp's own ids are the same digits without the plus.
        var (values, digits) = (numbers.ToArray(), numbers.Select(n => n[1..]).ToArray());
        var found = await tx.Query<(string Value, long ContactId)>($"""
            SELECT value, contact_id FROM contact_identity WHERE tenant_id = @tenantId AND kind = 2 AND value {tx.Dialect.In("values")}
            UNION SELECT '+' || value, contact_id FROM contact_identity WHERE tenant_id = @tenantId AND kind = 1 AND value {tx.Dialect.In("digits")}
            """, new { tenantId, values, digits });
        return found.GroupBy(f => f.Value).ToDictionary(g => g.Key, g => g.Min(f => f.ContactId), StringComparer.Ordinal);
    }

    /// <summary>How they stand, with when they became known; ids that are nobody's, or merged into another, are left out.</summary>
    public static async Task<Dictionary<long, (ContactSnapshot State, long CreatedAt)>> States(Tx tx, long tenantId, IReadOnlyCollection<long> contacts)
    {
        if (contacts.Count == 0)
        {
            return [];
        }

        var args = new { tenantId, ids = contacts.ToArray() };
        var rows = await tx.Query<Row>($"""
            SELECT id AS "Id", name AS "Name", named_by AS "NamedBy", language AS "Language", is_client AS "IsClient", opted_out_at AS "OptedOutAt",
              marketing_opted_out_at AS "MarketingOptedOutAt", marketing_opted_in_at AS "MarketingOptedInAt", created_at AS "CreatedAt"
            FROM contact WHERE tenant_id = @tenantId AND merged_into IS NULL AND id {tx.Dialect.In("ids")}
            """, args);
        var labels = (await tx.Query<(long ContactId, long LabelId)>(
            $"SELECT contact_id, label_id FROM contact_label WHERE tenant_id = @tenantId AND contact_id {tx.Dialect.In("ids")} ORDER BY label_id", args))
            .ToLookup(l => l.ContactId, l => l.LabelId);
        var values = (await tx.Query<(long ContactId, string Name, string Value, string Author)>(
            $"SELECT contact_id, name, value, author FROM contact_value WHERE tenant_id = @tenantId AND contact_id {tx.Dialect.In("ids")}", args)).ToLookup(v => v.ContactId);
        return rows.ToDictionary(r => r.Id, r => (new ContactSnapshot
        {
            Name = r.Name, NamedBy = r.NamedBy, Language = r.Language, IsClient = r.IsClient, OptedOut = r.OptedOutAt is not null,
            Marketing = r.OptedOutAt is not null || r.MarketingOptedOutAt is not null ? "withdrawn" : r.MarketingOptedInAt is not null ? "granted" : "unknown",
            Labels = [.. labels[r.Id]],
            Fields = new SortedDictionary<string, FieldNow>(values[r.Id].ToDictionary(v => v.Name, v => new FieldNow(v.Value, v.Author)), StringComparer.Ordinal),
        }, r.CreatedAt));
    }

    /// <summary>Everything but consents, which have a ledger.</summary>
    public static async Task Write(Tx tx, long tenantId, IReadOnlyList<(long Id, ContactSnapshot From, ContactSnapshot To)> changes, long now)
    {
        var sorted = changes.OrderBy(c => c.Id).ToList();
        await tx.Each(ContactRows, sorted.ConvertAll(c => (tenantId, c.Id, c.To)));
        await tx.Each(LabelRows, [.. sorted.SelectMany(c => c.To.Labels.Except(c.From.Labels).Select(l => (tenantId, c.Id, l)))]);
        await tx.Each(UnlabelRows, [.. sorted.SelectMany(c => c.From.Labels.Except(c.To.Labels).Select(l => (tenantId, c.Id, l)))]);
        await tx.Each(ValueRows, [.. sorted.SelectMany(c => c.To.Fields.Where(f => c.From.Fields.GetValueOrDefault(f.Key) != f.Value)
            .Select(f => (tenantId, c.Id, f.Key, f.Value, now)))]);
        foreach (var (id, name) in sorted.SelectMany(c => c.From.Fields.Keys.Except(c.To.Fields.Keys).Select(name => (c.Id, name))))
        {
            await ContactFieldStore.Remove(tx, tenantId, id, name);
        }

        await tx.Each(SearchRows, sorted.ConvertAll(c => (tenantId, c.Id)));
    }

    /// <summary>An import's consent is taken back: the ledger has both lines, and the sum is as if nobody had said anything.</summary>
    public static Task Forget(Tx tx, long tenantId, IReadOnlyCollection<long> contacts) => contacts.Count == 0 ? Task.CompletedTask : tx.Execute($"""
        UPDATE contact SET marketing_opted_out_at = NULL, marketing_opted_in_at = NULL WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")}
        """, new { tenantId, ids = contacts.ToArray() });

    /// <summary>Those of these whom anything but their own rows names: they wrote, or were written to, ordered, were noted something of, merged.</summary>
    public static async Task<HashSet<long>> Tied(Tx tx, long tenantId, IReadOnlyCollection<long> contacts)
    {
        string[] own = ["contact_identity", "contact_label", "contact_value", "consent"];
        var tables = await tx.Query<string>(tx.Dialect.IsPostgres
            ? "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attname = 'contact_id' AND c.relkind = 'r' AND pg_table_is_visible(c.oid)"
            : "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p ON p.name = 'contact_id' WHERE m.type = 'table'");
        var args = new { tenantId, ids = contacts.ToArray() };
        var tied = (await tx.Query<long>($"""
            SELECT merged_into FROM contact WHERE tenant_id = @tenantId AND merged_into {tx.Dialect.In("ids")}
            UNION SELECT other_id FROM contact_merge WHERE tenant_id = @tenantId AND other_id {tx.Dialect.In("ids")}
            """, args)).ToHashSet();
        foreach (var table in tables.Except(own))
        {
            tied.UnionWith(await tx.Query<long>(string.Create(CultureInfo.InvariantCulture,
                $"SELECT DISTINCT contact_id FROM {table} WHERE tenant_id = @tenantId AND contact_id {tx.Dialect.In("ids")}"), args));
        }

        return tied;
    }

    /// <summary>Contacts that nothing else names.</summary>
    public static async Task Delete(Tx tx, long tenantId, IReadOnlyCollection<long> contacts)
    {
        var args = new { tenantId, ids = contacts.ToArray() };
        foreach (var table in new[] { "contact_identity", "contact_label", "contact_value", "consent" })
        {
            await tx.Execute($"DELETE FROM {table} WHERE tenant_id = @tenantId AND contact_id {tx.Dialect.In("ids")}", args);
        }

        await tx.Execute($"DELETE FROM search_entry WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")}", args);
        await tx.Execute($"DELETE FROM search_due WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")}", args);
        await tx.Execute($"DELETE FROM contact WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")}", args);
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string? Name { get; init; }

        public long? NamedBy { get; init; }

        public string? Language { get; init; }

        public long? IsClient { get; init; }

        public long? OptedOutAt { get; init; }

        public long? MarketingOptedOutAt { get; init; }

        public long? MarketingOptedInAt { get; init; }

        public long CreatedAt { get; init; }
    }
}
