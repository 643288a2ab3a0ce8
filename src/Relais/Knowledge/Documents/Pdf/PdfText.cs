namespace Relais.Knowledge.Documents;

/// <summary>
/// A PDF ⇒ its headings and paragraphs, from the pages' content streams. It cannot read pictures of text (a scan), fonts that
/// do not say which letters their glyphs are, or what a password protects; columns are read as far as their producer wrote one
/// after the other.
/// </summary>
internal static class PdfText
{
    private const int MostPages = 500;

    private const string Damaged = "The PDF is damaged, or of a kind that cannot be read here. Export it anew, or send its text.";

    /// <summary>Of the tree of pages; it is no deeper than this either.</summary>
    private const int MostNodes = 2_000;

    public static List<TextBlock> Read(byte[] bytes)
    {
        var file = PdfFile.Read(bytes);
        if (file.IsEncrypted)
        {
            throw new UnreadableException("The PDF is protected (encrypted). Save it without a password or restrictions.");
        }

        var pages = new List<(Dictionary<string, object?> Page, Dictionary<string, object?>? Resources)>();
        Pages(file, file.Dictionary(file.Get(file.Dictionary(file.Get(file.Root, "Root")), "Pages")), null, pages, []);
        if (pages.Count is 0 or > MostPages)
        {
            throw new UnreadableException(pages.Count == 0 ? Damaged : $"The PDF has more than {MostPages} pages. Cut it into parts.");
        }

        var lines = new List<PdfLine>();
        var letters = new PdfFonts(file);
        var (glyphs, unknown) = (0L, 0L);
        for (var page = 0; page < pages.Count && glyphs <= DocumentLimits.MostCharacters * 2L; page++)
        {
            var read = new PdfPageText(file, letters);
            read.Read(Content(file, pages[page].Page), pages[page].Resources);
            lines.AddRange(PdfLine.Of(read.Runs, page));
            glyphs += read.Glyphs;
            unknown += read.Unknown;
        }

        return glyphs == 0 ? throw new UnreadableException("The PDF has no text, only pictures of it (a scan). Run it through text recognition (OCR) first, or send its text.")
            : unknown * 3 > glyphs ? throw new UnreadableException("The PDF's fonts do not say which letters they draw, so it cannot be read. Export it anew, or send its text.")
            : PdfBlocks.Of(lines);
    }

    private static void Pages(
        PdfFile file, Dictionary<string, object?>? node, Dictionary<string, object?>? inherited,
        List<(Dictionary<string, object?> Page, Dictionary<string, object?>? Resources)> into, HashSet<Dictionary<string, object?>> seen)
    {
        if (node is null || seen.Count > MostNodes || into.Count > MostPages || !seen.Add(node))
        {
            return;
        }

        var resources = file.Dictionary(node.GetValueOrDefault("Resources")) ?? inherited;
        if (file.Get(node, "Kids") is List<object?> kids)
        {
            foreach (var kid in kids)
            {
                Pages(file, file.Dictionary(kid), resources, into, seen);
            }
        }
        else
        {
            into.Add((node, resources));
        }
    }

    /// <summary>A page's streams are one: an operator may begin in one and end in the next.</summary>
    private static byte[] Content(PdfFile file, Dictionary<string, object?> page)
    {
        List<object?> parts = file.Get(page, "Contents") is List<object?> several ? several : [page.GetValueOrDefault("Contents")];
        return [.. parts.Select(file.Of).OfType<PdfStream>().SelectMany(s => file.Unpack(s).Append((byte)'\n'))];
    }
}
