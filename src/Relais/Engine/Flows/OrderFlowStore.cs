using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>A change of an order's status that flows have not looked at yet.</summary>
internal sealed class OrderHappening
{
    public long TenantId { get; init; }

    public long OrderId { get; init; }

    public long Seq { get; init; }

    public string ToStatus { get; init; } = "";

    public long? ContactId { get; init; }

    public string? OrderNumber { get; init; }

    public string TrackingNumber { get; init; } = "";

    public long? TotalMinor { get; init; }

    public string? Currency { get; init; }

    /// <summary>Grows with the tenant's flows.</summary>
    public long Revision { get; init; }

    /// <summary>What a trigger's values name: created, then the status.</summary>
    public string Event => Seq == 1 ? "created" : ToStatus;
}

internal static class OrderFlowStore
{
    /// <summary>Oldest first, of every tenant.</summary>
    public static Task<List<OrderHappening>> Next(Tx tx, int limit) => tx.Query<OrderHappening>("""
        SELECT m.tenant_id AS "TenantId", m.order_id AS "OrderId", m.seq AS "Seq", m.to_status AS "ToStatus", o.contact_id AS "ContactId",
          o.order_number AS "OrderNumber", o.tracking_number AS "TrackingNumber", o.total_minor AS "TotalMinor", o.currency AS "Currency",
          t.ai_revision AS "Revision"
        FROM order_move m JOIN customer_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id JOIN tenant t ON t.tenant_id = m.tenant_id
        WHERE m.flows_at IS NULL ORDER BY m.created_at, m.order_id, m.seq LIMIT @limit
        """, new { limit });

    /// <summary>How many of them nobody had looked at yet.</summary>
    public static async Task<int> Take(Tx tx, IReadOnlyList<OrderHappening> happenings, long now) => happenings.Count == 0 ? 0
        : (await tx.Each(TakeRows, [.. happenings.Select(h => (h, now))], r => r.GetInt64(0))).Count;

    private static readonly Rows<(OrderHappening Happening, long Now)> TakeRows = new("""
        UPDATE order_move SET flows_at = r.now FROM {rows}
        WHERE order_move.tenant_id = r.tenant_id AND order_move.order_id = r.order_id AND order_move.seq = r.seq AND order_move.flows_at IS NULL
        RETURNING order_move.seq
        """,
        Column<(OrderHappening Happening, long Now)>.Long("tenant_id", t => t.Happening.TenantId),
        Column<(OrderHappening Happening, long Now)>.Long("order_id", t => t.Happening.OrderId),
        Column<(OrderHappening Happening, long Now)>.Long("seq", t => t.Happening.Seq),
        Column<(OrderHappening Happening, long Now)>.Long("now", t => t.Now));
}
