namespace Relais.Commerce;

/// <summary>
/// From which states people may move an order on. Confirming and cancelling keep the rules of <see cref="OrderAct"/>; an order that
/// was confirmed moves freely between the steps of its delivery, because people mend what they clicked; nothing leaves cancelled.
/// </summary>
internal static class OrderProgress
{
    private static readonly string[] Delivery = ["confirmed", "preparing", "shipped", "out_for_delivery", "delivered"];

    public static IReadOnlyList<string> Statuses { get; } = [Order.Draft, "pending", .. Delivery, "cancelled"];

    public static bool IsStatus(string status) => Statuses.Contains(status);

    /// <summary>The states from which an order may become <paramref name="status"/>; none for a draft.</summary>
    public static IReadOnlyList<string> From(string status) => status switch
    {
        "pending" => [Order.Draft],
        "confirmed" => [.. OrderAct.States(OrderAct.Confirm), .. Delivery],
        "cancelled" => OrderAct.States(OrderAct.Cancel),
        _ when Delivery.Contains(status) => Delivery,
        _ => [],
    };
}
