using System.Globalization;
using System.Text;

namespace Relais.Engine.Flows.Liquid;

/// <summary>Numbers as JavaScript has them: what reads as one, and how one looks.</summary>
internal static class LiquidNumber
{
    /// <summary>A number, or what reads as one; null when it does not.</summary>
    public static double? Read(object? value)
    {
        switch (value)
        {
            case double number:
                return number;
            case bool yes:
                return yes ? 1 : 0;
            case string text:
                var trimmed = text.AsSpan().Trim();
                return trimmed.IsEmpty ? 0
                    : double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                        CultureInfo.InvariantCulture, out var read) && double.IsFinite(read) ? read : null;
            default:
                return null;
        }
    }

    /// <summary>A number; 0 for what is none.</summary>
    public static double Of(object? value) => Read(value) ?? 0;

    /// <summary>Without its fraction, within the range of an int.</summary>
    public static int Whole(object? value) => (int)Math.Clamp(Math.Truncate(Of(value)), int.MinValue / 2, int.MaxValue / 2);

    public static string Text(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        var size = Math.Abs(number);
        if (size is >= 1e-6 and < 1e21)
        {
            var plain = number.ToString("R", CultureInfo.InvariantCulture);
            return plain.Contains('E', StringComparison.Ordinal) ? Expanded(plain) : plain;
        }

        // 1.5E+21 here is 1.5e+21 in the reference; 1E-07 is 1e-7.
        var written = new StringBuilder(number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal));
        return written.Replace("e+0", "e+").Replace("e-0", "e-").ToString();
    }

    private static string Expanded(string scientific)
    {
        var wide = decimal.TryParse(scientific, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact);
        return wide ? exact.ToString("0.############################", CultureInfo.InvariantCulture) : scientific;
    }
}
