using System.Globalization;
using System.Text;

namespace Relais.Engine.Flows.Liquid;

/// <summary>strftime: <c>%Y-%m-%d</c>, with its flags (- _ 0 ^ # :) and widths. English names, as Studio prints them.</summary>
internal static class LiquidDateText
{
    private const int Widest = 64;
    private static readonly DateTimeFormatInfo English = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <param name="cost">Characters that were made.</param>
    public static string Format(DateTimeOffset moment, string format, out long cost)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < format.Length)
        {
            var percent = format.IndexOf('%', at);
            if (percent < 0)
            {
                break;
            }

            text.Append(format, at, percent - at);
            at = percent + 1;
            var flags = at;
            while (at < format.Length && "-_0^#:".Contains(format[at], StringComparison.Ordinal))
            {
                at++;
            }

            var width = at;
            while (at < format.Length && char.IsAsciiDigit(format[at]))
            {
                at++;
            }

            if (at < format.Length)
            {
                var code = format[at++];
                text.Append(Piece(moment, code, format[flags..width], width == at - 1 ? null : format[width..(at - 1)]) ?? format[percent..at]);
            }
            else
            {
                text.Append(format, percent, at - percent);
            }
        }

        var made = text.Append(format, at, format.Length - at).ToString();
        cost = made.Length;
        return made;
    }

    private static string? Piece(DateTimeOffset moment, char code, string flags, string? wide)
    {
        // A composite is written out and formatted as a whole.
        if (Composite(code) is { } parts)
        {
            return Format(moment, parts, out _);
        }

        var width = wide is { Length: < 4 } && int.TryParse(wide, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, Widest) : 0;
        if (Raw(moment, code, flags, width) is not { } text)
        {
            return null;
        }

        text = flags.Contains('^', StringComparison.Ordinal) ? text.ToUpperInvariant()
            : !flags.Contains('#', StringComparison.Ordinal) ? text
            : text.Any(char.IsAsciiLetterLower) ? text.ToUpperInvariant() : text.ToLowerInvariant();
        var pad = flags.Contains('_', StringComparison.Ordinal) || ("aAbBceklpPh".Contains(code, StringComparison.Ordinal)
            && !flags.Contains('0', StringComparison.Ordinal)) ? ' ' : '0';
        return flags.Contains('-', StringComparison.Ordinal) ? text : text.PadLeft(width > 0 ? width : Width(code), pad);
    }

    private static string? Composite(char code) => code switch
    {
        'D' or 'x' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'T' or 'X' => "%H:%M:%S",
        'R' => "%H:%M",
        'r' => "%I:%M:%S %p",
        'c' => "%a %b %e %H:%M:%S %Y",
        _ => null,
    };

    private static int Width(char code) => code switch
    {
        'Y' => 4,
        'j' or 'L' => 3,
        'C' or 'd' or 'e' or 'H' or 'I' or 'k' or 'l' or 'm' or 'M' or 'S' or 'U' or 'W' or 'y' => 2,
        _ => 0,
    };

    private static string? Raw(DateTimeOffset m, char code, string flags, int width) => code switch
    {
        'a' => English.AbbreviatedDayNames[(int)m.DayOfWeek],
        'A' => English.DayNames[(int)m.DayOfWeek],
        'b' or 'h' => English.AbbreviatedMonthNames[m.Month - 1],
        'B' => English.MonthNames[m.Month - 1],
        'C' => Text(m.Year / 100),
        'd' or 'e' => Text(m.Day),
        'H' or 'k' => Text(m.Hour),
        'I' or 'l' => Text(m.Hour % 12 == 0 ? 12 : m.Hour % 12),
        'j' => Text(m.DayOfYear),
        'L' => Text(m.Millisecond),
        'm' => Text(m.Month),
        'M' => Text(m.Minute),
        'N' => m.Millisecond.ToString("000", CultureInfo.InvariantCulture)[..(width is 1 or 2 ? width : 3)].PadRight(width > 0 ? width : 9, '0'),
        'p' => m.Hour < 12 ? "AM" : "PM",
        'P' => m.Hour < 12 ? "am" : "pm",
        'q' => m.Day is 11 or 12 or 13 ? "th" : (m.Day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" },
        's' => m.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'S' => Text(m.Second),
        'u' => Text(m.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)m.DayOfWeek),
        'U' => Text(Week(m, DayOfWeek.Sunday)),
        'w' => Text((int)m.DayOfWeek),
        'W' => Text(Week(m, DayOfWeek.Monday)),
        'y' => Text(m.Year % 100),
        'Y' => Text(m.Year),
        'z' => Zone(m.Offset, flags.Contains(':', StringComparison.Ordinal)),
        'Z' => Zone(m.Offset, false),
        't' => "\t",
        'n' => "\n",
        '%' => "%",
        _ => null,
    };

    /// <summary>Days before the first Sunday (or Monday) of a year are in week 0.</summary>
    private static int Week(DateTimeOffset m, DayOfWeek first) => (m.DayOfYear - 1 - (((int)m.DayOfWeek - (int)first + 7) % 7) + 7) / 7;

    private static string Zone(TimeSpan offset, bool hasColon) => (offset < TimeSpan.Zero ? "-" : "+")
        + offset.ToString(hasColon ? @"hh\:mm" : "hhmm", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
