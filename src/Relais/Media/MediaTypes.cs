using System.Text;

namespace Relais.Media;

/// <summary>
/// What a file is, by its bytes alone: what a stranger claims decides nothing, least of all whether a browser shows it. What is
/// not known is <c>application/octet-stream</c>.
/// </summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    /// <summary>Looked at from both ends: containers keep their table of contents at either.</summary>
    public const int Sample = 64 * 1024;

    public static async Task<string> Detect(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        var head = new byte[Sample];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        var tail = Array.Empty<byte>();
        if (file.Length > read)
        {
            file.Seek(-Math.Min(Sample, file.Length - read), SeekOrigin.End);
            tail = new byte[Math.Min(Sample, file.Length - read)];
            await file.ReadExactlyAsync(tail, cancel);
        }

        return Detect(head.AsSpan(0, read), tail);
    }

    /// <param name="head">The first bytes, <see cref="Sample"/> of them when there are as many.</param>
    /// <param name="tail">The last bytes behind those, or none.</param>
    public static string Detect(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail) => Picture(head) ?? Sound(head) ?? Film(head, tail) ?? Paper(head, tail) ?? Writing(head);

    /// <summary>May a browser show it inside a page of ours? Never what can carry script.</summary>
    public static bool IsShown(string mimeType) => mimeType.Split(';')[0] switch
    {
        "image/jpeg" or "image/png" or "image/webp" or "image/gif" or "application/pdf" => true,
        var type => type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal),
    };

    /// <summary>Could a file of this type have been sent as this kind? What nobody knows may be anything.</summary>
    public static bool Fits(string kind, string mimeType) => kind switch
    {
        "image" or "sticker" => mimeType == Unknown || (mimeType.StartsWith("image/", StringComparison.Ordinal) && mimeType != "image/svg+xml"),
        "audio" or "video" => mimeType == Unknown || mimeType.StartsWith("audio/", StringComparison.Ordinal) || mimeType.StartsWith("video/", StringComparison.Ordinal),
        _ => true,
    };

    private static string? Picture(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        ReadOnlySpan<byte> jpeg = [0xFF, 0xD8, 0xFF];
        return head.StartsWith(jpeg) ? "image/jpeg"
            : head.StartsWith(png) ? "image/png"
            : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
            : head.StartsWith("RIFF"u8) && At(head, 8, "WEBP"u8) ? "image/webp"
            : head.StartsWith("BM"u8) && head.Length > 30 && head[5..10].IndexOfAnyExcept((byte)0) > 0 && head[14] is 12 or 40 or 108 or 124 ? "image/bmp"
            : null;
    }

    private static string? Sound(ReadOnlySpan<byte> head) =>
        head.StartsWith("OggS"u8) ? Ogg(head)
        : head.StartsWith("ID3"u8) ? "audio/mpeg"
        : head.StartsWith("#!AMR"u8) ? "audio/amr"
        : head.StartsWith("RIFF"u8) && At(head, 8, "WAVE"u8) ? "audio/wav"
        : head.StartsWith("fLaC"u8) ? "audio/flac"
        : head.Length > 3 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? "audio/aac"
        : head.Length > 3 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x06) != 0 && (head[2] & 0xF0) != 0xF0 ? "audio/mpeg"
        : null;

    private static string Ogg(ReadOnlySpan<byte> head)
    {
        var first = head[..Math.Min(head.Length, 512)];
        return first.IndexOf("OpusHead"u8) >= 0 ? "audio/ogg; codecs=opus"
            : first.IndexOf("theora"u8) >= 0 ? "video/ogg"
            : "audio/ogg";
    }

    /// <summary>MPEG-4 and its kin: the brand tells, and where it does not, whether there is a picture in it.</summary>
    private static string? Film(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        if (head.StartsWith("RIFF"u8) && At(head, 8, "AVI "u8))
        {
            return "video/x-msvideo";
        }

        ReadOnlySpan<byte> matroska = [0x1A, 0x45, 0xDF, 0xA3];
        if (head.StartsWith(matroska))
        {
            return head[..Math.Min(head.Length, 64)].IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska";
        }

        if (!At(head, 4, "ftyp"u8) || head.Length < 12)
        {
            return null;
        }

        var brand = head[8..12];
        if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8))
        {
            return "image/heic";
        }

        if (brand.SequenceEqual("avif"u8))
        {
            return "image/avif";
        }

        var isSound = brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) || (Has(head, tail, "soun"u8) && !Has(head, tail, "vide"u8));
        return isSound ? "audio/mp4"
            : brand.StartsWith("3g"u8) ? "video/3gpp"
            : brand.StartsWith("qt"u8) ? "video/quicktime"
            : "video/mp4";
    }

    private static string? Paper(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        ReadOnlySpan<byte> zip = [(byte)'P', (byte)'K', 3, 4];
        ReadOnlySpan<byte> ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        if (head.StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        if (head.StartsWith("{\\rtf"u8))
        {
            return "application/rtf";
        }

        if (head.StartsWith(zip))
        {
            return !Has(head, tail, "[Content_Types].xml"u8) ? "application/zip"
                : Has(head, tail, "word/"u8) ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                : Has(head, tail, "xl/"u8) ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                : Has(head, tail, "ppt/"u8) ? "application/vnd.openxmlformats-officedocument.presentationml.presentation"
                : "application/zip";
        }

        // The streams of an old Office file are named in UTF-16.
        return !head.StartsWith(ole) ? null
            : Has(head, tail, Wide("WordDocument")) ? "application/msword"
            : Has(head, tail, Wide("Workbook")) || Has(head, tail, Wide("Book")) ? "application/vnd.ms-excel"
            : Has(head, tail, Wide("PowerPoint")) ? "application/vnd.ms-powerpoint"
            : "application/x-ole-storage";
    }

    private static string Writing(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var text = head.StartsWith(mark) ? head[mark.Length..] : head;
        if (text.IsEmpty || text.IndexOf((byte)0) >= 0 || !IsUtf8(text))
        {
            return Markup(text) ?? Unknown;
        }

        return Markup(text) ?? (text.TrimStart(" \t\r\n"u8).StartsWith("BEGIN:VCARD"u8) ? "text/vcard" : "text/plain");
    }

    /// <summary>What a browser might take for a page, wherever it begins; rather too often than too seldom.</summary>
    private static string? Markup(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.Latin1.GetString(text[..Math.Min(text.Length, 4096)]).Replace("\0", "", StringComparison.Ordinal).TrimStart();
        if (shown.Contains("<svg", StringComparison.OrdinalIgnoreCase))
        {
            return "image/svg+xml";
        }

        string[] html = ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<img", "<a ", "<div", "<p>", "<table", "<style", "<meta", "<h1", "<br", "<font", "<title"];
        return Array.Exists(html, tag => shown.StartsWith(tag, StringComparison.OrdinalIgnoreCase)) || shown.Contains("<script", StringComparison.OrdinalIgnoreCase)
            || shown.Contains("<html", StringComparison.OrdinalIgnoreCase) ? "text/html"
            : shown.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? "text/xml"
            : null;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> text)
    {
        // The sample may have cut a character in two.
        for (var cut = 0; cut < 4 && cut < text.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(text[..^cut]))
            {
                return cut == 0 || text.Length >= Sample - 3;
            }
        }

        return false;
    }

    private static byte[] Wide(string name) => Encoding.Unicode.GetBytes(name);

    private static bool Has(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, ReadOnlySpan<byte> word) => head.IndexOf(word) >= 0 || tail.IndexOf(word) >= 0;

    private static bool At(ReadOnlySpan<byte> head, int place, ReadOnlySpan<byte> word) => head.Length >= place + word.Length && head[place..].StartsWith(word);
}
