using System.Globalization;
using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>Days and times as customers write them: 2026-12-05, 5/12/2026, 5/12, demain, tomorrow, غدا, lundi, 14h30. Day before month, as in our languages' countries.</summary>
internal static partial class FlowDates
{
    private static readonly Dictionary<string, int> Words = Spelled(
        (0, "aujourd'hui aujourdhui today اليوم"), (1, "demain tomorrow غدا غدوة"), (2, "apres-demain apresdemain بعدغد"));

    private static readonly Dictionary<string, int> Weekdays = Spelled(
        (0, "dimanche sunday الاحد"), (1, "lundi monday الاثنين الاتنين"), (2, "mardi tuesday الثلاثاء"), (3, "mercredi wednesday الاربعاء"),
        (4, "jeudi thursday الخميس"), (5, "vendredi friday الجمعة"), (6, "samedi saturday السبت"));

    private static readonly Dictionary<string, int> Months = Spelled(
        (1, "janvier january يناير"), (2, "fevrier february فبراير"), (3, "mars march مارس"), (4, "avril april ابريل"), (5, "mai may ماي مايو"),
        (6, "juin june يونيو"), (7, "juillet july يوليوز يوليو"), (8, "aout august غشت اغسطس"), (9, "septembre september شتنبر سبتمبر"),
        (10, "octobre october اكتوبر"), (11, "novembre november نونبر نوفمبر"), (12, "decembre december دجنبر ديسمبر"));

    /// <summary>Null for what is no day. Without a year it is the next one of that date, from the customer's today on.</summary>
    public static DateOnly? Day(string text, FlowWorld world)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(world.Now, world.Zone).DateTime);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
        {
            return iso;
        }

        if (Numbers().Match(text) is { Success: true } written)
        {
            return Dated(int.Parse(written.Groups["day"].Value, CultureInfo.InvariantCulture), int.Parse(written.Groups["month"].Value, CultureInfo.InvariantCulture), written.Groups["year"].Value, today);
        }

        var words = TextFolding.FoldWords(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (Words.TryGetValue(word, out var days))
            {
                return today.AddDays(days);
            }

            if (Weekdays.TryGetValue(word, out var weekday))
            {
                var ahead = (weekday - (int)today.DayOfWeek + 7) % 7;
                return today.AddDays(ahead == 0 ? 7 : ahead);
            }
        }

        var month = Array.FindIndex(words, Months.ContainsKey);
        return month > 0 && int.TryParse(words[month - 1].TrimEnd('e', 'r', 't', 'h', 's', 'n', 'd'), NumberStyles.None, CultureInfo.InvariantCulture, out var of)
            ? Dated(of, Months[words[month]], words.ElementAtOrDefault(month + 1) ?? "", today) : null;
    }

    public static TimeOnly? Time(string text) =>
        Clock().Match(text) is { Success: true } written
        && int.Parse(written.Groups["hour"].Value, CultureInfo.InvariantCulture) is var hour
        && (written.Groups["minute"].Value is { Length: > 0 } m ? int.Parse(m, CultureInfo.InvariantCulture) : 0) is var minute
        && (written.Groups["half"].Value.ToUpperInvariant() switch { "PM" when hour < 12 => hour + 12, "AM" when hour == 12 => 0, _ => hour }) is var whole
        && whole < 24 && minute < 60 ? new TimeOnly(whole, minute) : null;

    private static DateOnly? Dated(int day, int month, string year, DateOnly today)
    {
        var isKnown = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var of);
        of = !isKnown ? today.Year : of < 100 ? 2000 + of : of;
        if (month is < 1 or > 12 || of is < 1900 or > 2200 || day < 1 || day > DateTime.DaysInMonth(of, month))
        {
            return null;
        }

        var found = new DateOnly(of, month, day);
        return isKnown || found >= today || day > DateTime.DaysInMonth(of + 1, month) ? found : new DateOnly(of + 1, month, day);
    }

    private static Dictionary<string, int> Spelled(params (int Value, string Words)[] lines) => lines
        .SelectMany(l => l.Words.Split(' ').Select(w => (Word: TextFolding.FoldWords(w).Replace(" ", "", StringComparison.Ordinal), l.Value)))
        .DistinctBy(w => w.Word).ToDictionary(w => w.Word, w => w.Value, StringComparer.Ordinal);

    [GeneratedRegex(@"^\s*(?<day>\d{1,2})\s*[/.\-]\s*(?<month>\d{1,2})(\s*[/.\-]\s*(?<year>\d{4}|\d{2}))?\s*$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^\s*(a|à|at)?\s*(?<hour>\d{1,2})\s*([:hH.]\s*(?<minute>\d{2})?)?\s*(?<half>[aApP][mM])?\s*$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Clock();
}
