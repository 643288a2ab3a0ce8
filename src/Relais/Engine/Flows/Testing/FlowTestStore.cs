using Relais.Storage;

namespace Relais.Engine.Flows.Testing;

/// <summary>A saved test as stored.</summary>
internal sealed class StoredFlowTest
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long FlowId { get; init; }

    public string Name { get; init; } = "";

    /// <summary><see cref="FlowScript"/> as JSON.</summary>
    public string Script { get; init; } = "{}";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }
}

/// <summary>The saved tests of flows.</summary>
internal static class FlowTestStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", flow_id AS "FlowId", name AS "Name", script AS "Script", created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    /// <summary>Of one flow, in the order they were made.</summary>
    public static Task<List<StoredFlowTest>> Of(Tx tx, long tenantId, long flowId) => tx.Query<StoredFlowTest>(
        $"SELECT {Columns} FROM flow_test WHERE tenant_id = @tenantId AND flow_id = @flowId ORDER BY id", new { tenantId, flowId });

    public static Task<StoredFlowTest?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredFlowTest>(
        $"SELECT {Columns} FROM flow_test WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task Insert(Tx tx, StoredFlowTest added) => tx.Execute("""
        INSERT INTO flow_test (tenant_id, id, flow_id, name, script, created_at, updated_at)
        VALUES (@TenantId, @Id, @FlowId, @Name, @Script, @CreatedAt, @UpdatedAt)
        """, added);

    public static Task Update(Tx tx, StoredFlowTest changed) => tx.Execute(
        "UPDATE flow_test SET name = @Name, script = @Script, updated_at = @UpdatedAt WHERE tenant_id = @TenantId AND id = @Id", changed);

    public static async Task<bool> Delete(Tx tx, long tenantId, long id) =>
        await tx.Execute("DELETE FROM flow_test WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id }) > 0;
}
