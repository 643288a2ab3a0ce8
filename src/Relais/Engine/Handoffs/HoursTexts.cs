using System.Globalization;
using Relais.Engine.Ai;
using Relais.Tenants;

namespace Relais.Engine.Handoffs;

/// <summary>When a person may be expected: only what the business's hours say, never how long it takes. Empty where nothing is known.</summary>
internal static class HoursTexts
{
    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
    private static readonly string[] ArabicDays = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"];

    public static string Sentence(string language, HoursNow now, AutomaticMessages messages, string business) => now switch
    {
        HoursNow.Open { Until: { } until } => messages.Say(AutomaticMessages.HoursOpen, language, business, ("until", Time(until))),
        HoursNow.Closed { Day: { } day } closed => messages.Say(
            AutomaticMessages.HoursClosed, language, business, ("opens", Opening(language, day, closed.At, closed.DaysAway))),
        _ => "",
    };

    private static string Opening(string language, DateOnly day, TimeOnly at, int daysAway)
    {
        var named = (int)day.DayOfWeek;
        return language switch
        {
            AgentTexts.Arabic => (daysAway switch
            {
                0 => "اليوم",
                1 => "غداً",
                < 7 => $"يوم {ArabicDays[named]}",
                _ => $"يوم {OrderTexts.Day(language, day)}",
            }) + $" على الساعة {Time(at)}",
            AgentTexts.English => (daysAway switch
            {
                0 => "today",
                1 => "tomorrow",
                < 7 => "on " + day.DayOfWeek,
                _ => "on " + OrderTexts.Day(language, day),
            }) + $" at {Time(at)}",
            _ => (daysAway switch
            {
                0 => "aujourd'hui",
                1 => "demain",
                < 7 => FrenchDays[named],
                _ => "le " + OrderTexts.Day(language, day),
            }) + $" à {Time(at)}",
        };
    }

    private static string Time(TimeOnly at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
}
