using System.Text;

namespace Relais.Foundation.Csv;

/// <summary>
/// UTF-8 in which bytes that are none are read as Windows-1252, byte for byte. Excel writes that page on most computers of our
/// businesses; a text of it that is UTF-8 by chance has yet to be seen. So no second pass is needed to know which one a file is.
/// </summary>
internal sealed class WindowsFallback : DecoderFallback
{
    /// <summary>0x80 to 0x9F; the rest of the page is Latin-1.</summary>
    private const string Special = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    public static Encoding Utf8 { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new WindowsFallback());

    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Letters();

    private sealed class Letters : DecoderFallbackBuffer
    {
        private byte[] bytes = [];
        private int next;

        public override int Remaining => bytes.Length - next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (bytes, next) = (bytesUnknown, 0);
            return bytesUnknown.Length > 0;
        }

        public override char GetNextChar() => next >= bytes.Length ? '\0' : Letter(bytes[next++]);

        public override bool MovePrevious()
        {
            if (next == 0)
            {
                return false;
            }

            next--;
            return true;
        }

        public override void Reset() => (bytes, next) = ([], 0);

        private static char Letter(byte one) => one is >= 0x80 and <= 0x9F ? Special[one - 0x80] : (char)one;
    }
}
