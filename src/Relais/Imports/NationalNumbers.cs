using System.Collections.Frozen;
using Relais.Channels;

namespace Relais.Imports;

/// <summary>Why a text is no phone number.</summary>
internal enum NumberFault
{
    None = 0,
    NotANumber = 1,

    /// <summary>No country code, and no country is told.</summary>
    NoCountry = 2,

    /// <summary>2.12612E+11: a spreadsheet threw the last digits away.</summary>
    Cut = 3,
}

/// <summary>Phone numbers as lists of customers have them: with a country code, or as people of one country write them among themselves.</summary>
internal static class NationalNumbers
{
    /// <summary>ISO 3166 ⇒ calling code, what stands before a number inside the country ("-": nothing is taken away), digits of a mobile without it.</summary>
    private static readonly FrozenDictionary<string, (string Code, string Trunk, int Digits)> Countries = Read(
        "MA 212 0 9 DZ 213 0 9 TN 216 - 8 LY 218 0 9 EG 20 0 10 MR 222 - 8 SN 221 - 9 CI 225 - 10 ML 223 - 8 BF 226 - 8 NE 227 - 8 TG 228 - 8 BJ 229 - 10 "
        + "GN 224 - 9 GA 241 0 8 CM 237 - 9 CG 242 - 9 CD 243 0 9 MG 261 0 9 NG 234 0 10 GH 233 0 9 KE 254 0 9 ZA 27 0 9 "
        + "FR 33 0 9 BE 32 0 9 CH 41 0 9 LU 352 - 9 ES 34 - 9 PT 351 - 9 IT 39 - 10 DE 49 0 11 NL 31 0 9 GB 44 0 10 IE 353 0 9 AT 43 0 10 PL 48 - 9 "
        + "RE 262 0 9 GP 590 0 9 MQ 596 0 9 GF 594 0 9 TR 90 0 10 SA 966 0 9 AE 971 0 9 QA 974 - 8 KW 965 - 8 BH 973 - 8 OM 968 - 8 JO 962 0 9 LB 961 0 8 "
        + "IQ 964 0 10 PS 970 0 9 YE 967 0 9 US 1 1 10 CA 1 1 10 MX 52 - 10 BR 55 0 11 AR 54 0 10 IN 91 0 10 PK 92 0 10 CN 86 0 11 JP 81 0 10 AU 61 0 9");

    public static bool IsKnown(string country) => Countries.ContainsKey(country);

    /// <summary>E.164, or why not.</summary>
    /// <param name="raw">As it stands in the file.</param>
    /// <param name="country">Of numbers without a country code; null: they are refused.</param>
    public static (string? Number, NumberFault Fault) Read(string raw, string? country)
    {
        var text = Latin(raw);
        if (text.Contains('E', StringComparison.OrdinalIgnoreCase) && double.TryParse(text.Replace(',', '.'), System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            return (null, NumberFault.Cut);
        }

        // 612345678.0 and 212612345678,00 are numbers that a spreadsheet took for amounts.
        text = text.EndsWith(".0", StringComparison.Ordinal) || text.EndsWith(",0", StringComparison.Ordinal) ? text[..^2] : text;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (text.Any(c => !(char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || c is '+' or '-' or '.' or '(' or ')' or '/' or '\u200e' or '\u200f' or '\u202a' or '\u202c')))
        {
            return (null, NumberFault.NotANumber);
        }

        if (text.TrimStart('(', '\u200e', '\u200f', '\u202a').StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal))
        {
            return Checked("+" + (digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits));
        }

        if (country is not null && Countries.TryGetValue(country, out var known) && National(digits, known) is { } national)
        {
            return Checked($"+{known.Code}{national}");
        }

        return digits.StartsWith('0') || digits.Length < 10 ? (null, digits.Length < 6 ? NumberFault.NotANumber : NumberFault.NoCountry) : Checked("+" + digits);
    }

    /// <summary>Without what is said only inside the country; null when it seems to have its country code. Spreadsheets lose a 0 in front.</summary>
    private static string? National(string digits, (string Code, string Trunk, int Digits) country) =>
        country.Trunk != "-" && digits.StartsWith(country.Trunk, StringComparison.Ordinal) && digits.Length - country.Trunk.Length <= country.Digits
            ? digits[country.Trunk.Length..]
        : digits.Length <= country.Digits ? digits
        : null;

    private static (string? Number, NumberFault Fault) Checked(string number) =>
        PhoneNumbers.ToE164(number) is { } e164 ? (e164, NumberFault.None) : (null, NumberFault.NotANumber);

    /// <summary>Arabic and Persian digits in ours.</summary>
    private static string Latin(string raw) => string.Create(raw.Trim().Length, raw.Trim(), (into, from) =>
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = from[i] switch
            {
                >= '٠' and <= '٩' => (char)(from[i] - '٠' + '0'),
                >= '۰' and <= '۹' => (char)(from[i] - '۰' + '0'),
                '\u00a0' or '\u202f' => ' ',
                var other => other,
            };
        }
    });

    private static FrozenDictionary<string, (string Code, string Trunk, int Digits)> Read(string table)
    {
        var words = table.Split(' ');
        return Enumerable.Range(0, words.Length / 4).ToFrozenDictionary(i => words[i * 4],
            i => (words[(i * 4) + 1], words[(i * 4) + 2], int.Parse(words[(i * 4) + 3], System.Globalization.CultureInfo.InvariantCulture)));
    }
}
