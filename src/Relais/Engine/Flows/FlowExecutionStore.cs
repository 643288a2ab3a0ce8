using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>One conversation's way through a flow, as stored.</summary>
internal sealed class FlowExecutionRow
{
    public long Id { get; init; }

    public long FlowId { get; init; }

    public string FlowName { get; init; } = "";

    /// <summary>0: a draft, of a test phone.</summary>
    public long Version { get; init; }

    public long ConversationId { get; init; }

    /// <summary>1 active, 2 paused, 3 completed, 4 transferred, 5 abandoned, 6 failed.</summary>
    public long Status { get; init; }

    public string Trigger { get; init; } = "";

    public string Step { get; init; } = "";

    public string? Reason { get; init; }

    /// <summary><see cref="FlowState"/> as JSON; empty in a list.</summary>
    public string State { get; init; } = "";

    public long StartedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long? EndedAt { get; init; }
}

/// <summary>A step of a run, in order.</summary>
internal sealed class FlowStepRow
{
    public string Step { get; init; } = "";

    /// <summary>Empty while the run stands there.</summary>
    public string Event { get; init; } = "";

    public string? Answer { get; init; }

    public long At { get; init; }
}

/// <summary>Runs of flows, for reading.</summary>
internal static class FlowExecutionStore
{
    private const string Columns = """
        s.id AS "Id", s.flow_id AS "FlowId", f.name AS "FlowName", s.version AS "Version", s.conversation_id AS "ConversationId", s.status AS "Status",
        s.trigger AS "Trigger", s.step AS "Step", s.reason AS "Reason", s.started_at AS "StartedAt", s.updated_at AS "UpdatedAt", s.ended_at AS "EndedAt"
        """;

    private const string Sources = "flow_session s JOIN flow f ON f.tenant_id = s.tenant_id AND f.id = s.flow_id";

    /// <summary>Newest first, without states. <paramref name="status"/> 0: any.</summary>
    public static Task<List<FlowExecutionRow>> Page(Tx tx, long tenantId, long flowId, long status, Cursor before, int limit) => tx.Query<FlowExecutionRow>($"""
        SELECT {Columns} FROM {Sources}
        WHERE s.tenant_id = @tenantId AND s.flow_id = @flowId AND s.status >= @low AND s.status <= @high
          AND (s.started_at < @Sort OR (s.started_at = @Sort AND s.id < @Id))
        ORDER BY s.started_at DESC, s.id DESC LIMIT @limit
        """, new { tenantId, flowId, low = status == 0 ? 1 : status, high = status == 0 ? 6 : status, before.Sort, before.Id, limit });

    public static Task<FlowExecutionRow?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<FlowExecutionRow>(
        $"SELECT {Columns}, s.state AS \"State\" FROM {Sources} WHERE s.tenant_id = @tenantId AND s.id = @id", new { tenantId, id });

    /// <summary>The newest of a conversation, whether it goes on or not.</summary>
    public static Task<FlowExecutionRow?> Newest(Tx tx, long tenantId, long conversationId) => tx.QueryFirst<FlowExecutionRow>($"""
        SELECT {Columns}, s.state AS "State" FROM {Sources}
        WHERE s.tenant_id = @tenantId AND s.conversation_id = @conversationId ORDER BY s.id DESC LIMIT 1
        """, new { tenantId, conversationId });

    public static Task<List<FlowStepRow>> Steps(Tx tx, long tenantId, long sessionId) => tx.Query<FlowStepRow>("""
        SELECT step AS "Step", event AS "Event", answer AS "Answer", at AS "At" FROM flow_step
        WHERE tenant_id = @tenantId AND session_id = @sessionId ORDER BY n
        """, new { tenantId, sessionId });
}
