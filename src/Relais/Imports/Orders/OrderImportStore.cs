using Relais.Changes;
using Relais.Storage;

namespace Relais.Imports.Orders;

internal static class OrderImportStore
{
    /// <summary>Those of these order numbers that there are, in capitals.</summary>
    public static async Task<HashSet<string>> Known(Tx tx, long tenantId, IReadOnlyCollection<string> numbers) => numbers.Count == 0 ? []
        : (await tx.Query<string>($"""
            SELECT order_number FROM customer_order
            WHERE tenant_id = @tenantId AND order_number {tx.Dialect.In("numbers")}
            """, new { tenantId, numbers = numbers.Distinct().ToArray() })).ToHashSet(StringComparer.Ordinal);

    /// <summary>A file of last year's orders starts no conversation.</summary>
    public static Task StartNoFlow(Tx tx, long tenantId, long orderId, long now) => tx.Execute(
        "UPDATE order_move SET flows_at = @now WHERE tenant_id = @tenantId AND order_id = @orderId AND flows_at IS NULL", new { tenantId, orderId, now });

    /// <summary>False when somebody has done something with it since; true also when it is gone.</summary>
    public static async Task<bool> Remove(Tx tx, long tenantId, long orderId, long updatedAt)
    {
        var held = await tx.Execute("""
            UPDATE customer_order SET updated_at = updated_at WHERE tenant_id = @tenantId AND id = @orderId AND (updated_at <> @updatedAt
              OR confirmation_sent_at IS NOT NULL OR message_id IS NOT NULL
              OR EXISTS (SELECT 1 FROM order_confirmation c WHERE c.tenant_id = customer_order.tenant_id AND c.order_id = customer_order.id)
              OR EXISTS (SELECT 1 FROM order_question q WHERE q.tenant_id = customer_order.tenant_id AND q.order_id = customer_order.id)
              OR EXISTS (SELECT 1 FROM order_notice_sent n WHERE n.tenant_id = customer_order.tenant_id AND n.order_id = customer_order.id)
              OR EXISTS (SELECT 1 FROM order_approval a WHERE a.tenant_id = customer_order.tenant_id AND a.order_id = customer_order.id))
            """, new { tenantId, orderId, updatedAt });
        if (held > 0)
        {
            return false;
        }

        var key = new { tenantId, orderId };
        await tx.Execute("DELETE FROM customer_order_item WHERE tenant_id = @tenantId AND order_id = @orderId", key);
        await tx.Execute("DELETE FROM order_move WHERE tenant_id = @tenantId AND order_id = @orderId", key);
        await tx.Execute("DELETE FROM customer_order WHERE tenant_id = @tenantId AND id = @orderId", key);
        await SearchDue.Note(tx, tenantId, SearchKind.Order, orderId);
        return true;
    }
}
