using System.Text;

namespace Relais.Channels.Twilio;

/// <summary>
/// A urlencoded body, pair by pair in its order. The framework's form reader merges names that differ only in case and joins
/// doubled ones, and a signature covers each as it was sent.
/// </summary>
internal static class TwilioForm
{
    /// <summary>Twilio sends some forty. What lies beyond is not read, and a signature over it does not match.</summary>
    public const int LargestCount = 1000;

    /// <summary>'+' is a space; percent-escapes are UTF-8, a bad one stays as written, bad UTF-8 becomes U+FFFD. Never throws.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(ReadOnlySpan<byte> body)
    {
        var pairs = new List<KeyValuePair<string, string>>(32);
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (pairs.Count == LargestCount)
            {
                break;
            }

            var equals = pair.IndexOf((byte)'=');
            pairs.Add(equals < 0
                ? new(Decode(pair), string.Empty)
                : new(Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }

        return pairs;
    }

    /// <summary>The pairs of a raw query with or without its '?'.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ParseQuery(string query) => Parse(Encoding.UTF8.GetBytes(query.TrimStart('?')));

    /// <summary>The first value of a name, compared exactly; null when missing.</summary>
    public static string? First(this IReadOnlyList<KeyValuePair<string, string>> pairs, string name)
    {
        foreach (var pair in pairs)
        {
            if (pair.Key == name)
            {
                return pair.Value;
            }
        }

        return null;
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        if (!encoded.ContainsAny((byte)'%', (byte)'+'))
        {
            return Encoding.UTF8.GetString(encoded);
        }

        var plain = new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var value = encoded[i] == '+' ? (byte)' ' : encoded[i];
            if (value == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit((char)encoded[i + 1]) && char.IsAsciiHexDigit((char)encoded[i + 2]))
            {
                value = (byte)((HexValue(encoded[i + 1]) << 4) | HexValue(encoded[i + 2]));
                i += 2;
            }

            plain[length++] = value;
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
