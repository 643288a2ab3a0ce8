using System.Text;

namespace Relais.Knowledge.Documents;

/// <summary>The fonts of a file, each read once.</summary>
internal sealed class PdfFonts(PdfFile file)
{
    private readonly Dictionary<Dictionary<string, object?>, PdfLetters> known = [];

    public PdfLetters Of(Dictionary<string, object?> font)
    {
        if (!known.TryGetValue(font, out var letters))
        {
            known[font] = letters = Read(font);
        }

        return letters;
    }

    private PdfLetters Read(Dictionary<string, object?> font)
    {
        var isComposite = PdfFile.Is(font, "Subtype", "Type0");
        var letters = isComposite ? [] : PdfEncoding.Of(file, font);
        if (file.Get(font, "ToUnicode") is PdfStream map)
        {
            foreach (var (code, text) in PdfUnicodeMap.Read(Encoding.Latin1.GetString(file.Unpack(map))))
            {
                letters[code] = text;
            }
        }

        if (!isComposite)
        {
            return new(1, letters, Simple(font), 500);
        }

        var descendant = file.Get(font, "DescendantFonts") is List<object?> { Count: > 0 } of ? file.Dictionary(of[0]) : null;
        return new(2, letters, Composite(file.Get(descendant, "W") as List<object?>), file.Get(descendant, "DW") as double? ?? 1000);
    }

    private Dictionary<int, double> Simple(Dictionary<string, object?> font)
    {
        var widths = new Dictionary<int, double>();
        var first = (int)(file.Get(font, "FirstChar") as double? ?? 0);
        var given = file.Get(font, "Widths") as List<object?> ?? [];
        for (var i = 0; i < given.Count && i < 256; i++)
        {
            widths[first + i] = file.Of(given[i]) as double? ?? 500;
        }

        return widths;
    }

    /// <summary>"c [w1 w2 …]" and "first last w" (ISO 32000-1, 9.7.4.3).</summary>
    private Dictionary<int, double> Composite(List<object?>? given)
    {
        var widths = new Dictionary<int, double>();
        for (var i = 0; given is not null && i + 1 < given.Count;)
        {
            var first = (int)(file.Of(given[i]) as double? ?? 0);
            if (file.Of(given[i + 1]) is List<object?> list)
            {
                for (var j = 0; j < list.Count; j++)
                {
                    widths[first + j] = file.Of(list[j]) as double? ?? 1000;
                }

                i += 2;
            }
            else
            {
                var last = Math.Min((int)(file.Of(given[i + 1]) as double? ?? 0), first + 0xffff);
                for (var code = first; code <= last && i + 2 < given.Count; code++)
                {
                    widths[code] = file.Of(given[i + 2]) as double? ?? 1000;
                }

                i += 3;
            }
        }

        return widths;
    }
}
