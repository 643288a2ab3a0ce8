using System.Globalization;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Commerce.Messages;

/// <summary>
/// System A's "your parcel is on its way". The day is the order's own: "tomorrow" only when that is tomorrow, and no word of a
/// day that is unknown or has passed. Pure.
/// </summary>
internal static class DeliveryNotification
{
    private const int LongestNumber = 80;

    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] ArabicMonths =
        ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <param name="language">fr, ar or en.</param>
    /// <param name="order">The order's number, or null when only the tracking number is known.</param>
    /// <param name="tracking">The tracking number.</param>
    /// <param name="carrier">Who brings it, or null.</param>
    /// <param name="expected">When it is expected, or null.</param>
    /// <param name="today">Where the business is.</param>
    public static OutboundContent.Text Of(string language, string? order, string tracking, string? carrier, DateOnly? expected, DateOnly today)
    {
        var (title, orderWord, trackingWord, carrierWord, dayWord, thanks) = language switch
        {
            "ar" => ("طردك في الطريق إليك!", "الطلب:", "رقم التتبع:", "شركة التوصيل:", "التسليم المتوقع:", "شكراً لك! 🎉"),
            "en" => ("Your parcel is on its way!", "Order:", "Tracking:", "Carrier:", "Expected delivery:", "Thank you! 🎉"),
            _ => ("Votre colis est en route !", "Commande :", "Suivi :", "Transporteur :", "Livraison prévue :", "Merci ! 🎉"),
        };
        var lines = new List<string> { $"🚚 *{title}*", "" };
        Add("📦", orderWord, order);
        Add("🔢", trackingWord, tracking);
        Add("🏷️", carrierWord, carrier);
        Add("📅", dayWord, Day(language, expected, today));
        lines.Add("");
        lines.Add(thanks);
        return new OutboundContent.Text(string.Join('\n', lines));

        void Add(string sign, string word, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                lines.Add($"{sign} {word} {ShortText.Fit(ShortText.OneLine(value), LongestNumber)}");
            }
        }
    }

    /// <summary>"demain", "le 4 mai"; null for a day that is unknown or has passed.</summary>
    public static string? Day(string language, DateOnly? expected, DateOnly today)
    {
        if (expected is not { } day || day < today)
        {
            return null;
        }

        var number = day.Day.ToString(CultureInfo.InvariantCulture);
        return (day.DayNumber - today.DayNumber, language) switch
        {
            (0, "ar") => "اليوم",
            (0, "en") => "today",
            (0, _) => "aujourd'hui",
            (1, "ar") => "غداً",
            (1, "en") => "tomorrow",
            (1, _) => "demain",
            (_, "ar") => $"{number} {ArabicMonths[day.Month - 1]}",
            (_, "en") => $"{EnglishMonths[day.Month - 1]} {number}",
            _ => $"le {(day.Day == 1 ? "1er" : number)} {FrenchMonths[day.Month - 1]}",
        };
    }
}
