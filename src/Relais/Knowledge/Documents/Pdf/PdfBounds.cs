using System.IO.Compression;

namespace Relais.Knowledge.Documents;

/// <summary>Looks for bombs before the PDF package unpacks anything: every stream that can be inflated is, into nothing, and counted.</summary>
internal static class PdfBounds
{
    private const long MostOfOne = 64L * 1024 * 1024;
    private const long MostOfAll = 256L * 1024 * 1024;

    public static void Check(byte[] pdf)
    {
        var buffer = new byte[64 * 1024];
        var all = 0L;
        for (var at = 0; Next(pdf, at) is >= 0 and var begins; at = begins)
        {
            var one = 0L;
            try
            {
                using var packed = new MemoryStream(pdf, begins, pdf.Length - begins, writable: false);
                using var inflating = new ZLibStream(packed, CompressionMode.Decompress);
                while (inflating.Read(buffer) is > 0 and var count && one <= MostOfOne)
                {
                    one += count;
                }
            }
            catch (InvalidDataException)
            {
                // No such stream, or not packed this way.
            }

            all += one;
            if (one > MostOfOne || all > MostOfAll)
            {
                throw new UnreadableException("The PDF unpacks to far more than its size. Export it anew, or send its text.");
            }
        }
    }

    /// <summary>Where the next stream's bytes begin, or -1.</summary>
    private static int Next(byte[] pdf, int from)
    {
        while (from < pdf.Length && pdf.AsSpan(from).IndexOf("stream"u8) is >= 0 and var offset)
        {
            var at = from + offset + 6;
            var isEnd = from + offset >= 3 && pdf.AsSpan(from + offset - 3, 3).SequenceEqual("end"u8);
            at += at < pdf.Length && pdf[at] == '\r' ? 1 : 0;
            at += at < pdf.Length && pdf[at] == '\n' ? 1 : 0;
            if (!isEnd)
            {
                return at;
            }

            from = at;
        }

        return -1;
    }
}
