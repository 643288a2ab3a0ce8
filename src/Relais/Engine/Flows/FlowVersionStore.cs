using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>A published definition; never changed.</summary>
internal sealed class FlowVersion
{
    public long Version { get; init; }

    /// <summary>As it came; empty in a list.</summary>
    public string Definition { get; init; } = "";

    public string? Note { get; init; }

    public long? AgentId { get; init; }

    public string? AgentName { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>The versions of a flow. There is no statement that changes or deletes one.</summary>
internal static class FlowVersionStore
{
    private const string Columns = """
        v.version AS "Version", v.note AS "Note", v.agent_id AS "AgentId", m.name AS "AgentName", v.created_at AS "CreatedAt"
        """;

    private const string Sources = "flow_version v LEFT JOIN membership m ON m.tenant_id = v.tenant_id AND m.agent_id = v.agent_id";

    public static Task<FlowVersion?> Find(Tx tx, long tenantId, long flowId, long version) => tx.QueryFirst<FlowVersion>(
        $"SELECT {Columns}, v.definition AS \"Definition\" FROM {Sources} WHERE v.tenant_id = @tenantId AND v.flow_id = @flowId AND v.version = @version",
        new { tenantId, flowId, version });

    /// <summary>Newest first, without definitions; <paramref name="before"/> is the last version already read.</summary>
    public static Task<List<FlowVersion>> Page(Tx tx, long tenantId, long flowId, long before, int limit) => tx.Query<FlowVersion>(
        $"SELECT {Columns} FROM {Sources} WHERE v.tenant_id = @tenantId AND v.flow_id = @flowId AND v.version < @before ORDER BY v.version DESC LIMIT @limit",
        new { tenantId, flowId, before, limit });

    /// <summary>Adds one and returns its number; the flow's row is held by the caller.</summary>
    public static async Task<long> Add(Tx tx, long tenantId, long flowId, string definition, string? note, long agentId, long now)
    {
        var version = 1 + await tx.QueryFirst<long>(
            "SELECT coalesce(max(version), 0) FROM flow_version WHERE tenant_id = @tenantId AND flow_id = @flowId", new { tenantId, flowId });
        await tx.Execute("""
            INSERT INTO flow_version (tenant_id, flow_id, version, definition, note, agent_id, created_at)
            VALUES (@tenantId, @flowId, @version, @definition, @note, @agentId, @now)
            """, new { tenantId, flowId, version, definition, note, agentId, now });
        return version;
    }
}
