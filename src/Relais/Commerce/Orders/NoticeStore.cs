using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commerce.Orders;

/// <summary>What a customer was told of a status, or why not.</summary>
internal sealed class SentNotice
{
    public string Status { get; init; } = "";

    /// <summary>Null: it was refused.</summary>
    public long? MessageId { get; init; }

    public string? ProblemCode { get; init; }

    public string? Problem { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>The business's own rules for notices, and which were given.</summary>
internal static class NoticeStore
{
    /// <summary>All statuses, as they come with Relais where the business has said nothing.</summary>
    public static async Task<List<OrderNotice>> Rules(Tx tx, long tenantId)
    {
        var own = (await tx.Query<(string Status, long Enabled, string? Words, string? Template)>(
            "SELECT status, enabled, words, template FROM order_notice WHERE tenant_id = @tenantId", new { tenantId })).ToDictionary(r => r.Status, StringComparer.Ordinal);
        return OrderNotice.Usual.Select(usual => own.TryGetValue(usual.Status, out var rule)
            ? new OrderNotice(usual.Status, rule.Enabled != 0, rule.Words is null ? usual.Words : LocalText.Read(rule.Words), rule.Template) : usual).ToList();
    }

    public static Task Put(Tx tx, long tenantId, OrderNotice rule, bool hasOwnWords, long now) => tx.Execute("""
        INSERT INTO order_notice (tenant_id, status, enabled, words, template, updated_at)
        VALUES (@tenantId, @Status, @enabled, CAST(@words AS TEXT), CAST(@Template AS TEXT), @now)
        ON CONFLICT (tenant_id, status) DO UPDATE SET enabled = excluded.enabled, words = excluded.words, template = excluded.template,
          updated_at = excluded.updated_at
        """, new { tenantId, rule.Status, enabled = rule.Enabled ? 1L : 0L, words = hasOwnWords ? rule.Words.Write() : null, rule.Template, now });

    /// <summary>Takes an order's status for this transaction; false when its customer was told of it before.</summary>
    public static async Task<bool> Take(Tx tx, long tenantId, long orderId, string status, long now) => await tx.Execute("""
        INSERT INTO order_notice_sent (tenant_id, order_id, status, created_at) VALUES (@tenantId, @orderId, @status, @now)
        ON CONFLICT (tenant_id, order_id, status) DO NOTHING
        """, new { tenantId, orderId, status, now }) > 0;

    public static Task Settle(Tx tx, long tenantId, long orderId, string status, long? messageId, string? code, string? problem) => tx.Execute("""
        UPDATE order_notice_sent SET message_id = CAST(@messageId AS BIGINT), problem_code = CAST(@code AS TEXT), problem = CAST(@problem AS TEXT)
        WHERE tenant_id = @tenantId AND order_id = @orderId AND status = @status
        """, new { tenantId, orderId, status, messageId, code, problem });

    public static Task<List<SentNotice>> Sent(Tx tx, long tenantId, long orderId) => tx.Query<SentNotice>("""
        SELECT status AS "Status", message_id AS "MessageId", problem_code AS "ProblemCode", problem AS "Problem", created_at AS "CreatedAt"
        FROM order_notice_sent WHERE tenant_id = @tenantId AND order_id = @orderId ORDER BY created_at
        """, new { tenantId, orderId });
}
