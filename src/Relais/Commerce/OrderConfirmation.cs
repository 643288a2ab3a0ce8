using Relais.Storage;

namespace Relais.Commerce;

/// <summary>One button of a question about an order, as stored.</summary>
internal sealed class OrderConfirmation
{
    /// <summary>How long a question may be answered by a tap, microseconds.</summary>
    public const long Lifetime = 10 * 60 * Foundation.Instants.Second;

    public long TenantId { get; init; }

    public string Nonce { get; init; } = "";

    public string Action { get; init; } = "";

    public long OrderId { get; init; }

    public long ContactId { get; init; }

    public long ConversationId { get; init; }

    public string? Detail { get; init; }

    public long CreatedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long? UsedAt { get; init; }

    public long? UsedByMessage { get; init; }

    /// <summary>confirmed, cancelled, change_requested, kept, impossible; null before a tap.</summary>
    public string? Outcome { get; init; }
}

/// <summary>Questions about orders and their answers. Whoever spends a question is the only one who acts on it.</summary>
internal static class OrderConfirmationStore
{
    private static readonly Rows<OrderConfirmation> InsertRows = new("""
        INSERT INTO order_confirmation (tenant_id, nonce, action, order_id, contact_id, conversation_id, detail, created_at, expires_at)
        SELECT r.tenant_id, r.nonce, r.action, r.order_id, r.contact_id, r.conversation_id, r.detail, r.created_at, r.expires_at FROM {rows}
        """,
        Column<OrderConfirmation>.Long("tenant_id", c => c.TenantId),
        Column<OrderConfirmation>.Text("nonce", c => c.Nonce),
        Column<OrderConfirmation>.Text("action", c => c.Action),
        Column<OrderConfirmation>.Long("order_id", c => c.OrderId),
        Column<OrderConfirmation>.Long("contact_id", c => c.ContactId),
        Column<OrderConfirmation>.Long("conversation_id", c => c.ConversationId),
        Column<OrderConfirmation>.Text("detail", c => c.Detail),
        Column<OrderConfirmation>.Long("created_at", c => c.CreatedAt),
        Column<OrderConfirmation>.Long("expires_at", c => c.ExpiresAt));

    /// <summary>Writes a question's buttons, all under one nonce.</summary>
    public static Task Ask(
        Tx tx, long tenantId, string nonce, long orderId, long contactId, long conversationId, IReadOnlyList<string> acts, string? detail, long now) =>
        tx.Each(InsertRows, [.. acts.Select(act => new OrderConfirmation
        {
            TenantId = tenantId, Nonce = nonce, Action = act, OrderId = orderId, ContactId = contactId, ConversationId = conversationId,
            Detail = act == OrderAct.Modify ? detail : null, CreatedAt = now, ExpiresAt = now + OrderConfirmation.Lifetime,
        })]);

    /// <summary>The button as it was asked, or null when it was not.</summary>
    public static Task<OrderConfirmation?> Find(Tx tx, long tenantId, string nonce, string act) => tx.QueryFirst<OrderConfirmation>("""
        SELECT tenant_id AS "TenantId", nonce AS "Nonce", action AS "Action", order_id AS "OrderId", contact_id AS "ContactId",
          conversation_id AS "ConversationId", detail AS "Detail", created_at AS "CreatedAt", expires_at AS "ExpiresAt",
          used_at AS "UsedAt", used_by_message AS "UsedByMessage", outcome AS "Outcome"
        FROM order_confirmation WHERE tenant_id = @tenantId AND nonce = @nonce AND action = @act
        """, new { tenantId, nonce, act });

    /// <summary>
    /// Takes every button of the question for this message; false when another tap was first or the time is over. Two that try
    /// at once wait for each other here.
    /// </summary>
    public static async Task<bool> Spend(Tx tx, OrderConfirmation button, long messageId, long now) => await tx.Execute("""
        UPDATE order_confirmation SET used_at = @now, used_by_message = @messageId
        WHERE tenant_id = @TenantId AND nonce = @Nonce AND used_at IS NULL AND expires_at > @now
        """, new { button.TenantId, button.Nonce, messageId, now }) > 0;

    public static Task Settle(Tx tx, OrderConfirmation button, string outcome) => tx.Execute(
        "UPDATE order_confirmation SET outcome = @outcome WHERE tenant_id = @TenantId AND nonce = @Nonce",
        new { button.TenantId, button.Nonce, outcome });
}
