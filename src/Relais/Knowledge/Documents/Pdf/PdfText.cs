using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.Content;
using PdfSharp.Pdf.IO;

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

    public static List<TextBlock> Read(byte[] bytes)
    {
        PdfBounds.Check(bytes);
        var lines = new List<PdfLine>();
        var page = 0;
        var (glyphs, unknown) = (0, 0);
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using var pdf = PdfReader.Open(stream, PdfDocumentOpenMode.Import);
            if (pdf.PageCount > MostPages)
            {
                throw new UnreadableException($"The PDF has {pdf.PageCount} pages; {MostPages} are read at most. Cut it into parts.");
            }

            foreach (var each in pdf.Pages)
            {
                var read = new PdfPageText();
                read.Read(ContentReader.ReadContent(each), each.Resources);
                lines.AddRange(PdfLine.Of(read.Runs, page++));
                glyphs += read.Glyphs;
                unknown += read.Unknown;
            }
        }
        catch (PdfReaderException e) when (e.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableException("The PDF is protected by a password. Save it without one.");
        }
#pragma warning disable CA1031 // The package throws whatever its parser stumbles over; any of it means that the file is not as it should be.
        catch (Exception e) when (e is not (UnreadableException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            throw new UnreadableException(Damaged);
        }

        return glyphs == 0 ? throw new UnreadableException("The PDF has no text, only pictures of it (a scan). Run it through text recognition (OCR) first, or send its text.")
            : unknown * 3 > glyphs ? throw new UnreadableException("The PDF's fonts do not say which letters they draw, so it cannot be read. Export it anew, or send its text.")
            : PdfBlocks.Of(lines);
    }
}
