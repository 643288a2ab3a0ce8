using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commerce.Orders;

/// <summary>One change of an order's status, as stored.</summary>
internal sealed class OrderMove
{
    public long Seq { get; init; }

    /// <summary>Null: it was made.</summary>
    public string? FromStatus { get; init; }

    public string ToStatus { get; init; } = "";

    /// <summary>person, customer, courier, system.</summary>
    public string Actor { get; init; } = "";

    public long? AgentId { get; init; }

    /// <summary>The person's name, read beside it.</summary>
    public string? AgentName { get; init; }

    public string? Why { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>Moves of orders. They are numbered under the order's row, which whoever moves it holds.</summary>
internal static class OrderMoveStore
{
    public static Task Add(Tx tx, long tenantId, long orderId, string? from, string to, OrderBy by, long now)
    {
        tx.AfterCommit(() => Telemetry.OrderMoved(to));
        return tx.Execute("""
            INSERT INTO order_move (tenant_id, order_id, seq, from_status, to_status, actor, agent_id, why, created_at)
            SELECT @tenantId, @orderId, coalesce(max(m.seq), 0) + 1, CAST(@from AS TEXT), @to, @Word, CAST(@AgentId AS BIGINT), CAST(@Why AS TEXT), @now
            FROM order_move m WHERE m.tenant_id = @tenantId AND m.order_id = @orderId
            """, new { tenantId, orderId, from, to, by.Word, by.AgentId, by.Why, now });
    }

    /// <summary>Oldest first.</summary>
    public static Task<List<OrderMove>> Of(Tx tx, long tenantId, long orderId) => tx.Query<OrderMove>("""
        SELECT m.seq AS "Seq", m.from_status AS "FromStatus", m.to_status AS "ToStatus", m.actor AS "Actor", m.agent_id AS "AgentId",
          a.name AS "AgentName", m.why AS "Why", m.created_at AS "CreatedAt"
        FROM order_move m LEFT JOIN membership a ON a.tenant_id = m.tenant_id AND a.agent_id = m.agent_id
        WHERE m.tenant_id = @tenantId AND m.order_id = @orderId ORDER BY m.seq
        """, new { tenantId, orderId });
}
