using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.OwnTools;

/// <summary>An MCP server of a tenant, as stored.</summary>
internal sealed class StoredMcpServer
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string Url { get; init; } = "";

    public string? Headers { get; init; }

    /// <summary>JSON: tool's name ⇒ risk.</summary>
    public string Tools { get; init; } = "{}";

    public long Enabled { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>Where its headers are sealed.</summary>
    public string Place => $"ai_mcp_server.headers:{TenantId}:{Id}";

    public IReadOnlyDictionary<string, string> Risks => JsonSerializer.Deserialize<Dictionary<string, string>>(Tools)!;
}

/// <summary>An MCP server ready to be asked: its headers opened.</summary>
/// <param name="Stored">As stored.</param>
/// <param name="Headers">Keys among them.</param>
/// <param name="Risks">The tools that are offered, and what the business says they do.</param>
internal sealed record McpServer(StoredMcpServer Stored, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Risks)
{
    public static McpServer Of(StoredMcpServer stored, Secrets secrets) =>
        new(stored, SealedHeaders.Open(secrets, stored.Headers, stored.Place), stored.Risks);
}

/// <summary>A tenant's MCP servers. Every change is told to the nodes in the same transaction.</summary>
internal static class McpServerStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", name AS "Name", url AS "Url", headers AS "Headers", tools AS "Tools", enabled AS "Enabled",
        created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    public static Task<List<StoredMcpServer>> Enabled(Tx tx, long tenantId) => tx.Query<StoredMcpServer>(
        $"SELECT {Columns} FROM ai_mcp_server WHERE tenant_id = @tenantId AND enabled = 1 ORDER BY id", new { tenantId });

    public static Task<List<StoredMcpServer>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<StoredMcpServer>(
        $"SELECT {Columns} FROM ai_mcp_server WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @limit", new { tenantId, after, limit });

    public static Task<StoredMcpServer?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredMcpServer>(
        $"SELECT {Columns} FROM ai_mcp_server WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task<long> Count(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM ai_mcp_server WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>False when the name is taken.</summary>
    public static async Task<bool> Insert(Tx tx, StoredMcpServer server)
    {
        var inserted = await tx.Execute("""
            INSERT INTO ai_mcp_server (tenant_id, id, name, url, headers, tools, enabled, created_at, updated_at)
            VALUES (@TenantId, @Id, @Name, @Url, @Headers, @Tools, @Enabled, @CreatedAt, @UpdatedAt) ON CONFLICT DO NOTHING
            """, server);
        await AiRevision.Grow(tx, server.TenantId);
        return inserted > 0;
    }

    /// <summary>False when the name is taken.</summary>
    public static async Task<bool> Update(Tx tx, StoredMcpServer server)
    {
        var updated = await tx.Execute("""
            UPDATE ai_mcp_server SET name = @Name, url = @Url, headers = @Headers, tools = @Tools, enabled = @Enabled, updated_at = @UpdatedAt
            WHERE tenant_id = @TenantId AND id = @Id
              AND NOT EXISTS (SELECT 1 FROM ai_mcp_server o WHERE o.tenant_id = @TenantId AND o.name = @Name AND o.id <> @Id)
            """, server);
        await AiRevision.Grow(tx, server.TenantId);
        return updated > 0;
    }

    public static async Task<bool> Delete(Tx tx, long tenantId, long id)
    {
        var deleted = await tx.Execute("DELETE FROM ai_mcp_server WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        await AiRevision.Grow(tx, tenantId);
        return deleted > 0;
    }
}
