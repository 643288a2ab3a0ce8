using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Relais.Commerce;

/// <summary>An amount in its currency's minor unit, written for people. Own tables: an ICU culture may change digits or signs under us.</summary>
/// <param name="Minor">In the currency's own minor unit: cents, millimes, whole yen.</param>
/// <param name="Currency">ISO 4217, in capitals.</param>
internal sealed record Money(long Minor, string Currency)
{
    private const char NoBreakSpace = '\u00A0';

    /// <summary>ISO 4217, list one: those that do not have two decimals.</summary>
    private static readonly FrozenDictionary<string, int> OtherDecimals = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0,
        ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
        ["CLF"] = 4, ["UYW"] = 4,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many digits stand behind the point.</summary>
    public static int Decimals(string currency) => OtherDecimals.GetValueOrDefault(currency, 2);

    /// <summary>French "1 234,50 €", English "€1,234.50" or "TND 1.250", Arabic "1,234.50 MAD": Western digits, code or sign.</summary>
    public string In(string language)
    {
        var code = Currency.ToUpperInvariant();
        var sign = Signs.GetValueOrDefault(code, code);
        var amount = language == "fr" ? Digits(code, ',', NoBreakSpace) : Digits(code, '.', ',');
        return language != "en" ? $"{amount}{NoBreakSpace}{sign}"
            : sign != code ? Minor < 0 ? "-" + sign + amount[1..] : sign + amount
            : $"{sign}{NoBreakSpace}{amount}";
    }

    private string Digits(string code, char point, char thousands)
    {
        var decimals = Decimals(code);
        var unsigned = Minor == long.MinValue ? (ulong)long.MaxValue + 1 : (ulong)Math.Abs(Minor);
        var digits = unsigned.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var whole = digits[..^decimals];
        var text = new StringBuilder(Minor < 0 ? "-" : "");
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0)
            {
                text.Append(thousands);
            }

            text.Append(whole[i]);
        }

        return decimals == 0 ? text.ToString() : text.Append(point).Append(digits[^decimals..]).ToString();
    }
}
