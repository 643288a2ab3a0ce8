using System.Text;

namespace Relais.Knowledge.Documents;

/// <summary>A line of a page.</summary>
/// <param name="Text">In the order it is read.</param>
/// <param name="Page">From 0.</param>
/// <param name="Y">Its base line, points from the bottom.</param>
/// <param name="Size">Of most of its letters, points.</param>
internal readonly record struct PdfLine(string Text, int Page, float Y, float Size)
{
    /// <summary>A gap between letters of this share of their size is a space that was not written.</summary>
    private const float SpaceGap = 0.17f;

    /// <summary>Runs that follow each other on one base line are a line: columns stay apart as long as they were written one after the other.</summary>
    public static IEnumerable<PdfLine> Of(IReadOnlyList<PdfRun> runs, int page)
    {
        for (var from = 0; from < runs.Count;)
        {
            var to = from + 1;
            while (to < runs.Count && Math.Abs(runs[to].Y - runs[from].Y) <= 0.35f * Math.Max(runs[from].Size, runs[to].Size))
            {
                to++;
            }

            var line = runs.Skip(from).Take(to - from).ToList();
            if (Read(line) is { Length: > 0 } text)
            {
                yield return new(text, page, line[0].Y, line.GroupBy(r => MathF.Round(r.Size, 1)).MaxBy(g => g.Count())!.Key);
            }

            from = to;
        }
    }

    private static string Read(List<PdfRun> runs)
    {
        // As it is seen, from left to right: within one string glyphs always go that way, Arabic ones too.
        var seen = new StringBuilder();
        var end = float.NaN;
        foreach (var run in runs.OrderBy(r => r.X))
        {
            var letters = run.Text.Normalize(NormalizationForm.FormKC);
            if (run.X - end > SpaceGap * run.Size && seen.Length > 0 && seen[^1] != ' ')
            {
                seen.Append(' ');
            }

            // A ligature of Arabic letters comes in reading order, the line is turned round below.
            if (letters.Length > 1 && IsRightToLeft(letters[0]))
            {
                letters = new string([.. letters.Reverse()]);
            }

            seen.Append(letters);
            end = Math.Max(run.End, float.IsNaN(end) ? run.End : end);
        }

        var text = seen.ToString();
        return Foundation.ShortText.OneLine(text.Count(IsRightToLeft) * 2 > text.Count(char.IsLetter) ? Turned(text) : text);
    }

    /// <summary>From how a line is seen to how it is read: turned round, but for its numbers and Latin words.</summary>
    private static string Turned(string seen)
    {
        var read = new StringBuilder(seen.Length);
        for (var i = seen.Length - 1; i >= 0;)
        {
            var from = i;
            while (from >= 0 && IsLeftToRight(seen[from], seen, from))
            {
                from--;
            }

            if (from < i)
            {
                read.Append(seen, from + 1, i - from);
                i = from;
            }
            else
            {
                read.Append(seen[i] switch { '(' => ')', ')' => '(', '[' => ']', ']' => '[', '«' => '»', '»' => '«', var c => c });
                i--;
            }
        }

        return read.ToString();
    }

    private static bool IsLeftToRight(char c, string text, int at) =>
        char.IsAsciiLetterOrDigit(c) || c is >= '\u00c0' and <= '\u024f' or >= '٠' and <= '٩'
        || (c is '.' or ',' or ':' or '/' or '@' or '-' or '_' && at > 0 && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1]));

    private static bool IsRightToLeft(char c) => c is (>= '\u0590' and <= '\u08ff' and not (>= '٠' and <= '٩')) or (>= '\ufb1d' and <= '\ufdff') or (>= '\ufe70' and <= '\ufefc');
}
