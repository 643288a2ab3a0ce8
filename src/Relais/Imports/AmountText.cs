using System.Globalization;

namespace Relais.Imports;

/// <summary>Amounts as shops write them: 1 234,50 · 1,234.50 · 129.9 MAD · د.م 129. Pure.</summary>
internal static class AmountText
{
    /// <summary>The amount and the currency that stands with it, if three letters do; null when it is none.</summary>
    public static (decimal Amount, string? Currency)? Read(string cell)
    {
        var text = string.Concat(cell.Select(c => c switch
        {
            >= '٠' and <= '٩' => (char)(c - '٠' + '0'),
            '٫' => '.',
            '٬' => '\'',
            _ => c,
        }));
        var letters = string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant();
        var currency = letters switch { "DH" or "DHS" => "MAD", "EURO" or "EUROS" => "EUR", { Length: 3 } => letters, "" when text.Contains('€') => "EUR", "" when text.Contains('$') => "USD", _ => null };
        if (letters.Length > 0 && currency is null)
        {
            return null;
        }

        var digits = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-'));
        return decimal.TryParse(Plain(digits), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? (amount, currency) : null;
    }

    /// <summary>The last separator parts the decimals, unless exactly three digits follow the only kind there is.</summary>
    private static string Plain(string digits)
    {
        var last = digits.LastIndexOfAny(['.', ',']);
        if (last < 0)
        {
            return digits;
        }

        var isThousands = digits.Count(c => c == digits[last]) > 1
            || (digits.Length - last == 4 && last is > 0 and <= 3 && digits[..last].IndexOfAny(['.', ',']) < 0 && digits[0] != '0' && digits[last] == ',');
        return isThousands
            ? string.Concat(digits.Where(c => c is not ('.' or ',')))
            : string.Concat(digits[..last].Where(c => c is not ('.' or ','))) + "." + digits[(last + 1)..];
    }
}
