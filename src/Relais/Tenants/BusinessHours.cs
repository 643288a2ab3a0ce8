using NodaTime;
using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>From when until when, in the business's own time; an end that is not after the start lies on the next day.</summary>
/// <param name="From">Such as 09:00.</param>
/// <param name="Until">Such as 18:00; 00:00 is midnight.</param>
internal sealed record OpenPeriod(string? From, string? Until);

/// <summary>How it stands at one moment.</summary>
internal abstract record HoursNow
{
    /// <summary>Nobody has told: nothing is promised.</summary>
    internal sealed record Unknown : HoursNow;

    /// <param name="Until">Local time of closing; null when it does not close within a day.</param>
    internal sealed record Open(TimeOnly? Until) : HoursNow;

    /// <param name="Day">Local day of opening again; null when none of the next days is open.</param>
    /// <param name="At">Local time of it.</param>
    /// <param name="DaysAway">0 for today, 1 for tomorrow.</param>
    internal sealed record Closed(DateOnly? Day, TimeOnly At, int DaysAway) : HoursNow;
}

/// <summary>When people of a business are there. Pure.</summary>
/// <param name="Weekly">Monday first, seven lists.</param>
/// <param name="ClosedDates">Days, by their date, on which no period begins.</param>
internal sealed record BusinessHours(IReadOnlyList<IReadOnlyList<(TimeOnly From, TimeOnly Until)>> Weekly, IReadOnlySet<DateOnly> ClosedDates)
{
    private const int DaysLookedAt = 30;

    /// <param name="zone">IANA name; an unknown one counts as UTC.</param>
    /// <param name="now">Microseconds UTC.</param>
    public HoursNow At(string zone, long now)
    {
        var place = Zones.Of(zone);
        var instant = Instant.FromUnixTimeTicks(now * 10);
        var today = instant.InZone(place).Date;
        var periods = Enumerable.Range(-1, DaysLookedAt).SelectMany(day => On(today.PlusDays(day), place)).OrderBy(p => p.From).ToList();
        var current = periods.Where(p => p.From <= instant && instant < p.Until).Select(p => (Instant?)p.Until).Max();
        if (current is { } until)
        {
            foreach (var next in periods.Where(p => p.From <= until && p.Until > until))
            {
                until = next.Until;
            }

            return new HoursNow.Open(until - instant > Duration.FromHours(24) ? null : Local(until, place));
        }

        return periods.Find(p => p.From > instant) is { From: var opening } && opening > instant
            ? new HoursNow.Closed(
                opening.InZone(place).Date.ToDateOnly(), Local(opening, place), Period.DaysBetween(today, opening.InZone(place).Date))
            : new HoursNow.Closed(null, default, 0);
    }

    private static TimeOnly Local(Instant at, DateTimeZone place) => at.InZone(place).TimeOfDay.ToTimeOnly();

    private IEnumerable<(Instant From, Instant Until)> On(LocalDate day, DateTimeZone place)
    {
        if (ClosedDates.Contains(day.ToDateOnly()))
        {
            yield break;
        }

        foreach (var (from, until) in Weekly[(int)day.DayOfWeek - 1])
        {
            // A clock that springs over an hour: the next one that exists.
            yield return (
                day.At(LocalTime.FromTimeOnly(from)).InZoneLeniently(place).ToInstant(),
                (until > from ? day : day.PlusDays(1)).At(LocalTime.FromTimeOnly(until)).InZoneLeniently(place).ToInstant());
        }
    }
}
