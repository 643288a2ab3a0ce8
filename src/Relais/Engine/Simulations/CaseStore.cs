using Relais.Storage;

namespace Relais.Engine.Simulations;

/// <summary>A case as stored.</summary>
internal sealed class StoredCase
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>Unique in the tenant.</summary>
    public string Name { get; init; } = "";

    /// <summary>fr, ar or en.</summary>
    public string Language { get; init; } = "";

    /// <summary>The whole of it, as its author wrote it.</summary>
    public string Yaml { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }
}

/// <summary>A tenant's saved cases.</summary>
internal static class CaseStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", name AS "Name", language AS "Language", yaml AS "Yaml", created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    public static Task<List<StoredCase>> All(Tx tx, long tenantId) => tx.Query<StoredCase>(
        $"SELECT {Columns} FROM simulation_case WHERE tenant_id = @tenantId ORDER BY id", new { tenantId });

    /// <summary>In the order they were made; <paramref name="after"/> is the id of the last one already read.</summary>
    public static Task<List<StoredCase>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<StoredCase>(
        $"SELECT {Columns} FROM simulation_case WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @limit", new { tenantId, after, limit });

    public static Task<StoredCase?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredCase>(
        $"SELECT {Columns} FROM simulation_case WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task<long> Count(Tx tx, long tenantId) => tx.QueryFirst<long>(
        "SELECT count(*) FROM simulation_case WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>False when another case has its name.</summary>
    public static async Task<bool> Insert(Tx tx, StoredCase added) => await tx.Execute("""
        INSERT INTO simulation_case (tenant_id, id, name, language, yaml, created_at, updated_at)
        VALUES (@TenantId, @Id, @Name, @Language, @Yaml, @CreatedAt, @UpdatedAt) ON CONFLICT (tenant_id, name) DO NOTHING
        """, added) > 0;

    /// <summary>Adds it, or takes the place of the one of its name.</summary>
    public static Task Put(Tx tx, StoredCase put) => tx.Execute("""
        INSERT INTO simulation_case (tenant_id, id, name, language, yaml, created_at, updated_at)
        VALUES (@TenantId, @Id, @Name, @Language, @Yaml, @CreatedAt, @UpdatedAt)
        ON CONFLICT (tenant_id, name) DO UPDATE SET language = excluded.language, yaml = excluded.yaml, updated_at = excluded.updated_at
        """, put);

    /// <summary>False when another case has its name.</summary>
    public static async Task<bool> Update(Tx tx, StoredCase changed) => await tx.Execute("""
        UPDATE simulation_case SET name = @Name, language = @Language, yaml = @Yaml, updated_at = @UpdatedAt
        WHERE tenant_id = @TenantId AND id = @Id
          AND NOT EXISTS (SELECT 1 FROM simulation_case o WHERE o.tenant_id = @TenantId AND o.name = @Name AND o.id <> @Id)
        """, changed) > 0;

    public static async Task<bool> Delete(Tx tx, long tenantId, long id) => await tx.Execute(
        "DELETE FROM simulation_case WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id }) > 0;
}
