using NodaTime;
using Relais.Foundation;

namespace Relais.Outbox;

/// <summary>When nobody is written to unasked, in the customer's own time.</summary>
/// <param name="Zone">IANA name; an unknown one counts as UTC.</param>
/// <param name="FromMinute">Minute of the day at which it begins, 0 to 1439.</param>
/// <param name="UntilMinute">Minute at which it ends, of the next day when it is the earlier one; the same: never quiet.</param>
internal sealed record QuietHours(string Zone, int FromMinute, int UntilMinute)
{
    private const int Day = 24 * 60;

    public static QuietHours None { get; } = new("UTC", 0, 0);

    /// <summary>When the quiet time that <paramref name="now"/> is in ends (microseconds UTC), or null when it is in none.</summary>
    public long? EndOf(long now)
    {
        if (FromMinute == UntilMinute)
        {
            return null;
        }

        var zone = Zones.Of(Zone);
        var local = Instant.FromUnixTimeTicks(now * 10).InZone(zone).LocalDateTime;
        var minute = (local.Hour * 60) + local.Minute;
        var isOverNight = FromMinute > UntilMinute;
        var isQuiet = isOverNight ? minute >= FromMinute || minute < UntilMinute : minute >= FromMinute && minute < UntilMinute;
        if (!isQuiet)
        {
            return null;
        }

        // A clock that springs over the end, or passes it twice: the end moves forward, or is its first passing.
        var day = isOverNight && minute >= FromMinute ? local.Date.PlusDays(1) : local.Date;
        var end = day.At(new LocalTime(UntilMinute % Day / 60, UntilMinute % 60)).InZoneLeniently(zone).ToInstant();
        return Math.Max(end.ToUnixTimeTicks() / 10, now + Instants.Second);
    }
}
