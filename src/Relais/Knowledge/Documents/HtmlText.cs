using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Relais.Knowledge.Documents;

/// <summary>A page ⇒ its title, headings and paragraphs. Nothing is run or fetched; navigation, forms, scripts and what is hidden are left out.</summary>
internal static class HtmlText
{
    private const string LeftOut = "script,style,noscript,template,nav,header,footer,aside,form,button,select,svg,iframe,object,canvas,dialog,[hidden],[aria-hidden=true],[role=navigation]";

    private const int Deepest = 200;

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "P", "DIV", "SECTION", "ARTICLE", "MAIN", "UL", "OL", "LI", "TABLE", "TBODY", "THEAD", "TR", "DL", "DT", "DD", "BLOCKQUOTE", "PRE", "FIGURE", "DETAILS", "SUMMARY", "BODY", "HR",
    };

    /// <param name="html">As it came; in the encoding it declares.</param>
    /// <param name="charset">As the answer's header says, or null.</param>
    public static (string? Title, List<TextBlock> Blocks) Read(byte[] html, string? charset)
    {
        using var page = Parse(html, charset);
        var title = page.Title?.Trim();
        foreach (var left in page.QuerySelectorAll(LeftOut).ToList())
        {
            left.Remove();
        }

        var main = page.QuerySelectorAll("main,article,[role=main]");
        var root = main.Length == 1 && main[0].TextContent.Length > 200 ? main[0] : page.Body;
        var blocks = new List<TextBlock>();
        var line = new StringBuilder();
        if (root is not null)
        {
            Walk(root, blocks, line, 0);
            Flush(blocks, line, 0);
        }

        return (title, blocks);
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(byte[] html, string? charset)
    {
        var parser = new HtmlParser();
        if (charset is not null && TryEncoding(charset) is { } encoding)
        {
            return parser.ParseDocument(encoding.GetString(html));
        }

        using var stream = new MemoryStream(html, writable: false);
        return parser.ParseDocument(stream);
    }

    private static Encoding? TryEncoding(string name)
    {
        try
        {
            return Encoding.GetEncoding(name.Trim('"'));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Walk(INode node, List<TextBlock> into, StringBuilder line, int depth)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text)
            {
                line.Append(text.Data);
            }
            else if (child is IElement element && depth < Deepest)
            {
                Element(element, into, line, depth);
            }
        }
    }

    private static void Element(IElement element, List<TextBlock> into, StringBuilder line, int depth)
    {
        if (element.NodeName is ['H' or 'h', >= '1' and <= '6'] heading)
        {
            Flush(into, line, 0);
            line.Append(element.TextContent);
            Flush(into, line, heading[1] - '0');
            return;
        }

        var isBlock = Blocks.Contains(element.NodeName);
        if (isBlock)
        {
            Flush(into, line, 0);
        }
        else if (element.NodeName is "BR" or "TD" or "TH")
        {
            line.Append(element.NodeName == "BR" ? " " : " | ");
        }

        Walk(element, into, line, depth + 1);
        if (isBlock)
        {
            if (element.NodeName == "LI")
            {
                line.Insert(0, "- ");
            }

            Flush(into, line, 0);
        }
    }

    private static void Flush(List<TextBlock> into, StringBuilder line, int level)
    {
        var text = string.Join(' ', line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('|', ' ');
        line.Clear();
        if (text.Length > 0 && text != "-")
        {
            into.Add(new(level, text));
        }
    }
}
