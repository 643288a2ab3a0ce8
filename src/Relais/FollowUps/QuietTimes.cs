using NodaTime;
using Relais.Foundation;
using Relais.Outbox;

namespace Relais.FollowUps;

/// <summary>When a customer is left in peace: quiet hours and holidays, in their own time. Pure.</summary>
/// <param name="Zone">IANA name; an unknown one counts as UTC.</param>
/// <param name="Hours">Quiet hours in that zone.</param>
/// <param name="Days">The business's own holidays.</param>
/// <param name="Yearly">Holidays of the customer's country that fall on the same day each year.</param>
internal sealed record QuietTimes(string Zone, QuietHours Hours, IReadOnlySet<DateOnly> Days, IReadOnlySet<(int Month, int Day)> Yearly)
{
    /// <summary>Days in a row that can be closed before we take the list for a mistake and look again then.</summary>
    private const int MostDays = 400;

    public bool IsHoliday(long at) => IsHoliday(LocalDate(at));

    /// <summary>The first moment from <paramref name="at"/> on at which they may be written to; microseconds UTC.</summary>
    public long NextAllowed(long at)
    {
        var moment = at;
        for (var i = 0; i < MostDays; i++)
        {
            if (IsHoliday(moment))
            {
                moment = Math.Max(Tomorrow(moment), moment + Instants.Second);
            }
            else if (Hours.EndOf(moment) is { } morning)
            {
                moment = morning;
            }
            else
            {
                return moment;
            }
        }

        return moment;
    }

    private bool IsHoliday(LocalDate date) => Days.Contains(date.ToDateOnly()) || Yearly.Contains((date.Month, date.Day));

    private LocalDate LocalDate(long at) => Instant.FromUnixTimeTicks(at * 10).InZone(Place).Date;

    private long Tomorrow(long at) => Place.AtStartOfDay(LocalDate(at).PlusDays(1)).ToInstant().ToUnixTimeTicks() / 10;

    private DateTimeZone Place => Zones.Of(Zone);
}
