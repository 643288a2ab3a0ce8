using System.Buffers.Binary;

namespace Relais.Media;

/// <summary>
/// How many pixels a PNG, JPEG or WebP says it has, by its head alone. Nothing of a picture is ever unpacked on the server: a few bytes may
/// claim more pixels than there is memory.
/// </summary>
internal static class PictureSize
{
    /// <summary>Bytes looked at. What cameras and editors write before the size (notes, colour profiles) is shorter.</summary>
    private const int Head = 512 * 1024;

    /// <summary>Null for what is no such picture or does not say.</summary>
    public static async Task<(long Width, long Height)?> Of(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        var head = new byte[Math.Min(Head, file.Length)];
        return Of(head.AsSpan(0, await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel)));
    }

    public static (long Width, long Height)? Of(ReadOnlySpan<byte> head) => MediaTypes.Detect(head, []) switch
    {
        "image/png" => Png(head),
        "image/jpeg" => Jpeg(head),
        "image/webp" => Webp(head),
        _ => null,
    };

    private static (long, long)? Png(ReadOnlySpan<byte> head) => head.Length >= 24 && head[12..16].SequenceEqual("IHDR"u8)
        ? (BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..])) : null;

    /// <summary>Segment by segment to the first that begins a frame.</summary>
    private static (long, long)? Jpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 <= head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
        }

        return null;
    }

    /// <summary>Lossy, lossless, or with a canvas of its own.</summary>
    private static (long, long)? Webp(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
        {
            return null;
        }

        var kind = head[12..16];
        if (kind.SequenceEqual("VP8X"u8))
        {
            return (1 + (BinaryPrimitives.ReadUInt32LittleEndian(head[24..]) & 0xFF_FFFF), 1 + (BinaryPrimitives.ReadUInt32LittleEndian(head[26..]) >> 8));
        }

        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return (1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }

        return kind.SequenceEqual("VP8 "u8)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF) : null;
    }
}
