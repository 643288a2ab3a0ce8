using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Relais.Knowledge.Documents;

/// <summary>Markdown ⇒ headings, paragraphs, list items and table rows as plain text. Links keep their words and lose their address, pictures keep their description.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Deeper nesting is read as far as this.</summary>
    private const int Deepest = 20;

    public static List<TextBlock> Read(string markdown)
    {
        var blocks = new List<TextBlock>();
        Walk(Markdown.Parse(markdown, Pipeline), blocks, 0);
        return blocks;
    }

    private static void Walk(ContainerBlock container, List<TextBlock> into, int depth)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    Add(heading.Level, Words(heading.Inline));
                    break;
                case ListBlock or Table when depth < Deepest:
                    Add(0, string.Join('\n', Lines((ContainerBlock)block, depth + 1)));
                    break;
                case ContainerBlock inner when depth < Deepest:
                    Walk(inner, into, depth + 1);
                    break;
                case ParagraphBlock paragraph:
                    Add(0, Words(paragraph.Inline));
                    break;
                case LeafBlock { Inline: null } code:
                    Add(0, code.Lines.ToString());
                    break;
            }
        }

        void Add(int level, string text)
        {
            if (text.Trim() is { Length: > 0 } words)
            {
                into.Add(new(level, words));
            }
        }
    }

    /// <summary>An item or a row a line.</summary>
    private static IEnumerable<string> Lines(ContainerBlock container, int depth)
    {
        foreach (var row in container.OfType<ContainerBlock>())
        {
            if (row is TableRow)
            {
                yield return string.Join(" | ", row.OfType<ContainerBlock>().Select(cell => Flat(cell, depth)));
            }
            else
            {
                yield return "- " + Flat(row, depth);
            }
        }
    }

    private static string Flat(ContainerBlock container, int depth)
    {
        var blocks = new List<TextBlock>();
        Walk(container, blocks, depth);
        return string.Join('\n', blocks.Select(b => b.Text));
    }

    private static string Words(ContainerInline? inline)
    {
        var words = new StringBuilder();
        Append(inline, words, 0);
        return words.ToString();
    }

    private static void Append(ContainerInline? container, StringBuilder into, int depth)
    {
        foreach (var inline in container ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    into.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    into.Append(code.Content);
                    break;
                case LineBreakInline line:
                    into.Append(line.IsHard ? '\n' : ' ');
                    break;
                case HtmlEntityInline entity:
                    into.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline link:
                    into.Append(link.Url);
                    break;
                case ContainerInline inner when depth < Deepest:
                    Append(inner, into, depth + 1);
                    break;
            }
        }
    }
}
