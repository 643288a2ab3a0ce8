using Relais.Storage;

namespace Relais.Commerce;

/// <summary>What a customer tapped on an order and a person has to allow, as stored.</summary>
internal sealed class OrderApproval
{
    public const string Pending = "pending";
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    /// <summary>Allowed, but the order's state no longer let it be done.</summary>
    public const string Impossible = "impossible";

    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>A word of <see cref="OrderAct"/>: confirm, modify, cancel.</summary>
    public string Action { get; init; } = "";

    public long OrderId { get; init; }

    /// <summary>The order's number, read beside it.</summary>
    public string TrackingNumber { get; init; } = "";

    public long ContactId { get; init; }

    public long ConversationId { get; init; }

    public string? Detail { get; init; }

    /// <summary>fr, ar or en.</summary>
    public string Language { get; init; } = "";

    public string State { get; init; } = "";

    public long? AgentId { get; init; }

    public long CreatedAt { get; init; }

    public long? DecidedAt { get; init; }
}

/// <summary>Acts that wait for a person. Whoever decides one is the only one whose decision counts.</summary>
internal static class OrderApprovalStore
{
    private const string Columns = """
        a.tenant_id AS "TenantId", a.id AS "Id", a.action AS "Action", a.order_id AS "OrderId", o.tracking_number AS "TrackingNumber",
        a.contact_id AS "ContactId", a.conversation_id AS "ConversationId", a.detail AS "Detail", a.language AS "Language", a.state AS "State",
        a.agent_id AS "AgentId", a.created_at AS "CreatedAt", a.decided_at AS "DecidedAt"
        """;

    private const string From = "FROM order_approval a JOIN customer_order o ON o.tenant_id = a.tenant_id AND o.id = a.order_id";

    /// <summary>Whether this tenant wants it.</summary>
    public static async Task<bool> IsWanted(Tx tx, long tenantId) =>
        await tx.QueryFirst<long>("SELECT approve_orders FROM tenant WHERE tenant_id = @tenantId", new { tenantId }) == 1;

    /// <summary>Waits once for an order and an act: asked again, the first asking stands.</summary>
    public static Task<int> Ask(Tx tx, OrderApproval asked) => tx.Execute("""
        INSERT INTO order_approval (tenant_id, id, action, order_id, contact_id, conversation_id, detail, language, state, created_at)
        SELECT @TenantId, @Id, @Action, @OrderId, @ContactId, @ConversationId, @Detail, @Language, 'pending', @CreatedAt
        WHERE NOT EXISTS (SELECT 1 FROM order_approval p WHERE p.tenant_id = @TenantId AND p.order_id = @OrderId AND p.action = @Action
          AND p.state = 'pending' AND coalesce(p.detail, '') = coalesce(CAST(@Detail AS TEXT), ''))
        """, asked);

    /// <summary>Oldest first: who has waited longest comes first.</summary>
    public static Task<List<OrderApproval>> Page(Tx tx, long tenantId, string state, long after, int limit) => tx.Query<OrderApproval>(
        $"SELECT {Columns} {From} WHERE a.tenant_id = @tenantId AND a.state = @state AND a.id > @after ORDER BY a.id LIMIT @limit",
        new { tenantId, state, after, limit });

    public static Task<OrderApproval?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<OrderApproval>(
        $"SELECT {Columns} {From} WHERE a.tenant_id = @tenantId AND a.id = @id", new { tenantId, id });

    /// <summary>False when it was decided before.</summary>
    public static async Task<bool> Decide(Tx tx, long tenantId, long id, string state, long agentId, long now) => await tx.Execute("""
        UPDATE order_approval SET state = @state, agent_id = @agentId, decided_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state = 'pending'
        """, new { tenantId, id, state, agentId, now }) > 0;

    public static Task MarkImpossible(Tx tx, long tenantId, long id) => tx.Execute(
        "UPDATE order_approval SET state = 'impossible' WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
}
