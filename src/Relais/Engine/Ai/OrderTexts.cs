using System.Globalization;

namespace Relais.Engine.Ai;

/// <summary>An order's state as a sentence, with carrier and expected day when they are known and still matter.</summary>
internal static class OrderTexts
{
    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] ArabicMonths =
        ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static string Status(string language, OrderFact order)
    {
        var sentence = language switch
        {
            AgentTexts.Arabic => Arabic(order),
            AgentTexts.English => English(order),
            _ => French(order),
        };
        return IsOnItsWay(order.Status) && order.ExpectedOn is { } day
            ? sentence + "\n" + Expected(language, day)
            : sentence;
    }

    /// <summary>Day and month in the language's own words. Own tables: an ICU culture may switch calendar or digits under us.</summary>
    public static string Day(string language, DateOnly day)
    {
        var number = day.Day.ToString(CultureInfo.InvariantCulture);
        return language switch
        {
            AgentTexts.Arabic => $"{number} {ArabicMonths[day.Month - 1]}",
            AgentTexts.English => $"{EnglishMonths[day.Month - 1]} {number}",
            _ => $"{(day.Day == 1 ? "1er" : number)} {FrenchMonths[day.Month - 1]}",
        };
    }

    private static bool IsOnItsWay(string status) =>
        status is "placed" or "confirmed" or "preparing" or "shipped" or "out_for_delivery";

    private static string Expected(string language, DateOnly day) => language switch
    {
        AgentTexts.Arabic => $"📅 التسليم متوقع يوم {Day(language, day)}.",
        AgentTexts.English => $"📅 Expected delivery: {Day(language, day)}.",
        _ => $"📅 Livraison prévue le {Day(language, day)}.",
    };

    private static string French(OrderFact order) => order.Status switch
    {
        "placed" => $"🕐 Votre commande {order.TrackingNumber} est bien enregistrée et attend sa confirmation.",
        "confirmed" => $"✅ Votre commande {order.TrackingNumber} est confirmée.",
        "preparing" => $"📦 Votre commande {order.TrackingNumber} est en cours de préparation.",
        "shipped" => $"🚚 Votre commande {order.TrackingNumber} est expédiée{By(order, " avec ")}.",
        "out_for_delivery" => $"🚚 Votre commande {order.TrackingNumber} est en cours de livraison{By(order, " avec ")}.",
        "delivered" => $"🎉 Votre commande {order.TrackingNumber} est livrée.",
        "cancelled" => $"❌ Votre commande {order.TrackingNumber} est annulée.",
        _ => $"📦 Votre commande {order.TrackingNumber} est bien enregistrée chez nous.",
    };

    private static string Arabic(OrderFact order) => order.Status switch
    {
        "placed" => $"🕐 طلبك {order.TrackingNumber} مسجّل وهو في انتظار التأكيد.",
        "confirmed" => $"✅ تم تأكيد طلبك {order.TrackingNumber}.",
        "preparing" => $"📦 طلبك {order.TrackingNumber} قيد التحضير.",
        "shipped" => $"🚚 تم شحن طلبك {order.TrackingNumber}{By(order, " مع ")}.",
        "out_for_delivery" => $"🚚 طلبك {order.TrackingNumber} في الطريق إليك{By(order, " مع ")}.",
        "delivered" => $"🎉 تم تسليم طلبك {order.TrackingNumber}.",
        "cancelled" => $"❌ طلبك {order.TrackingNumber} ملغى.",
        _ => $"📦 طلبك {order.TrackingNumber} مسجّل لدينا.",
    };

    private static string English(OrderFact order) => order.Status switch
    {
        "placed" => $"🕐 Your order {order.TrackingNumber} is registered and waiting for confirmation.",
        "confirmed" => $"✅ Your order {order.TrackingNumber} is confirmed.",
        "preparing" => $"📦 Your order {order.TrackingNumber} is being prepared.",
        "shipped" => $"🚚 Your order {order.TrackingNumber} has been shipped{By(order, " with ")}.",
        "out_for_delivery" => $"🚚 Your order {order.TrackingNumber} is out for delivery{By(order, " with ")}.",
        "delivered" => $"🎉 Your order {order.TrackingNumber} has been delivered.",
        "cancelled" => $"❌ Your order {order.TrackingNumber} is cancelled.",
        _ => $"📦 Your order {order.TrackingNumber} is registered with us.",
    };

    private static string By(OrderFact order, string with) => string.IsNullOrWhiteSpace(order.Carrier) ? "" : with + order.Carrier.Trim();
}
