using System.Buffers.Binary;

namespace Relais.Engine.Ai.Voice;

/// <summary>How long a sound file plays, for its price and its limit; exact for WhatsApp's voice notes, a guess from the size for others.</summary>
internal static class SoundLength
{
    /// <summary>Bytes a second of what phones record: 32 kbit/s.</summary>
    private const double UsualRate = 4_000;

    /// <summary>Opus counts in 48,000ths of a second whatever it was recorded in (RFC 7845, 4).</summary>
    private const double OpusRate = 48_000;

    /// <summary>An Ogg page is at most this long (RFC 3533), so the last one begins within it.</summary>
    private const int LongestPage = 65_307;

    public static TimeSpan Of(ReadOnlySpan<byte> file)
    {
        var end = file.Length > LongestPage ? file[^LongestPage..] : file;
        var page = file.StartsWith("OggS"u8) ? end.LastIndexOf("OggS"u8) : -1;

        // Bytes 6 to 13 of a page: the position after it; -1 on a page that ends no packet.
        var position = page >= 0 && end.Length >= page + 14 ? BinaryPrimitives.ReadInt64LittleEndian(end[(page + 6)..]) : 0;
        return position > 0 && position < OpusRate * 86_400
            ? TimeSpan.FromSeconds(position / OpusRate)
            : TimeSpan.FromSeconds(file.Length / UsualRate);
    }
}
