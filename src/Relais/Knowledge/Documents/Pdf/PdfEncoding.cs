using System.Globalization;
using System.Text;

namespace Relais.Knowledge.Documents;

/// <summary>Codes of a simple font ⇒ letters: Windows or Macintosh Roman, and the names of glyphs that differ (Adobe Glyph List, its Latin part).</summary>
internal static class PdfEncoding
{
    private const string Accents = "acute \u0301 grave \u0300 circumflex \u0302 dieresis \u0308 tilde \u0303 cedilla \u0327 ring \u030a caron \u030c";

    private static readonly Dictionary<string, string> Marks =
        Accents.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Names =
        """
        exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * plus + comma , hyphen - period . slash /
        zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ]
        underscore _ braceleft { bar | braceright } quoteleft ‘ quoteright ’ quotedblleft “ quotedblright ” quotesinglbase ‚ guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright ›
        endash – emdash — bullet • ellipsis … degree ° euro € Euro € oe œ OE Œ ae æ AE Æ germandbls ß dotlessi ı fi fi fl fl ff ff ffi ffi ffl ffl minus − multiply × section § copyright © registered ®
        """.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries).Chunk(2)
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    // .NET has the Windows and Macintosh pages only once they are asked for.
    static PdfEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Dictionary<int, string> Of(PdfFile file, Dictionary<string, object?> font)
    {
        var encoding = file.Get(font, "Encoding");
        var described = encoding as Dictionary<string, object?>;
        var named = ((described is null ? encoding : file.Get(described, "BaseEncoding")) as PdfName)?.Text;
        var page = Encoding.GetEncoding(named == "MacRomanEncoding" ? 10000 : 1252);
        var letters = new Dictionary<int, string>();
        for (var code = 32; code < 256; code++)
        {
            letters[code] = page.GetString([(byte)code]);
        }

        var next = 0;
        foreach (var item in file.Get(described, "Differences") as List<object?> ?? [])
        {
            if (item is double from)
            {
                next = (int)from;
            }
            else if (item is PdfName name)
            {
                if (Letter(name.Text) is { } letter)
                {
                    letters[next] = letter;
                }

                next++;
            }
        }

        return letters;
    }

    private static string? Letter(string name)
    {
        if (name.Length == 1)
        {
            return name;
        }

        if (name == "space" || name == "nbspace")
        {
            return " ";
        }

        if (Names.TryGetValue(name, out var known))
        {
            return known;
        }

        if (name.StartsWith("uni", StringComparison.Ordinal) && name.Length == 7
            && int.TryParse(name.AsSpan(3), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) && !char.IsSurrogate((char)code))
        {
            return ((char)code).ToString();
        }

        return Marks.TryGetValue(name[1..], out var mark) ? (name[..1] + mark).Normalize(NormalizationForm.FormC) : null;
    }
}
