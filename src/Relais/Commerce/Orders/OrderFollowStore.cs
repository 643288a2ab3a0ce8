using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commerce.Orders;

/// <summary>How a business reminds of orders that nobody confirms.</summary>
/// <param name="Hours">After the confirmation was asked for, and between two reminders: 1 to 168.</param>
/// <param name="Times">0 to 2; after the last one, and the same hours, the order is listed for a call.</param>
internal sealed record OrderReminding(long Hours, long Times);

/// <summary>An order that something is due about.</summary>
internal sealed class DueOrder
{
    public long TenantId { get; init; }

    public long Id { get; init; }
}

/// <summary>What follows on an order that was not confirmed: asking, reminding, the list for calls.</summary>
internal static class OrderFollowStore
{
    public static async Task<OrderReminding> Reminding(Tx tx, long tenantId)
    {
        var (hours, times) = await tx.QueryFirst<(long, long)>(
            "SELECT order_remind_hours, order_remind_times FROM tenant WHERE tenant_id = @tenantId", new { tenantId });
        return new OrderReminding(hours, times);
    }

    public static Task SetReminding(Tx tx, long tenantId, OrderReminding reminding) => tx.Execute(
        "UPDATE tenant SET order_remind_hours = @Hours, order_remind_times = @Times WHERE tenant_id = @tenantId",
        new { tenantId, reminding.Hours, reminding.Times });

    /// <summary>Its customer is asked to confirm it now.</summary>
    public static Task Asked(Tx tx, long tenantId, long id, long remindAt, long now) => tx.Execute("""
        UPDATE customer_order SET confirmation_sent_at = coalesce(confirmation_sent_at, @now), remind_at = @remindAt, reminders = 0, call_at = NULL,
          message_problem = NULL
        WHERE tenant_id = @tenantId AND id = @id AND status = 'placed'
        """, new { tenantId, id, remindAt, now });

    /// <summary>Nothing more can be written: somebody calls.</summary>
    public static Task ListForCall(Tx tx, long tenantId, long id, string? problem, long now) => tx.Execute("""
        UPDATE customer_order SET remind_at = NULL, call_at = @now, message_problem = CAST(@problem AS TEXT)
        WHERE tenant_id = @tenantId AND id = @id AND status = 'placed'
        """, new { tenantId, id, problem, now });

    /// <summary>They were called: the order leaves the list and keeps its state.</summary>
    public static async Task<bool> Called(Tx tx, long tenantId, long id, long now) => await tx.Execute(
        "UPDATE customer_order SET call_at = NULL, updated_at = @now WHERE tenant_id = @tenantId AND id = @id AND call_at IS NOT NULL",
        new { tenantId, id, now }) > 0;

    /// <summary>Of every tenant, the longest due first.</summary>
    public static Task<List<DueOrder>> Due(Tx tx, long now, int limit) => tx.Query<DueOrder>("""
        SELECT tenant_id AS "TenantId", id AS "Id" FROM customer_order WHERE remind_at IS NOT NULL AND remind_at <= @now ORDER BY remind_at LIMIT @limit
        """, new { now, limit });

    /// <summary>Takes the order until the end of the transaction; false when it has moved, or nothing is due about it any more.</summary>
    public static async Task<bool> Hold(Tx tx, long tenantId, long id, long now) => await tx.Execute("""
        UPDATE customer_order SET remind_at = remind_at WHERE tenant_id = @tenantId AND id = @id AND status = 'placed' AND remind_at <= @now
        """, new { tenantId, id, now }) > 0;

    /// <summary>In the transaction that queued the reminder.</summary>
    public static Task Reminded(Tx tx, long tenantId, long id, long remindAt) => tx.Execute(
        "UPDATE customer_order SET reminders = reminders + 1, remind_at = @remindAt, message_problem = NULL WHERE tenant_id = @tenantId AND id = @id",
        new { tenantId, id, remindAt });

    public static Task Postpone(Tx tx, long tenantId, long id, long until) => tx.Execute(
        "UPDATE customer_order SET remind_at = @until WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, until });

    public static long After(OrderReminding reminding, long now) => now + (reminding.Hours * Instants.Hour);
}
