using NodaTime;
using Relais.Foundation;

namespace Relais.Reports;

/// <summary>
/// How long a bucket is. Days of a tenant are made of whole buckets, so where its clocks are not whole hours from UTC
/// (Kolkata, Kathmandu, Lord Howe) buckets are shorter.
/// </summary>
internal static class BucketWidth
{
    private static readonly long[] Widths = [Instants.Hour, 30 * Instants.Minute, 15 * Instants.Minute];

    /// <param name="zone">IANA name; an unknown one counts as UTC.</param>
    /// <returns>Microseconds: an hour, 30 or 15 minutes.</returns>
    public static long Of(string zone)
    {
        var place = Zones.Of(zone);
        var offsets = place.GetZoneIntervals(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2045, 1, 1, 0, 0))
            .Select(interval => interval.WallOffset.Ticks / 10).Distinct().ToList();
        return Array.Find(Widths, width => offsets.TrueForAll(offset => offset % width == 0)) is > 0 and var found ? found : Widths[^1];
    }

    /// <summary>The start of the bucket an instant lies in; instants are after 1970.</summary>
    public static long Floor(long micros, long width) => micros - (micros % width);
}
