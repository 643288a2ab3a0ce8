using System.Text;

namespace Relais.Knowledge.Documents;

/// <summary>Lines of pages ⇒ headings and paragraphs: larger letters are headings, a wider gap ends a paragraph, what stands on nearly every page is left out.</summary>
internal static class PdfBlocks
{
    private const int LongestHeading = 120;

    public static List<TextBlock> Of(List<PdfLine> lines)
    {
        var pages = lines.Count == 0 ? 0 : lines[^1].Page + 1;
        var repeated = lines.GroupBy(l => Shape(l.Text)).Where(g => pages >= 3 && g.Select(l => l.Page).Distinct().Count() * 2 > pages).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        lines = lines.FindAll(l => !repeated.Contains(Shape(l.Text)));
        if (lines.Count == 0)
        {
            return [];
        }

        var body = lines.GroupBy(l => l.Size).MaxBy(g => g.Sum(l => l.Text.Length))!.Key;
        var gap = Usual(lines, body);
        var blocks = new List<TextBlock>();
        var paragraph = new StringBuilder();
        PdfLine? last = null;
        foreach (var line in lines)
        {
            var level = LevelOf(line, body);
            var step = last is { } before && before.Page == line.Page ? before.Y - line.Y : 0;
            if (level > 0 || last is null || step < 0 || step > gap * 1.4f || LevelOf(last.Value, body) != level || IsItem(line.Text))
            {
                Flush(last is { } ended ? LevelOf(ended, body) : 0);
            }

            Join(paragraph, line.Text);
            last = line;
        }

        Flush(LevelOf(last!.Value, body));
        return blocks;

        void Flush(int level)
        {
            if (paragraph.Length > 0)
            {
                blocks.Add(new(level, paragraph.ToString()));
                paragraph.Clear();
            }
        }
    }

    private static int LevelOf(PdfLine line, float body) =>
        line.Text.Length > LongestHeading || line.Size < body * 1.15f ? 0 : line.Size >= body * 1.7f ? 1 : line.Size >= body * 1.35f ? 2 : 3;

    /// <summary>The distance of most lines of the body.</summary>
    private static float Usual(List<PdfLine> lines, float body)
    {
        var steps = lines.Zip(lines.Skip(1)).Where(p => p.First.Page == p.Second.Page && p.First.Size == body && p.Second.Size == body)
            .Select(p => MathF.Round(p.First.Y - p.Second.Y, 1)).Where(step => step > 0).GroupBy(step => step).MaxBy(g => g.Count());
        return steps?.Key ?? body * 1.3f;
    }

    private static bool IsItem(string text) => text.Length > 2 && text[0] is '•' or '-' or '–' or '▪' or '●' or '◦' or '*' && text[1] == ' ';

    private static void Join(StringBuilder paragraph, string line)
    {
        if (paragraph.Length > 1 && paragraph[^1] == '-' && char.IsLower(paragraph[^2]) && char.IsLower(line[0]))
        {
            paragraph.Length--;
        }
        else if (paragraph.Length > 0)
        {
            paragraph.Append(' ');
        }

        paragraph.Append(line);
    }

    /// <summary>The same on each page but for its number.</summary>
    private static string Shape(string text) => new([.. text.Select(c => char.IsDigit(c) ? '0' : c)]);
}
