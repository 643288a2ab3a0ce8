using System.Globalization;
using Relais.Channels;
using Relais.Foundation;

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
    public static bool IsKnown(string country) => PhonePlans.IsCountry(country);

    /// <summary>E.164, or why not.</summary>
    /// <param name="raw">As it stands in the file.</param>
    /// <param name="country">Of numbers without a country code; null: they are refused.</param>
    public static (string? Number, NumberFault Fault) Read(string raw, string? country)
    {
        var text = Latin(raw);
        if (text.Contains('E', StringComparison.OrdinalIgnoreCase) && double.TryParse(text.Replace(',', '.'), CultureInfo.InvariantCulture, out _))
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

        if (country is not null && PhonePlans.ToE164(digits, country) is { } national)
        {
            return Checked(national);
        }

        return digits.StartsWith('0') || digits.Length < 10 ? (null, digits.Length < 6 ? NumberFault.NotANumber : NumberFault.NoCountry) : Checked("+" + digits);
    }

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
}
