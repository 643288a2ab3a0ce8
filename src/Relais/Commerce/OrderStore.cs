using Relais.Changes;
using Relais.Commerce.Orders;
using Relais.Storage;

namespace Relais.Commerce;

/// <summary>An order as stored.</summary>
internal sealed class Order
{
    /// <summary>The status of a cart that nobody has confirmed yet.</summary>
    public const string Draft = "draft";

    public long TenantId { get; init; }

    public long Id { get; init; }

    public string TrackingNumber { get; init; } = "";

    public long? ContactId { get; init; }

    /// <summary>What people say, such as CMD-1042; null for an order that is known by its tracking number only.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>What its customer is told as its number.</summary>
    public string Number => OrderNumber ?? TrackingNumber;

    /// <summary>draft, placed, confirmed, preparing, shipped, out_for_delivery, delivered, cancelled.</summary>
    public string Status { get; init; } = "";

    public string? Carrier { get; init; }

    /// <summary>ISO date, or null.</summary>
    public string? ExpectedOn { get; init; }

    /// <summary>In the currency's minor unit.</summary>
    public long? TotalMinor { get; init; }

    public string? Currency { get; init; }

    /// <summary>The message whose cart it was drafted from, or null.</summary>
    public long? MessageId { get; init; }

    /// <summary>What the customer wrote beside the cart, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Where it goes, or null.</summary>
    public string? Address { get; init; }

    /// <summary>When its customer was asked to confirm it, or null.</summary>
    public long? ConfirmationSentAt { get; init; }

    public long? ConfirmedAt { get; init; }

    public long? CancelledAt { get; init; }

    /// <summary>When the next step of reminding is due, or null.</summary>
    public long? RemindAt { get; init; }

    /// <summary>How often its customer was reminded.</summary>
    public long Reminders { get; init; }

    /// <summary>Since when it is listed for a call, or null.</summary>
    public long? CallAt { get; init; }

    /// <summary>Why the last message about it was not sent, or null.</summary>
    public string? MessageProblem { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }
}

internal static class OrderStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", tracking_number AS "TrackingNumber", contact_id AS "ContactId", status AS "Status",
        carrier AS "Carrier", expected_on AS "ExpectedOn", total_minor AS "TotalMinor", currency AS "Currency",
        message_id AS "MessageId", note AS "Note", order_number AS "OrderNumber", address AS "Address",
        confirmation_sent_at AS "ConfirmationSentAt", confirmed_at AS "ConfirmedAt", cancelled_at AS "CancelledAt", remind_at AS "RemindAt",
        reminders AS "Reminders", call_at AS "CallAt", message_problem AS "MessageProblem",
        created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    /// <summary>By either number. Carts are not found: nobody was given their number.</summary>
    public static Task<Order?> FindByTracking(Tx tx, long tenantId, string trackingNumber) => tx.QueryFirst<Order>($"""
        SELECT {Columns} FROM customer_order WHERE tenant_id = @tenantId AND (tracking_number = @number OR order_number = @number)
          AND (status <> 'draft' OR order_number IS NOT NULL) ORDER BY id LIMIT 1
        """, new { tenantId, number = trackingNumber.Trim().ToUpperInvariant() });

    /// <summary>As couriers name it, whatever its state; null for both when there is none.</summary>
    public static Task<Order?> FindByNumber(Tx tx, long tenantId, string? orderNumber, string? trackingNumber) => tx.QueryFirst<Order>($"""
        SELECT {Columns} FROM customer_order WHERE tenant_id = @tenantId AND ((CAST(@orderNumber AS TEXT) IS NOT NULL AND order_number = @orderNumber)
          OR (CAST(@trackingNumber AS TEXT) IS NOT NULL AND tracking_number = @trackingNumber)) ORDER BY id LIMIT 1
        """, new { tenantId, orderNumber = Clean(orderNumber), trackingNumber = Clean(trackingNumber) });

    public static Task<Order?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<Order>(
        $"SELECT {Columns} FROM customer_order WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>An order of this customer by its number, carts too; null for one of anybody else or of nobody.</summary>
    public static Task<Order?> FindOwn(Tx tx, long tenantId, long contactId, string number) => tx.QueryFirst<Order>($"""
        SELECT {Columns} FROM customer_order
        WHERE tenant_id = @tenantId AND (tracking_number = @number OR order_number = @number) AND contact_id = @contactId ORDER BY id LIMIT 1
        """, new { tenantId, contactId, number = number.Trim().ToUpperInvariant() });

    /// <summary>A customer's own orders, newest first.</summary>
    public static Task<List<Order>> OfContact(Tx tx, long tenantId, long contactId, int limit) => tx.Query<Order>(
        $"SELECT {Columns} FROM customer_order WHERE tenant_id = @tenantId AND contact_id = @contactId ORDER BY id DESC LIMIT @limit",
        new { tenantId, contactId, limit });

    /// <summary>
    /// Does an act if the order's state still allows it and it is no other customer's: the first statement looks at the state and holds
    /// the row, so that whoever comes at the same time sees the new one. What is due about the old state falls. False when it did not.
    /// </summary>
    /// <param name="status">The new one; null keeps it.</param>
    /// <param name="note">A line added to its note, or null.</param>
    /// <param name="by">Who, for the list of its moves.</param>
    public static async Task<bool> Change(
        Tx tx, long tenantId, long id, long contactId, IReadOnlyList<string> from, string? status, string? note, OrderBy by, long now)
    {
        var was = await tx.QueryFirst<string>($"""
            UPDATE customer_order SET updated_at = @now,
              note = CASE WHEN @note IS NULL THEN note WHEN note IS NULL THEN @note ELSE note || @newLine || @note END
            WHERE tenant_id = @tenantId AND id = @id AND (contact_id IS NULL OR contact_id = @contactId)
              AND status {tx.Dialect.In("from")}
            RETURNING status
            """, new { tenantId, id, contactId, from = from.ToArray(), note, newLine = "\n", now });
        if (was is null || status is null || status == was)
        {
            return was is not null;
        }

        await tx.Execute("""
            UPDATE customer_order SET status = @status, remind_at = NULL, call_at = NULL,
              confirmed_at = CASE WHEN @status = 'confirmed' AND confirmed_at IS NULL THEN @now ELSE confirmed_at END,
              cancelled_at = CASE WHEN @status = 'cancelled' THEN @now ELSE cancelled_at END
            WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, status, now });
        await OrderMoveStore.Add(tx, tenantId, id, was, status, by, now);
        return true;
    }

    /// <summary>Newest first; <paramref name="before"/> is the id of the last one already read.</summary>
    public static Task<List<Order>> Page(Tx tx, long tenantId, OrderFilter filter, long before, int limit)
    {
        var where = filter.Status is null ? "" : " AND status = @status";
        where += filter.ContactId is null ? "" : " AND contact_id = @contact";
        where += filter.ToCall ? " AND call_at IS NOT NULL" : "";
        where += filter.Sight is null ? "" : $" AND {filter.Sight.OfContact("contact_id")}";
        where += filter.Text is null ? "" : """
             AND (tracking_number LIKE @number OR order_number LIKE @number OR contact_id IN (
              SELECT k.id FROM contact k WHERE k.tenant_id = @tenantId AND (lower(k.name) LIKE @text OR k.phone LIKE @text)))
            """;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["tenantId"] = tenantId, ["before"] = before, ["limit"] = limit, ["status"] = filter.Status, ["contact"] = filter.ContactId,
            ["number"] = $"%{filter.Text?.ToUpperInvariant()}%", ["text"] = $"%{filter.Text?.ToLowerInvariant()}%",
        };
        foreach (var (name, value) in filter.Sight?.Values() ?? [])
        {
            values[name] = value;
        }

        return tx.Query<Order>($"SELECT {Columns} FROM customer_order WHERE tenant_id = @tenantId AND id < @before{where} ORDER BY id DESC LIMIT @limit", values);
    }

    /// <summary>Names of customers, for those orders that have one.</summary>
    public static async Task<Dictionary<long, string>> CustomerNames(Tx tx, long tenantId, IReadOnlyCollection<long> contacts) =>
        contacts.Count == 0 ? [] : (await tx.Query<(long Id, string Name)>($"""
            SELECT id, name FROM contact
            WHERE tenant_id = @tenantId AND name IS NOT NULL AND id {tx.Dialect.In("ids")}
            """, new { tenantId, ids = contacts.ToArray() })).ToDictionary(c => c.Id, c => c.Name);

    /// <summary>Who brings it and when; null stays, empty takes it away.</summary>
    public static Task<int> Describe(Tx tx, long tenantId, long id, string? carrier, string? expectedOn, long now) => tx.Execute("""
        UPDATE customer_order SET carrier = nullif(coalesce(CAST(@carrier AS TEXT), carrier), ''),
          expected_on = nullif(coalesce(CAST(@expectedOn AS TEXT), expected_on), ''), updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, carrier, expectedOn, now });

    /// <summary>The courier's own number; null, or one that another order has, changes nothing.</summary>
    public static Task<int> Track(Tx tx, long tenantId, long id, string? trackingNumber) => trackingNumber is null ? Task.FromResult(0) : tx.Execute("""
        UPDATE customer_order SET tracking_number = @trackingNumber WHERE tenant_id = @tenantId AND id = @id
          AND NOT EXISTS (SELECT 1 FROM customer_order o WHERE o.tenant_id = @tenantId AND o.tracking_number = @trackingNumber)
        """, new { tenantId, id, trackingNumber });

    /// <summary>The lines of these orders; orders that came from a record of the business have none.</summary>
    public static Task<List<OrderItem>> Items(Tx tx, long tenantId, IReadOnlyList<long> orders) => tx.Query<OrderItem>($"""
        SELECT tenant_id AS "TenantId", order_id AS "OrderId", line AS "Line", product_id AS "ProductId", name AS "Name",
          quantity AS "Quantity", price_minor AS "PriceMinor", currency AS "Currency"
        FROM customer_order_item WHERE tenant_id = @tenantId AND order_id {tx.Dialect.In("ids")} ORDER BY order_id, line
        """, new { tenantId, ids = orders.ToArray() });

    /// <summary>False when one of its numbers is taken: then nothing was written.</summary>
    public static async Task<bool> Insert(Tx tx, Order order)
    {
        var inserted = await tx.Execute("""
        INSERT INTO customer_order (tenant_id, id, tracking_number, contact_id, status, carrier, expected_on, total_minor, currency,
          message_id, note, order_number, address, created_at, updated_at)
        VALUES (@TenantId, @Id, @TrackingNumber, @ContactId, @Status, @Carrier, @ExpectedOn, @TotalMinor, @Currency,
          @MessageId, @Note, @OrderNumber, @Address, @CreatedAt, @UpdatedAt) ON CONFLICT DO NOTHING
        """, order);
        await SearchDue.Note(tx, order.TenantId, SearchKind.Order, order.Id);
        return inserted > 0;
    }

    /// <summary>Whether it is a number of either kind already.</summary>
    public static async Task<bool> IsTaken(Tx tx, long tenantId, string number) => await tx.QueryFirst<long>(
        "SELECT count(*) FROM customer_order WHERE tenant_id = @tenantId AND (tracking_number = @number OR order_number = @number)",
        new { tenantId, number }) > 0;

    /// <summary>Numbers are kept as they are looked up; null for an empty one.</summary>
    public static string? Clean(string? number) => string.IsNullOrWhiteSpace(number) ? null : number.Trim().ToUpperInvariant();
}
