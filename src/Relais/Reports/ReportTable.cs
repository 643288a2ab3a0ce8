using Relais.Foundation.Csv;

namespace Relais.Reports;

/// <summary>A report as a table.</summary>
/// <param name="Columns">Names, as metrics are called.</param>
/// <param name="Rows">Cells in the order of the columns: numbers, texts, null.</param>
internal sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    public byte[] ToCsv() => CsvWriting.File(Rows.Prepend(Columns));
}
