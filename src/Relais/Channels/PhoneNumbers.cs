using Relais.Foundation;

namespace Relais.Channels;

/// <summary>Phone numbers as strangers write them, brought to E.164 ('+', then 7 to 15 digits).</summary>
internal static class PhoneNumbers
{
    private const string ChannelPrefix = "whatsapp:";

    /// <summary>
    /// E.164 with '+', or null when this is no phone number (a business-scoped id, a short code, words). A number without '+'
    /// is taken to begin with its country code, which is how both providers write them.
    /// </summary>
    public static string? ToE164(string? raw)
    {
        if (raw is null || raw.Length > 64)
        {
            return null;
        }

        Span<char> digits = stackalloc char[18];
        var count = 0;
        foreach (var c in WithoutChannel(raw).AsSpan())
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length)
                {
                    return null;
                }

                digits[count++] = c;
            }
            else if (!(c is '-' or '.' or '(' or ')' || char.IsWhiteSpace(c) || (c == '+' && count == 0)))
            {
                return null;
            }
        }

        var number = digits[..count];
        if (number.StartsWith("00"))
        {
            number = number[2..];
        }

        // No country code begins with 0: such a number is a national one and would reach a stranger.
        return number.Length is < 7 or > 15 || number[0] == '0' ? null : string.Concat("+", number);
    }

    /// <summary>
    /// The same for a number that people of a country (ISO 3166 alpha-2) wrote: with + or 00 in front it is read as it stands, otherwise
    /// as one of theirs (<see cref="PhonePlans"/>).
    /// </summary>
    public static string? ToE164(string? raw, string? country) =>
        Bare(raw) is not { } written || country is null || !PhonePlans.IsCountry(country) || written.StartsWith('+') || written.StartsWith("00", StringComparison.Ordinal)
            ? ToE164(raw) : ToE164(PhonePlans.ToE164(written, country));

    /// <summary>The one form of a number that several countries write in two ways (<see cref="PhoneVariants"/>).</summary>
    public static string Canonical(string number) => PhoneVariants.Canonical(number);

    /// <summary>The address without <c>whatsapp:</c> and surrounding spaces; null when nothing is left.</summary>
    public static string? Bare(string? address)
    {
        var bare = address is null ? string.Empty : WithoutChannel(address);
        return bare.Length == 0 ? null : bare;
    }

    private static string WithoutChannel(string address)
    {
        var trimmed = address.Trim();
        return trimmed.StartsWith(ChannelPrefix, StringComparison.OrdinalIgnoreCase) ? trimmed[ChannelPrefix.Length..].Trim() : trimmed;
    }
}
