using System.Text;
using Relais.Foundation;

namespace Relais.Knowledge.Documents;

/// <summary>A block of a document on its way to passages.</summary>
/// <param name="Level">1 to 6 for a heading, 0 for a paragraph, a list or a table.</param>
/// <param name="Text">Its words; lists and tables keep their lines.</param>
internal readonly record struct TextBlock(int Level, string Text);

/// <summary>Bytes of a text file ⇒ its paragraphs.</summary>
internal static class PlainText
{
    static PlainText() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>By a byte order mark, then UTF-8 if it is valid; null when neither says it.</summary>
    public static Encoding? Encoding(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => System.Text.Encoding.Unicode,
        [0xFE, 0xFF, ..] => System.Text.Encoding.BigEndianUnicode,
        _ when !bytes.AsSpan().Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(bytes) => System.Text.Encoding.UTF8,
        _ => null,
    };

    /// <summary>What is no Unicode is taken for Windows-1252 or, where that gives Arabic, Windows-1256.</summary>
    public static string Decode(byte[] bytes)
    {
        var encoding = Encoding(bytes) ?? System.Text.Encoding.GetEncoding(bytes.Count(b => b is >= 0xC0) * 3 > bytes.Length ? 1256 : 1252);
        return CustomerText.Normalise(encoding.GetString(bytes)).TrimStart('\ufeff');
    }

    public static List<TextBlock> Read(byte[] bytes) =>
        [.. Decode(bytes).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => new TextBlock(0, p))];
}
