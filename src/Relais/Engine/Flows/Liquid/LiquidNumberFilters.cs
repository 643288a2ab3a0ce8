namespace Relais.Engine.Flows.Liquid;

/// <summary>plus, times, round …; texts that read as numbers are numbers, anything else is 0.</summary>
internal static class LiquidNumberFilters
{
    public static readonly Dictionary<string, LiquidFilter> All = new(StringComparer.Ordinal)
    {
        ["abs"] = (v, _) => Math.Abs(N(v)),
        ["ceil"] = (v, _) => Math.Ceiling(N(v)),
        ["floor"] = (v, _) => Math.Floor(N(v)),
        ["round"] = (v, a) => Round(N(v), LiquidNumber.Whole(a[0])),
        ["plus"] = (v, a) => N(v) + a.Number(0),
        ["minus"] = (v, a) => N(v) - a.Number(0),
        ["times"] = (v, a) => N(v) * a.Number(0),
        ["divided_by"] = (v, a) => a.Number(1) != 0 ? Math.Floor(N(v) / a.Number(0)) : N(v) / a.Number(0),
        ["modulo"] = (v, a) => ((N(v) % a.Number(0)) + a.Number(0)) % a.Number(0),
        ["at_least"] = (v, a) => Math.Max(N(v), a.Number(0)),
        ["at_most"] = (v, a) => Math.Min(N(v), a.Number(0)),
        ["to_integer"] = (v, _) => LiquidNumber.Read(v) ?? double.NaN,
    };

    private static double N(object? value) => LiquidNumber.Of(value);

    /// <summary>Halves away from zero, decimal: 1.005 to two places is 1.01.</summary>
    private static double Round(double number, int places)
    {
        if (Math.Abs(number) >= 1e12 || places is < -12 or > 12)
        {
            return number;
        }

        var shift = 1m;
        for (var i = 0; i < Math.Abs(places); i++)
        {
            shift *= 10;
        }

        return places >= 0
            ? (double)Math.Round((decimal)number, places, MidpointRounding.AwayFromZero)
            : (double)(Math.Round((decimal)number / shift, MidpointRounding.AwayFromZero) * shift);
    }
}
