using System.Globalization;

namespace Relais.Engine.Flows.Liquid;

/// <summary>date and its relatives. Dates without a zone are UTC's; they are printed in the zone of the run's "now", or the one named.</summary>
internal static class LiquidDateFilters
{
    public static readonly Dictionary<string, LiquidFilter> All = new(StringComparer.Ordinal)
    {
        ["date"] = (v, a) => Date(v, a, a.Count > 0 ? a.Text(0) : "%A, %B %-e, %Y at %-l:%M %P %z", a[1]),
        ["date_to_xmlschema"] = (v, a) => Date(v, a, "%Y-%m-%dT%H:%M:%S%:z", null),
        ["date_to_rfc822"] = (v, a) => Date(v, a, "%a, %d %b %Y %H:%M:%S %z", null),
        ["date_to_string"] = (v, a) => Named(v, a, "%b"),
        ["date_to_long_string"] = (v, a) => Named(v, a, "%B"),
    };

    /// <summary>What is no date stays as it is.</summary>
    private static object? Date(object? value, LiquidArguments arguments, string format, object? zone)
    {
        if (Read(value, arguments.Run.Limits.Now) is not { } moment)
        {
            return value;
        }

        var text = LiquidDateText.Format(InZone(moment, zone, arguments.Run.Limits.Now.Offset), format, out var cost);
        return arguments.Run.Afford(cost) ? text : "";
    }

    private static object? Named(object? value, LiquidArguments arguments, string month)
    {
        var isOrdinal = arguments.Text(0) == "ordinal";
        var format = !isOrdinal ? $"%d {month} %Y" : arguments.Text(1) == "US" ? $"{month} %-d%q, %Y" : $"%-d%q {month} %Y";
        return Date(value, arguments, format, null);
    }

    private static DateTimeOffset? Read(object? value, DateTimeOffset now) => value switch
    {
        "now" or "today" => now,
        double seconds => OfSeconds(seconds),
        string text when text.Length is > 0 and < 20 && text.All(char.IsAsciiDigit) => OfSeconds(double.Parse(text, CultureInfo.InvariantCulture)),
        string text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) && HasDay(text) ? read : null,
        _ => null,
    };

    /// <summary>A time alone is no date to the reference, and a word that happens to be a month none to people.</summary>
    private static bool HasDay(string text) => text.Count(char.IsAsciiDigit) >= 4 && !(text.Length <= 8 && text.Contains(':', StringComparison.Ordinal));

    private static DateTimeOffset? OfSeconds(double seconds) =>
        seconds is > -62_135_596_800d and < 253_402_300_800d ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;

    /// <param name="zone">Minutes west of UTC (as in JavaScript) or a name such as Africa/Casablanca; null for the run's own.</param>
    private static DateTimeOffset InZone(DateTimeOffset moment, object? zone, TimeSpan own)
    {
        var offset = zone switch
        {
            double minutes when Math.Abs(minutes) <= 14 * 60 => TimeSpan.FromMinutes(-(int)minutes),
            string name when TimeZoneInfo.TryFindSystemTimeZoneById(name, out var known) => known.GetUtcOffset(moment),
            _ => own,
        };
        var inside = moment.UtcTicks + offset.Ticks;
        return inside < DateTime.MinValue.Ticks || inside > DateTime.MaxValue.Ticks ? moment : moment.ToOffset(offset);
    }
}
