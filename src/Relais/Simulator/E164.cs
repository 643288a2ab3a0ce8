namespace Relais.Simulator;

/// <summary>Phone numbers as the wire writes them: "+212 600-000001", "212600000001", "whatsapp:+212600000001".</summary>
internal static class E164
{
    /// <summary>ITU E.164 allows 15 digits; nothing shorter than 6 is a subscriber of anything.</summary>
    public static bool TryRead(string? text, out string number)
    {
        number = "";
        Span<char> digits = stackalloc char[15];
        var count = 0;
        foreach (var c in text ?? "")
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = c;
            }
            else if (c is not ('+' or ' ' or '-' or '(' or ')' or '.'))
            {
                return false;
            }
        }

        if (count < 6)
        {
            return false;
        }

        number = string.Concat("+", digits[..count]);
        return true;
    }

    public static string Digits(string e164) => e164.TrimStart('+');
}
