namespace Relais.Foundation;

/// <summary>
/// One form for the ways one mobile number is written: Brazil's with the 9 of 2016, Mexico's without the 1, Argentina's without
/// the 9 and the 15. It names a customer and is never dialled, because WhatsApp itself keeps whichever form the account was made
/// with (Meta: <c>wa_id</c> and <c>from</c> "may not always match"). Landlines and every other country stay as they are.
/// </summary>
internal static class PhoneVariants
{
    /// <summary>Argentina's area codes of three digits; 11 is the only one of two, all others have four.</summary>
    private const string ArgentineAreas =
        "220 221 223 230 236 237 249 260 261 263 264 266 280 291 294 297 298 299 336 341 342 343 345 348 351 353 358 362 364 370 376 379 380 381 383 385 387 388";

    /// <param name="number">E.164 with '+', or WhatsApp's digits without; anything else comes back unchanged.</param>
    public static string Canonical(string number)
    {
        var plus = number.StartsWith('+') ? "+" : "";
        var digits = number.AsSpan(plus.Length);
        if (digits.Length is < 12 or > 15 || digits[0] != '5' || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return number;
        }

        // Brazil: country, area code, and 8 digits that begin with 6 to 9. Landlines begin with 2 to 5.
        if (digits.Length == 12 && digits.StartsWith("55") && digits[4] >= '6')
        {
            return string.Concat(plus, digits[..4], "9", digits[4..]);
        }

        // Mexico: no area code begins with 1.
        if (digits.Length == 13 && digits.StartsWith("521"))
        {
            return string.Concat(plus, "52", digits[3..]);
        }

        return digits.StartsWith("54") ? Argentine(number, plus, digits[2..]) : number;
    }

    /// <summary>Landlines are written without the 9, so that is the common form; no number is both.</summary>
    private static string Argentine(string number, string plus, ReadOnlySpan<char> national)
    {
        national = national.Length is 11 or 13 && national[0] == '9' ? national[1..] : national;
        var area = national.StartsWith("11") ? 2 : ArgentineAreas.AsSpan().Contains(national[..3], StringComparison.Ordinal) ? 3 : 4;
        return national.Length switch
        {
            10 => string.Concat(plus, "54", national),
            12 when national[area..].StartsWith("15") => string.Concat($"{plus}54", national[..area], national[(area + 2)..]),
            _ => number,
        };
    }
}
