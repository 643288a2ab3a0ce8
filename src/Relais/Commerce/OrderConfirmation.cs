using Relais.Storage;

namespace Relais.Commerce;

/// <summary>One button of a question about an order, as stored.</summary>
internal sealed class OrderConfirmation
{
    /// <summary>How long a question may be answered by a tap, microseconds.</summary>
    public const long Lifetime = 10 * 60 * Foundation.Instants.Second;

    /// <summary>The same where the business asks: people confirm an order when they come to it.</summary>
    public const long LifetimeOfBusiness = 7 * Foundation.Instants.Day;

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

    /// <summary>A word of <see cref="OrderOutcome"/>; null before a tap.</summary>
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
        Tx tx, long tenantId, string nonce, long orderId, long contactId, long conversationId, IReadOnlyList<string> acts, string? detail, long now,
        long lifetime = OrderConfirmation.Lifetime) =>
        tx.Each(InsertRows, [.. acts.Select(act => new OrderConfirmation
        {
            TenantId = tenantId, Nonce = nonce, Action = act, OrderId = orderId, ContactId = contactId, ConversationId = conversationId,
            Detail = act == OrderAct.Modify ? detail : null, CreatedAt = now, ExpiresAt = now + lifetime,
        })]);

    private const string Columns = """
        c.tenant_id AS "TenantId", c.nonce AS "Nonce", c.action AS "Action", c.order_id AS "OrderId", c.contact_id AS "ContactId",
        c.conversation_id AS "ConversationId", c.detail AS "Detail", c.created_at AS "CreatedAt", c.expires_at AS "ExpiresAt",
        c.used_at AS "UsedAt", c.used_by_message AS "UsedByMessage", c.outcome AS "Outcome"
        """;

    /// <summary>The button as it was asked, or null when it was not.</summary>
    public static Task<OrderConfirmation?> Find(Tx tx, long tenantId, string nonce, string act) => tx.QueryFirst<OrderConfirmation>(
        $"SELECT {Columns} FROM order_confirmation c WHERE c.tenant_id = @tenantId AND c.nonce = @nonce AND c.action = @act", new { tenantId, nonce, act });

    /// <summary>A message in which the business asks carries this question.</summary>
    public static Task Carried(Tx tx, long tenantId, long messageId, long orderId, string nonce, long now) => tx.Execute("""
        INSERT INTO order_question (tenant_id, message_id, order_id, nonce, created_at) VALUES (@tenantId, @messageId, @orderId, @nonce, @now)
        """, new { tenantId, messageId, orderId, nonce, now });

    /// <summary>The question of the business that may still be answered, to be asked again; its time begins anew. Null when there is none.</summary>
    public static Task<string?> Renew(Tx tx, long tenantId, long orderId, long now) => tx.QueryFirst<string>("""
        UPDATE order_confirmation SET expires_at = @until WHERE tenant_id = @tenantId AND used_at IS NULL AND nonce = (
          SELECT q.nonce FROM order_question q WHERE q.tenant_id = @tenantId AND q.order_id = @orderId
          ORDER BY q.created_at DESC LIMIT 1) RETURNING nonce
        """, new { tenantId, orderId, until = now + OrderConfirmation.LifetimeOfBusiness });

    /// <summary>
    /// The button of a template that came back with its label alone (Twilio): of the message the tap names, or else of the business's
    /// latest question to this customer, open ones first. Null when the tap names another message of ours, or nothing was asked.
    /// </summary>
    public static async Task<OrderConfirmation?> ByLabel(Tx tx, long tenantId, long conversationId, long contactId, long tapMessageId, string act)
    {
        var named = await tx.QueryFirst<long?>("""
            SELECT q.id FROM message m JOIN message q ON q.conversation_id = m.conversation_id AND q.provider_id = m.replies_to AND q.tenant_id = m.tenant_id
            WHERE m.tenant_id = @tenantId AND m.id = @tapMessageId AND m.conversation_id = @conversationId AND m.replies_to IS NOT NULL
            """, new { tenantId, conversationId, tapMessageId });
        return await tx.QueryFirst<OrderConfirmation>($"""
            SELECT {Columns} FROM order_confirmation c JOIN order_question q ON q.tenant_id = c.tenant_id AND q.nonce = c.nonce
            WHERE c.tenant_id = @tenantId AND c.contact_id = @contactId AND c.action = @act {(named is null ? "" : "AND q.message_id = @named")}
            ORDER BY CASE WHEN c.used_at IS NULL THEN 0 ELSE 1 END, q.created_at DESC LIMIT 1
            """, new { tenantId, contactId, act, named });
    }

    /// <summary>The wish to change something that waits to be said, or that one of these messages said already; null when there is none.</summary>
    public static Task<OrderConfirmation?> Wish(Tx tx, long tenantId, long contactId, IReadOnlyCollection<long> messages) => tx.QueryFirst<OrderConfirmation>($"""
        SELECT {Columns} FROM order_confirmation c
        WHERE c.tenant_id = @tenantId AND c.contact_id = @contactId AND c.action = 'modify' AND c.outcome = 'change_asked'
          AND (c.wish_message IS NULL OR c.wish_message {tx.Dialect.In("messages")})
        ORDER BY c.used_at DESC LIMIT 1
        """, new { tenantId, contactId, messages = messages.ToArray() });

    /// <summary>False when it was said before.</summary>
    public static async Task<bool> Said(Tx tx, OrderConfirmation wish, long messageId) => await tx.Execute("""
        UPDATE order_confirmation SET wish_message = @messageId WHERE tenant_id = @TenantId AND nonce = @Nonce AND action = @Action AND wish_message IS NULL
        """, new { wish.TenantId, wish.Nonce, wish.Action, messageId }) > 0;

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
