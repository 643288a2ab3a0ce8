using System.Globalization;
using NodaTime;
using Relais.Foundation;

namespace Relais.Reports;

/// <summary>
/// A stretch of time and its points, cut in the tenant's time zone. Pure. Days, weeks (from Monday) and months begin at local
/// midnight, so that one of them may have 23 or 25 hours.
/// </summary>
internal sealed record ReportRange(long From, long Until, long PreviousFrom, long PreviousUntil, string Bucket, IReadOnlyList<long> Points)
{
    private const int MostPoints = 800;
    private const int MostDays = 1100;

    /// <param name="asked">As asked for.</param>
    /// <param name="place">Whose.</param>
    /// <param name="now">Microseconds UTC.</param>
    /// <param name="range">From a bucket's start to a bucket's end.</param>
    public static IResult? Read(ReportQuery asked, ReportPlace place, long now, out ReportRange range)
    {
        range = new ReportRange(0, 0, 0, 0, "hour", []);
        var zone = Zones.Of(place.TimeZone);
        var today = At(now).InZone(zone).Date;
        var width = place.UsedWidth;
        var end = BucketWidth.Floor(now, width) + width;
        long from, until, before;
        switch (string.IsNullOrEmpty(asked.Range) ? "7d" : asked.Range)
        {
            case "today":
                (from, until, before) = (Midnight(today, zone), end, Midnight(today.PlusDays(-1), zone));
                break;
            case "7d" or "30d" or "90d":
                var days = asked.Range is "30d" ? 30 : asked.Range is "90d" ? 90 : 7;
                (from, until, before) = (Midnight(today.PlusDays(1 - days), zone), end, Midnight(today.PlusDays(1 - (2 * days)), zone));
                break;
            case "custom":
                if (Moment(asked.From, zone, isEnd: false) is not { } begins)
                {
                    return Problems.Invalid400("from", "from is a day such as 2026-05-01 or an instant such as 2026-05-01T08:00:00Z.");
                }

                if (Moment(asked.Until, zone, isEnd: true) is not { } ends || ends <= begins || ends - begins > MostDays * Instants.Day)
                {
                    return Problems.Invalid400("until", $"until is a day or an instant after from, at most {MostDays} days later.");
                }

                (from, until) = (BucketWidth.Floor(begins, width), BucketWidth.Floor(ends - 1, width) + width);
                before = Math.Max(0, from - (until - from));
                break;
            default:
                return Problems.Invalid400("range", "range is today, 7d, 30d, 90d or custom.");
        }

        var bucket = string.IsNullOrEmpty(asked.Bucket) || asked.Bucket == "auto" ? Auto(until - from) : asked.Bucket;
        if (bucket is not ("hour" or "day" or "week" or "month"))
        {
            return Problems.Invalid400("bucket", "bucket is auto, hour, day, week or month.");
        }

        var points = PointsOf(from, until, bucket, zone);
        if (points.Count > MostPoints)
        {
            return Problems.Invalid400("bucket", $"That would be more than {MostPoints} points; ask for longer ones.");
        }

        range = new ReportRange(from, until, before, asked.Range is "custom" ? from : before + (until - from), bucket, points);
        return null;
    }

    public static long Midnight(LocalDate day, DateTimeZone zone) => Micros(zone.AtStartOfDay(day).ToInstant());

    /// <summary>Which point an instant belongs to.</summary>
    public int PointAt(long micros)
    {
        var (low, high) = (0, Points.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Points[middle] <= micros ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>The end of the point that begins at or before an instant.</summary>
    public long EndOf(long micros)
    {
        var point = PointAt(micros);
        return point + 1 < Points.Count ? Points[point + 1] : Until;
    }

    public static Instant At(long micros) => Instant.FromUnixTimeTicks(micros * 10);

    private static long Micros(Instant instant) => instant.ToUnixTimeTicks() / 10;

    private static string Auto(long length) => (length / Instants.Day) switch { <= 2 => "hour", <= 92 => "day", <= 400 => "week", _ => "month" };

    private static List<long> PointsOf(long from, long until, string bucket, DateTimeZone zone)
    {
        var points = new List<long> { from };
        if (bucket == "hour")
        {
            // Hours of the clock, also where it is not whole hours from UTC.
            var local = At(from).InZone(zone);
            var first = from + Instants.Hour - (local.TimeOfDay.TickOfDay / 10 % Instants.Hour);
            for (var at = first; at < until && points.Count <= MostPoints; at += Instants.Hour)
            {
                points.Add(at);
            }

            return points;
        }

        var day = At(from).InZone(zone).Date;
        while (points.Count <= MostPoints)
        {
            day = bucket switch
            {
                "day" => day.PlusDays(1),
                "week" => day.PlusDays(8 - (int)day.DayOfWeek),
                _ => day.With(DateAdjusters.StartOfMonth).PlusMonths(1),
            };
            var at = Midnight(day, zone);
            if (at >= until)
            {
                break;
            }

            points.Add(at);
        }

        return points;
    }

    private static long? Moment(string? text, DateTimeZone zone, bool isEnd)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 2200)
        {
            return Midnight(LocalDate.FromDateOnly(day).PlusDays(isEnd ? 1 : 0), zone);
        }

        return text is { Length: > 10 } && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && instant.Year is > 1970 and < 2200 ? Instants.ToMicros(instant) : null;
    }
}
