using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge.Embeddings;

/// <summary>Which model compares meanings for a tenant.</summary>
internal static class EmbeddingStore
{
    private const string Columns = """
        tenant_id AS "TenantId", base_url AS "BaseUrl", model AS "Model", sealed_key AS "Key", floor_milli AS "FloorMilli", revision AS "Revision", problem AS "Problem"
        """;

    public static Task<EmbeddingSetup?> Find(Tx tx, long tenantId) =>
        tx.QueryFirst<EmbeddingSetup>($"SELECT {Columns} FROM embedding_model WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>Of every tenant, for the worker.</summary>
    public static Task<List<EmbeddingSetup>> All(Tx tx) => tx.Query<EmbeddingSetup>($"SELECT {Columns} FROM embedding_model ORDER BY tenant_id");

    public static async Task Set(Tx tx, EmbeddingSetup setup)
    {
        await tx.Execute("""
            INSERT INTO embedding_model (tenant_id, base_url, model, sealed_key, floor_milli, revision)
            VALUES (@TenantId, @BaseUrl, @Model, @Key, @FloorMilli, 1)
            ON CONFLICT (tenant_id) DO UPDATE SET base_url = excluded.base_url, model = excluded.model, sealed_key = excluded.sealed_key,
              floor_milli = excluded.floor_milli, problem = NULL,
              revision = embedding_model.revision + CASE WHEN embedding_model.model = excluded.model AND coalesce(embedding_model.base_url, '') = coalesce(excluded.base_url, '')
                THEN 0 ELSE 1 END
            """, setup);
        await AiRevision.Grow(tx, setup.TenantId);
    }

    public static async Task Remove(Tx tx, long tenantId)
    {
        await tx.Execute("DELETE FROM embedding_model WHERE tenant_id = @tenantId", new { tenantId });
        await tx.Execute("DELETE FROM knowledge_vector WHERE tenant_id = @tenantId", new { tenantId });
        await AiRevision.Grow(tx, tenantId);
    }

    public static Task Note(Tx tx, long tenantId, long revision, string? problem) => tx.Execute(
        "UPDATE embedding_model SET problem = CAST(@problem AS TEXT) WHERE tenant_id = @tenantId AND revision = @revision", new { tenantId, revision, problem });
}
