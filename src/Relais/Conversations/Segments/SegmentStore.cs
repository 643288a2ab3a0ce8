using Relais.Storage;

namespace Relais.Conversations.Segments;

/// <summary>A named choice of contacts; who is in it is looked up each time.</summary>
internal sealed class Segment
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The name as it is compared: one segment a name.</summary>
    public string Folded { get; init; } = "";

    /// <summary>JSON (<see cref="SegmentRules"/>).</summary>
    public string Rules { get; init; } = "{}";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }
}

/// <summary>A tenant's segments, few enough to be read whole, and who is in one, page by page.</summary>
internal static class SegmentStore
{
    public const int Most = 200;

    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", name AS "Name", folded AS "Folded", rules AS "Rules", created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    public static Task<List<Segment>> All(Tx tx, long tenantId) =>
        tx.Query<Segment>($"SELECT {Columns} FROM segment WHERE tenant_id = @tenantId ORDER BY folded, id", new { tenantId });

    public static Task<Segment?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Segment>($"SELECT {Columns} FROM segment WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>False when another has that name.</summary>
    public static async Task<bool> Put(Tx tx, Segment segment) =>
        await tx.QueryFirst<long>("SELECT count(*) FROM segment WHERE tenant_id = @TenantId AND folded = @Folded AND id <> @Id", segment) == 0
        && await tx.Execute("""
            INSERT INTO segment (tenant_id, id, name, folded, rules, created_at, updated_at)
            VALUES (@TenantId, @Id, @Name, @Folded, @Rules, @CreatedAt, @UpdatedAt)
            ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, folded = excluded.folded, rules = excluded.rules, updated_at = excluded.updated_at
            """, segment) > 0;

    public static Task Delete(Tx tx, long tenantId, long id) =>
        tx.Execute("DELETE FROM segment WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>Ids upwards, of those after <paramref name="afterId"/>; without those that were merged into another.</summary>
    /// <param name="now">Microseconds UTC, from which the days of the rules are counted.</param>
    public static Task<List<long>> PageOfContacts(Tx tx, long tenantId, SegmentRule rules, long afterId, int limit, long now)
    {
        var where = SegmentSql.Where(rules, now);
        return tx.Query<long>($"""
            SELECT k.id FROM contact k WHERE k.tenant_id = @tenantId AND k.merged_into IS NULL AND k.erased_at IS NULL AND k.id > @afterId AND {where.Sql} ORDER BY k.id LIMIT @limit
            """, where.With(("tenantId", tenantId), ("afterId", afterId), ("limit", limit)));
    }

    /// <summary>How many there are; reads each of the tenant's contacts.</summary>
    public static Task<long> Count(Tx tx, long tenantId, SegmentRule rules, long now)
    {
        var where = SegmentSql.Where(rules, now);
        return tx.QueryFirst<long>($"SELECT count(*) FROM contact k WHERE k.tenant_id = @tenantId AND k.merged_into IS NULL AND k.erased_at IS NULL AND {where.Sql}",
            where.With(("tenantId", tenantId)));
    }

    /// <summary>Which of these are in it, for who looks again before something is sent.</summary>
    public static async Task<HashSet<long>> Among(Tx tx, long tenantId, SegmentRule rules, IReadOnlyCollection<long> contacts, long now)
    {
        var where = SegmentSql.Where(rules, now);
        return contacts.Count == 0 ? [] : [.. await tx.Query<long>($"""
            SELECT k.id FROM contact k WHERE k.tenant_id = @tenantId AND k.id {tx.Dialect.In("contacts")}
              AND k.merged_into IS NULL AND k.erased_at IS NULL AND {where.Sql}
            """, where.With(("tenantId", tenantId), ("contacts", contacts.ToArray())))];
    }
}
