using System.Collections.Frozen;

namespace Relais.Commerce;

/// <summary>ISO 4217: how many decimals a currency's minor unit has. Two, unless it is listed.</summary>
internal static class Currencies
{
    /// <summary>Far above any order, and far below where a browser's numbers end.</summary>
    private const decimal Most = 1_000_000_000_000_000m;

    private static readonly FrozenSet<string> NoDecimals = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF");

    private static readonly FrozenSet<string> ThreeDecimals =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND");

    private static readonly FrozenSet<string> FourDecimals = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "CLF", "UYW");

    public static int Decimals(string currency) =>
        NoDecimals.Contains(currency) ? 0 : ThreeDecimals.Contains(currency) ? 3 : FourDecimals.Contains(currency) ? 4 : 2;

    /// <summary>12.5 EUR is 1250; null for a negative amount or one that is none.</summary>
    public static long? ToMinor(decimal amount, string currency)
    {
        if (amount is < 0 or > Most)
        {
            return null;
        }

        var minor = amount;
        for (var i = Decimals(currency); i > 0; i--)
        {
            minor *= 10;
        }

        return minor > Most ? null : (long)Math.Round(minor, MidpointRounding.AwayFromZero);
    }
}
