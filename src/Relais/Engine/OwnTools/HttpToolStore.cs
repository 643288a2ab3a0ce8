using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.OwnTools;

/// <summary>A tenant's own tools. Every change is told to the nodes in the same transaction.</summary>
internal static class HttpToolStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", name AS "Name", title AS "Title", description AS "Description", parameters AS "Parameters",
        method AS "Method", url AS "Url", body AS "Body", headers AS "Headers", timeout_seconds AS "TimeoutSeconds", risk AS "Risk",
        enabled AS "Enabled", created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    public static Task<List<StoredTool>> Enabled(Tx tx, long tenantId) => tx.Query<StoredTool>(
        $"SELECT {Columns} FROM ai_tool WHERE tenant_id = @tenantId AND enabled = 1 ORDER BY id", new { tenantId });

    public static Task<List<StoredTool>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<StoredTool>(
        $"SELECT {Columns} FROM ai_tool WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @limit", new { tenantId, after, limit });

    public static Task<StoredTool?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredTool>(
        $"SELECT {Columns} FROM ai_tool WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task<long> Count(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM ai_tool WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>False when the name is taken.</summary>
    public static async Task<bool> Insert(Tx tx, StoredTool tool)
    {
        var inserted = await tx.Execute("""
            INSERT INTO ai_tool (tenant_id, id, name, title, description, parameters, method, url, body, headers, timeout_seconds, risk, enabled,
              created_at, updated_at)
            VALUES (@TenantId, @Id, @Name, @Title, @Description, @Parameters, @Method, @Url, @Body, @Headers, @TimeoutSeconds, @Risk, @Enabled,
              @CreatedAt, @UpdatedAt) ON CONFLICT DO NOTHING
            """, tool);
        await AiRevision.Grow(tx, tool.TenantId);
        return inserted > 0;
    }

    /// <summary>False when the name is taken.</summary>
    public static async Task<bool> Update(Tx tx, StoredTool tool)
    {
        var updated = await tx.Execute("""
            UPDATE ai_tool SET name = @Name, title = @Title, description = @Description, parameters = @Parameters, method = @Method, url = @Url,
              body = @Body, headers = @Headers, timeout_seconds = @TimeoutSeconds, risk = @Risk, enabled = @Enabled, updated_at = @UpdatedAt
            WHERE tenant_id = @TenantId AND id = @Id
              AND NOT EXISTS (SELECT 1 FROM ai_tool o WHERE o.tenant_id = @TenantId AND o.name = @Name AND o.id <> @Id)
            """, tool);
        await AiRevision.Grow(tx, tool.TenantId);
        return updated > 0;
    }

    public static async Task<bool> Delete(Tx tx, long tenantId, long id)
    {
        var deleted = await tx.Execute("DELETE FROM ai_tool WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        await AiRevision.Grow(tx, tenantId);
        return deleted > 0;
    }
}
