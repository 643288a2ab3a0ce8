using NodaTime;
using Relais.Commerce.Messages;
using Relais.Foundation;

namespace Relais.Commerce.Orders;

/// <summary>What customers are told when their order comes to a status.</summary>
/// <param name="Status">confirmed, preparing, shipped, out_for_delivery, delivered or cancelled.</param>
/// <param name="Enabled">Whether they are told.</param>
/// <param name="Words">In their language; {order}, {tracking}, {carrier}, {day}, {name} and {business} stand for the order's own.</param>
/// <param name="Template">Sent instead outside the service window; null: nothing is sent then.</param>
internal sealed record OrderNotice(string Status, bool Enabled, LocalText Words, string? Template)
{
    /// <summary>As long as a text may be on either provider.</summary>
    public const int LongestWords = 1_000;

    public static IReadOnlyList<string> Placeholders { get; } = ["order", "tracking", "carrier", "day", "name", "business"];

    /// <summary>As it comes with Relais, status by status.</summary>
    public static IReadOnlyList<OrderNotice> Usual { get; } =
    [
        new(OrderMachine.Confirmed, false, new LocalText(null,
            "✅ Votre commande {order} est confirmée.", "✅ تم تأكيد طلبك {order}.", "✅ Your order {order} is confirmed."), "order_confirmation"),
        new(OrderMachine.Preparing, false, new LocalText(null,
            "📦 Votre commande {order} est en cours de préparation.", "📦 طلبك {order} قيد التحضير.", "📦 Your order {order} is being prepared."), null),
        new(OrderMachine.Shipped, true, new LocalText(null,
            "🚚 *Votre colis est en route !*\n\n📦 Commande : {order}\n🔢 Suivi : {tracking}\n🏷️ Transporteur : {carrier}\n📅 Livraison prévue : {day}\n\nMerci ! 🎉",
            "🚚 *طردك في الطريق إليك!*\n\n📦 الطلب: {order}\n🔢 رقم التتبع: {tracking}\n🏷️ شركة التوصيل: {carrier}\n📅 التسليم المتوقع: {day}\n\nشكراً لك! 🎉",
            "🚚 *Your parcel is on its way!*\n\n📦 Order: {order}\n🔢 Tracking: {tracking}\n🏷️ Carrier: {carrier}\n📅 Expected delivery: {day}\n\nThank you! 🎉"), "delivery_notification"),
        new(OrderMachine.OutForDelivery, true, new LocalText(null,
            "🛵 Votre colis est en cours de livraison.\n\n📦 Commande : {order}\n🏷️ Transporteur : {carrier}\n📅 Livraison prévue : {day}",
            "🛵 طردك قيد التوصيل الآن.\n\n📦 الطلب: {order}\n🏷️ شركة التوصيل: {carrier}\n📅 التسليم المتوقع: {day}",
            "🛵 Your parcel is out for delivery.\n\n📦 Order: {order}\n🏷️ Carrier: {carrier}\n📅 Expected delivery: {day}"), "order_out_for_delivery"),
        new(OrderMachine.Delivered, true, new LocalText(null,
            "🎉 Votre commande {order} est livrée. Merci de votre confiance !", "🎉 تم تسليم طلبك {order}. شكرًا لثقتك بنا!",
            "🎉 Your order {order} has been delivered. Thank you!"), "order_delivered"),
        new(OrderMachine.Cancelled, false, new LocalText(null,
            "❌ Votre commande {order} est annulée.", "❌ طلبك {order} ملغى.", "❌ Your order {order} is cancelled."), null),
    ];

    /// <summary>
    /// The words with the order's own in them. A line that names something nobody knows is left out: there is no "tomorrow" of a
    /// day that was not told or has passed.
    /// </summary>
    /// <param name="language">fr, ar or en.</param>
    /// <param name="order">The order.</param>
    /// <param name="name">The customer's, or null.</param>
    /// <param name="business">The business's.</param>
    /// <param name="today">Where the business is.</param>
    public string Text(string language, Order order, string? name, string business, DateOnly today)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["order"] = order.Number, ["tracking"] = order.TrackingNumber, ["carrier"] = order.Carrier, ["name"] = name, ["business"] = business,
            ["day"] = DeliveryNotification.Day(language, DayOf(order), today),
        };
        var lines = new List<string>();
        foreach (var line in Words.In(language).Split('\n'))
        {
            var text = line;
            var isKnown = true;
            foreach (var (word, value) in values)
            {
                if (text.Contains($"{{{word}}}", StringComparison.Ordinal))
                {
                    isKnown &= !string.IsNullOrWhiteSpace(value);
                    text = text.Replace($"{{{word}}}", ShortText.Fit(ShortText.OneLine(value ?? ""), 80), StringComparison.Ordinal);
                }
            }

            if (isKnown)
            {
                lines.Add(text);
            }
        }

        return string.Join('\n', lines).Trim();
    }

    public static DateOnly? DayOf(Order order) =>
        DateOnly.TryParseExact(order.ExpectedOn, "yyyy-MM-dd", out var day) ? day : null;

    /// <summary>The day it is where the business is.</summary>
    /// <param name="zone">IANA name; an unknown one counts as UTC.</param>
    /// <param name="now">Microseconds UTC.</param>
    public static DateOnly Today(string zone, long now)
    {
        var date = Instant.FromUnixTimeTicks(now * 10).InZone(Zones.Of(zone)).Date;
        return new DateOnly(date.Year, date.Month, date.Day);
    }
}
