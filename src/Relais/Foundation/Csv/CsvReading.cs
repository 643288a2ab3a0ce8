using System.Runtime.CompilerServices;
using CsvHelper;

namespace Relais.Foundation.Csv;

/// <summary>How much a file may hold.</summary>
/// <param name="MostCells">Of one row.</param>
/// <param name="LongestCell">Characters of one cell.</param>
/// <param name="MostRows">Of the file, its header among them.</param>
internal sealed record CsvLimits(int MostCells = 100, int LongestCell = 10_000, int MostRows = 200_001);

/// <summary>What a file is read as, from its beginning.</summary>
internal abstract record CsvRead
{
    private CsvRead()
    {
    }

    /// <summary>A row.</summary>
    /// <param name="Number">As a spreadsheet counts: the header is 1, and a cell with line breaks is still in one row.</param>
    /// <param name="Cells">As they were before they were guarded (<see cref="CsvGuard"/>).</param>
    public sealed record Row(int Number, string[] Cells) : CsvRead;

    /// <summary>The file cannot be read from here on; nothing follows.</summary>
    /// <param name="Number">The row at which it was seen.</param>
    /// <param name="Why">What is wrong.</param>
    public sealed record Broken(int Number, CsvFault Why) : CsvRead;
}

/// <summary>Why a file is no CSV that can be used.</summary>
internal enum CsvFault
{
    /// <summary>A picture, a spreadsheet, anything with zero bytes.</summary>
    NotText = 1,
    TooManyRows = 2,
    TooManyCells = 3,
    CellTooLong = 4,

    /// <summary>A quote that is opened and never closed: the rest of the file would be one cell.</summary>
    OpenQuote = 5,
}

/// <summary>
/// Reads CSV as spreadsheets write it, in one pass and without holding it: UTF-8, UTF-16 with a mark, Windows-1252; commas, semicolons,
/// tabs or bars, found out from the first rows.
/// </summary>
internal static class CsvReading
{
    private const int Look = 1_024;

    /// <summary>Empty rows are counted and left out.</summary>
    public static async IAsyncEnumerable<CsvRead> Read(Stream stream, CsvLimits limits, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var text = new StreamReader(stream, WindowsFallback.Utf8, detectEncodingFromByteOrderMarks: true, bufferSize: 32_768, leaveOpen: true);
        var start = new char[Look];
        var length = await text.ReadBlockAsync(start.AsMemory(), cancel);
        if (start.AsSpan(0, length).Contains('\0') || IsBinary(start.AsSpan(0, length)))
        {
            yield return new CsvRead.Broken(1, CsvFault.NotText);
            yield break;
        }

        var hasOpenQuote = false;
        await using var reader = CsvReader.Create(new Continued(start.AsMemory(0, length), text), new CsvReaderOptions
        {
            HasHeader = false,
            SkipEmptyLines = false,
            MaxRecordSize = 4 * limits.LongestCell * Math.Min(limits.MostCells, 20),
            IncludeValuesInExceptions = false,
            OnMalformedRecord = bad => hasOpenQuote |= bad.Reason == CsvMalformedReason.UnterminatedQuote,
        });
        for (var number = 1; ; number++)
        {
            var (cells, fault) = await Next(reader, limits, cancel);
            fault = hasOpenQuote ? CsvFault.OpenQuote : fault ?? (cells is not null && number > limits.MostRows ? CsvFault.TooManyRows : null);
            if (fault is { } why)
            {
                yield return new CsvRead.Broken(number, why);
                yield break;
            }

            if (cells is null)
            {
                yield break;
            }

            if (cells.Length > 1 || (cells.Length == 1 && cells[0].Length > 0))
            {
                yield return new CsvRead.Row(number, Array.ConvertAll(cells, CsvGuard.Unguard));
            }
        }
    }

    /// <summary>Null cells at the end.</summary>
    private static async Task<(string[]? Cells, CsvFault? Fault)> Next(CsvReader reader, CsvLimits limits, CancellationToken cancel)
    {
        try
        {
            if (!await reader.ReadAsync(cancel))
            {
                return (null, null);
            }
        }
        catch (CsvFormatException)
        {
            // Longer than a row may be: nearly always a quote that is not closed.
            return (null, CsvFault.CellTooLong);
        }

        if (reader.FieldCount > limits.MostCells)
        {
            return (null, CsvFault.TooManyCells);
        }

        var cells = reader.Current.ToArray();
        return Array.Exists(cells, c => c.Length > limits.LongestCell) ? (null, CsvFault.CellTooLong)
            : Array.Exists(cells, c => c.Contains('\0', StringComparison.Ordinal)) ? (null, CsvFault.NotText)
            : (cells, null);
    }

    /// <summary>A workbook or a PDF: what people choose by mistake.</summary>
    private static bool IsBinary(ReadOnlySpan<char> start) => start.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) || start.StartsWith("%PDF-", StringComparison.Ordinal);

    /// <summary>What was looked at, then the rest.</summary>
    private sealed class Continued(ReadOnlyMemory<char> start, TextReader rest) : TextReader
    {
        private ReadOnlyMemory<char> left = start;

        public override int Read(char[] buffer, int index, int count) => left.Length > 0 ? Take(buffer.AsSpan(index, count)) : rest.Read(buffer, index, count);

        public override Task<int> ReadAsync(char[] buffer, int index, int count) =>
            left.Length > 0 ? Task.FromResult(Take(buffer.AsSpan(index, count))) : rest.ReadAsync(buffer, index, count);

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
            left.Length > 0 ? ValueTask.FromResult(Take(buffer.Span)) : rest.ReadAsync(buffer, cancellationToken);

        private int Take(Span<char> into)
        {
            var taken = Math.Min(into.Length, left.Length);
            left.Span[..taken].CopyTo(into);
            left = left[taken..];
            return taken;
        }
    }
}
