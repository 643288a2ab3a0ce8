using System.Security.Cryptography;
using System.Text;

namespace Relais.Channels.Meta;

/// <summary>Meta's <c>X-Hub-Signature-256</c>: <c>sha256=</c> and the HMAC-SHA256 of the bytes exactly as they came, keyed by the app secret.</summary>
internal static class MetaSignature
{
    private const string Prefix = "sha256=";

    /// <summary>
    /// Never throws. Only the form Meta sends is taken: lower-case hex, one header (several joined by a comma have another length).
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> body, string? header, string secret)
    {
        if (string.IsNullOrEmpty(secret)
            || header is not { Length: 7 + (2 * HMACSHA256.HashSizeInBytes) }
            || !header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var i = 0; i < claimed.Length; i++)
        {
            var high = LowerHex(header[7 + (2 * i)]);
            var low = LowerHex(header[8 + (2 * i)]);
            if ((high | low) < 0)
            {
                return false;
            }

            claimed[i] = (byte)((high << 4) | low);
        }

        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, actual);
        return CryptographicOperations.FixedTimeEquals(claimed, actual);
    }

    private static int LowerHex(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
