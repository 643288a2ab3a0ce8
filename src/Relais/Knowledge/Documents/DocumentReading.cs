using System.Net.Mime;
using Relais.Foundation;

namespace Relais.Knowledge.Documents;

/// <summary>How the reading of a document ended.</summary>
internal abstract record ReadEnd
{
    /// <param name="Passages">At least one.</param>
    /// <param name="Language">fr, ar or en, as far as its words tell.</param>
    /// <param name="Size">Bytes that were read.</param>
    internal sealed record Done(IReadOnlyList<Passage> Passages, string? Language, long Size) : ReadEnd;

    /// <param name="Problem">One sentence for the owner.</param>
    internal sealed record Never(string Problem) : ReadEnd;
}

/// <summary>A document's bytes, or the page at its address ⇒ passages.</summary>
internal sealed class DocumentReading(SafeHttp http)
{
    private const string NoText = "There is no text in it.";

    public async Task<ReadEnd> Read(Document document, byte[]? source, CancellationToken cancel)
    {
        try
        {
            if (document.Format != DocumentFormat.Url)
            {
                return Cut(Blocks(document.Format, source ?? []), source?.Length ?? 0);
            }

            return await http.Get(document.Url!, DocumentLimits.MostBytes, cancel) switch
            {
                SafeGet.Answered page => Page(page),
                SafeGet.Failed failed => new ReadEnd.Never(failed.Reason),
                _ => throw new NotSupportedException(),
            };
        }
        catch (UnreadableException e)
        {
            return new ReadEnd.Never(e.Message);
        }
    }

    private static ReadEnd Page(SafeGet.Answered page)
    {
        var type = page.MediaType;
        if (DocumentForm.FormatOf(page.Body, null) == DocumentFormat.Pdf)
        {
            return Cut(PdfText.Read(page.Body), page.Body.Length);
        }

        return type switch
        {
            null or MediaTypeNames.Text.Html or MediaTypeNames.Application.Xml or "application/xhtml+xml" =>
                Cut(HtmlText.Read(page.Body, page.Charset).Blocks, page.Body.Length),
            MediaTypeNames.Text.Markdown => Cut(MarkdownText.Read(PlainText.Decode(page.Body)), page.Body.Length),
            MediaTypeNames.Text.Plain => Cut(PlainText.Read(page.Body), page.Body.Length),
            _ => new ReadEnd.Never($"The address answers with {ShortText.Fit(type, 60)}, which is neither a page, nor text, nor a PDF."),
        };
    }

    private static List<TextBlock> Blocks(string format, byte[] source) => format switch
    {
        DocumentFormat.Pdf => PdfText.Read(source),
        DocumentFormat.Markdown => MarkdownText.Read(PlainText.Decode(source)),
        _ => PlainText.Read(source),
    };

    private static ReadEnd Cut(List<TextBlock> blocks, long size)
    {
        var characters = blocks.Sum(b => (long)b.Text.Length);
        if (characters > DocumentLimits.MostCharacters)
        {
            return new ReadEnd.Never($"It has {characters:N0} characters; {DocumentLimits.MostCharacters:N0} are read at most. Cut it into parts.");
        }

        var passages = PassageCutter.Cut(blocks);
        return passages.Count == 0 ? new ReadEnd.Never(NoText) : new ReadEnd.Done(passages, TextLanguage.Of(passages), size);
    }
}

/// <summary>A document that cannot be read, with a sentence for its owner.</summary>
internal sealed class UnreadableException(string sentence, Exception? inner = null) : Exception(sentence, inner);
