using System.Security.Cryptography;
using System.Text;

namespace Relais.Tests.Support;

/// <summary>Small files whose first bytes are those of real ones.</summary>
internal static class SampleFiles
{
    public static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Enumerable.Range(0, 300).Select(i => (byte)i)];

    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF\0"u8, .. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];

    public static readonly byte[] Voice = [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8, .. new byte[200]];

    public static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n");

    public static readonly byte[] Svg = Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");

    public static readonly byte[] Html = Encoding.UTF8.GetBytes("  <!DOCTYPE html><html><script>alert(1)</script></html>");

    /// <summary>A head that says so many pixels, and next to nothing behind it.</summary>
    public static byte[] PngOf(uint width, uint height) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Big(width), .. Big(height), 8, 6, 0, 0, 0, .. new byte[300]];

    /// <summary>With a camera's notes before the size.</summary>
    public static byte[] JpegOf(uint width, uint height) =>
        [0xFF, 0xD8, 0xFF, 0xE1, 0x01, 0x02, .. new byte[256], 0xFF, 0xFF, 0xC2, 0, 17, 8, .. Big(height)[2..], .. Big(width)[2..], .. new byte[300]];

    public static byte[] WebpOf(uint width, uint height) =>
        [.. "RIFF"u8, 0, 1, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, .. Little(width - 1), .. Little(height - 1), .. new byte[300]];

    public static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Big(uint number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static byte[] Little(uint number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16)];
}
