using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relais.Simulator;

/// <summary>
/// Message ids in the providers' shapes. Both carry the customer's number, as real wamids do, so that a "mark as read"
/// finds its phone without an index that would grow for ever.
/// </summary>
internal static class ProviderIds
{
    private static readonly byte[] WamidHead = [0x1c, 0x18];
    private static readonly byte[] WamidMiddle = [0x15, 0x02, 0x00, 0x12, 0x18, 0x14];

    // Two simulators, or one restarted, must not give the same id: Relais keeps ids for ever.
    private static readonly uint Run = BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(4));
    private static long last;

    public static string Wamid(string e164)
    {
        var digits = E164.Digits(e164);
        var unique = Run.ToString("X8", CultureInfo.InvariantCulture)
            + Interlocked.Increment(ref last).ToString("X12", CultureInfo.InvariantCulture);
        byte[] bytes =
        [
            .. WamidHead, (byte)digits.Length, .. Encoding.ASCII.GetBytes(digits),
            .. WamidMiddle, .. Encoding.ASCII.GetBytes(unique), 0,
        ];
        return "wamid." + Convert.ToBase64String(bytes);
    }

    /// <summary>SM (MM with a file), one hex digit of length, the customer's digits padded to 15, then 16 hex digits that never repeat.</summary>
    public static string Sid(string e164, string letters = "SM")
    {
        var digits = E164.Digits(e164);
        return letters + digits.Length.ToString("x", CultureInfo.InvariantCulture) + digits.PadRight(15, '0')
            + Run.ToString("x8", CultureInfo.InvariantCulture)
            + ((uint)Interlocked.Increment(ref last)).ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary>16 digits, as Meta numbers media and templates.</summary>
    public static string Digits() =>
        (1_000_000_000_000_000 + ((long)(Run % 1_000_000) * 1_000_000_000) + Interlocked.Increment(ref last)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Twilio's other SIDs: two letters and 32 hex digits.</summary>
    public static string Of(string letters) =>
        letters + Run.ToString("x8", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))
        + Interlocked.Increment(ref last).ToString("x16", CultureInfo.InvariantCulture);

    public static string Trace() =>
        "A" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', 'x').Replace('/', 'y');

    /// <summary>The number inside an id of ours; null for ids that were made elsewhere.</summary>
    public static string? PhoneOf(string id)
    {
        if (id.Length == 34 && id[1] == 'M' && (id[0] is 'S' or 'M')
            && int.TryParse(id.AsSpan(2, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length))
        {
            return string.Concat("+", id.AsSpan(3, length));
        }

        var bytes = new byte[64];
        if (!id.StartsWith("wamid.", StringComparison.Ordinal)
            || !Convert.TryFromBase64String(id[6..], bytes, out var count)
            || count < 3 || bytes[2] > 15 || count < 3 + bytes[2])
        {
            return null;
        }

        return "+" + Encoding.ASCII.GetString(bytes, 3, bytes[2]);
    }
}
