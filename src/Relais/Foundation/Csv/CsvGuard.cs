namespace Relais.Foundation.Csv;

/// <summary>
/// Cells that a spreadsheet would run as a formula get an apostrophe before them, and lose it when they are read back. Exactly one is
/// added and one taken, so that what was written with apostrophes of its own comes back as it was.
/// </summary>
internal static class CsvGuard
{
    public static string Guard(string text) => IsFormula(text) ? "'" + text : text;

    public static string Unguard(string cell) => cell is ['\'', ..] && IsFormula(cell) ? cell[1..] : cell;

    private static bool IsFormula(string text)
    {
        var rest = text.AsSpan().TrimStart('\'');
        return rest.TrimStart(' ') is ['\t' or '\r' or '\n', ..] || rest.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..];
    }
}
