namespace Relais.Commerce.Orders;

/// <summary>Who moves an order. The word in small letters is stored.</summary>
internal enum OrderActor
{
    /// <summary>Of the business, at the desk or by the API.</summary>
    Person,

    /// <summary>By a tap.</summary>
    Customer,

    Courier,

    /// <summary>An import, a file, the server itself.</summary>
    System,
}

/// <summary>Who moved an order, and why.</summary>
/// <param name="Actor">Who.</param>
/// <param name="AgentId">The person; null for others.</param>
/// <param name="Why">A few words, or null.</param>
internal sealed record OrderBy(OrderActor Actor, long? AgentId = null, string? Why = null)
{
    public static OrderBy Customer { get; } = new(OrderActor.Customer);

    /// <summary>As stored.</summary>
    public string Word => Actor.ToString().ToLowerInvariant();
}

/// <summary>
/// The states of an order, and who may take it from one to another. draft → placed → confirmed → preparing → shipped → out_for_delivery →
/// delivered; cancelled before it has left. Pure. Promises: nothing leaves cancelled; a courier goes forward only; a customer changes
/// nothing that has left; only people mend a step that was clicked too early.
/// </summary>
internal static class OrderMachine
{
    public const string Placed = "placed";
    public const string Confirmed = "confirmed";
    public const string Preparing = "preparing";
    public const string Shipped = "shipped";
    public const string OutForDelivery = "out_for_delivery";
    public const string Delivered = "delivered";
    public const string Cancelled = "cancelled";

    private static readonly string[] Delivery = [Confirmed, Preparing, Shipped, OutForDelivery, Delivered];

    /// <summary>What has not left yet.</summary>
    private static readonly string[] Here = [Order.Draft, Placed, Confirmed, Preparing];

    public static IReadOnlyList<string> Statuses { get; } = [Order.Draft, Placed, .. Delivery, Cancelled];

    /// <summary>What a courier tells of.</summary>
    public static IReadOnlyList<string> OfCouriers { get; } = [Shipped, OutForDelivery, Delivered];

    public static bool IsStatus(string status) => Statuses.Contains(status);

    public static bool Allows(OrderActor who, string from, string to) => From(who, to).Contains(from);

    /// <summary>The states from which that one may take an order to <paramref name="to"/>; the same state among them changes nothing.</summary>
    public static IReadOnlyList<string> From(OrderActor who, string to) => who switch
    {
        OrderActor.Person => ByPerson(to),
        OrderActor.Customer => ByCustomer(to),
        OrderActor.Courier => OfCouriers.Contains(to) ? [Placed, .. Delivery.TakeWhile(s => s != to)] : [],
        OrderActor.System => to == Placed ? [Order.Draft] : to == Cancelled ? [Order.Draft, Placed] : [],
        _ => [],
    };

    private static IReadOnlyList<string> ByPerson(string to) => to switch
    {
        Placed => [Order.Draft],
        Confirmed => [Order.Draft, Placed, .. Delivery],
        Cancelled => Here,
        _ when Delivery.Contains(to) => Delivery,
        _ => [],
    };

    private static IReadOnlyList<string> ByCustomer(string to) => to switch
    {
        Order.Draft => [Order.Draft, Placed],
        Confirmed => [Order.Draft, Placed],
        Cancelled => Here,
        _ => [],
    };
}
