using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Relais.Foundation;

namespace Relais.Tenants.Entry;

/// <summary>
/// Time-based one-time passwords as every authenticator app makes them (RFC 6238: HMAC-SHA-1, 30 seconds, six digits). A code is
/// taken from the step before to the step after, and never one of a step that was used or came before one that was.
/// </summary>
internal static class Totp
{
    public const long StepMicros = 30 * Instants.Second;

    private const int SecretBytes = 20;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(long micros) => micros / StepMicros;

    /// <summary>Six digits.</summary>
    public static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238's own; a MAC does not fall with SHA-1's collisions, and apps take nothing else for certain.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (value % 1_000_000).ToString("D6");
    }

    /// <summary>The step whose code this is, or null.</summary>
    /// <param name="secret">Of the person.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="lastStep">The newest that was used; it and those before it are refused.</param>
    public static long? Match(byte[] secret, string code, long now, long lastStep)
    {
        var typed = Encoding.ASCII.GetBytes(code);
        long? match = null;
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), typed) && step > lastStep)
            {
                match ??= step;
            }
        }

        return match;
    }

    /// <summary>What apps read from a QR code.</summary>
    public static string Address(string secret, string email) =>
        $"otpauth://totp/Relais:{Uri.EscapeDataString(email)}?secret={secret}&issuer=Relais&algorithm=SHA1&digits=6&period=30";

    /// <summary>RFC 4648, without padding.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var one in bytes)
        {
            held = (held << 8) | one;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(held >> bits) & 31]);
            }

            held &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(held << (5 - bits)) & 31]).ToString();
    }
}
