using System.Runtime.CompilerServices;
using System.Text.Json;
using Relais.Foundation.Csv;

namespace Relais.Imports.Moving;

/// <summary>Files of rows: JSON lines (mongoexport, Supabase) and CSV (mysqldump, spreadsheets).</summary>
internal static class ForeignFile
{
    public static IEnumerable<MovedRow> JsonLines(string path, string? kind, string? country)
    {
        var number = 0L;
        foreach (var line in File.ReadLines(path))
        {
            number++;

            // An export as one array has its brackets and commas on lines of their own, or not at all.
            var text = line.Trim().TrimEnd(',');
            if (text is not ("" or "[" or "]"))
            {
                yield return Read(number, text, kind, country);
            }
        }
    }

    public static async IAsyncEnumerable<MovedRow> Csv(string path, string? kind, string? country, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);
        string[]? header = null;
        await foreach (var read in CsvReading.Read(file, new CsvLimits(MostCells: 500, LongestCell: 200_000, MostRows: int.MaxValue), cancel))
        {
            switch (read)
            {
                case CsvRead.Row row when header is null:
                    header = row.Cells;
                    break;
                case CsvRead.Row row:
                    yield return ForeignReading.Read(row.Number, new ForeignRow(header.Zip(row.Cells, (name, cell) => (name, (string?)cell))), kind, country);
                    break;
                case CsvRead.Broken broken:
                    yield return new MovedRow(broken.Number, null, $"The file cannot be read from here on ({broken.Why}); nothing after this row was read.");
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    private static MovedRow Read(long number, string text, string? kind, string? country)
    {
        try
        {
            return ForeignReading.Read(number, ForeignRow.FromJson(text), kind, country);
        }
        catch (JsonException)
        {
            return new MovedRow(number, null, "This line is no JSON object.");
        }
    }
}
