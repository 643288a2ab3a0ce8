using Relais.Storage;

namespace Relais.Conversations.Views;

/// <summary>A list somebody has named.</summary>
internal sealed class SavedView
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public long AgentId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>JSON object, as the desk asks GET /api/conversations for it.</summary>
    public string Filter { get; init; } = "{}";

    /// <summary>1: everybody of the business sees it.</summary>
    public long IsShared { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>Named lists: one's own and the shared ones.</summary>
internal static class SavedViewStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", agent_id AS "AgentId", name AS "Name", filter AS "Filter", is_shared AS "IsShared", created_at AS "CreatedAt"
        """;

    public static Task<List<SavedView>> Of(Tx tx, long tenantId, long agentId) => tx.Query<SavedView>(
        $"SELECT {Columns} FROM saved_view WHERE tenant_id = @tenantId AND (is_shared = 1 OR agent_id = @agentId) ORDER BY name, id", new { tenantId, agentId });

    public static Task<SavedView?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<SavedView>($"SELECT {Columns} FROM saved_view WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task Put(Tx tx, SavedView view) => tx.Execute("""
        INSERT INTO saved_view (tenant_id, id, agent_id, name, filter, is_shared, created_at)
        VALUES (@TenantId, @Id, @AgentId, @Name, @Filter, @IsShared, @CreatedAt)
        ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, filter = excluded.filter, is_shared = excluded.is_shared
        """, view);

    public static Task Delete(Tx tx, long tenantId, long id) =>
        tx.Execute("DELETE FROM saved_view WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
}
