using System.Buffers;
using System.Globalization;
using System.Text;

namespace Relais.Foundation.Csv;

/// <summary>The one way a CSV leaves Relais: RFC 4180 with commas, UTF-8, and no cell that a spreadsheet would take for a formula.</summary>
internal static class CsvWriting
{
    /// <summary>The mark by which spreadsheets see that the file is UTF-8.</summary>
    public static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n;\t|");

    /// <summary>Adds a row. Texts are guarded; numbers stay numbers; null is an empty cell.</summary>
    public static void Row(StringBuilder into, IEnumerable<object?> cells)
    {
        var start = into.Length;
        into.AppendJoin(',', cells.Select(Cell));
        if (into.Length == start)
        {
            // A lone empty cell would be an empty line, which is no row.
            into.Append("\"\"");
        }

        into.Append("\r\n");
    }

    /// <summary>A whole file, with its mark.</summary>
    public static byte[] File(IEnumerable<IEnumerable<object?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            Row(text, row);
        }

        return [.. Mark, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(object? value)
    {
        if (value is not string text)
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }

        text = CsvGuard.Guard(text);
        return text.AsSpan().ContainsAny(Quoted) || text is [' ', ..] or [.., ' '] ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
