using Relais.Foundation;

namespace Relais.Imports;

/// <param name="Columns">A target's name for each column of the file, or null for one that is not taken.</param>
/// <param name="Country">ISO 3166: where numbers without a country code are from.</param>
/// <param name="Existing">update (default), or skip: what is known already is left out.</param>
/// <param name="Labels">contacts: ids of labels that each of them gets.</param>
/// <param name="Proof">contacts: how the consents in the file are known, 1 to 500 characters.</param>
/// <param name="Currency">products: ISO 4217 of prices without one.</param>
internal sealed record ImportMappingRequest(
    IReadOnlyList<string?>? Columns, string? Country = null, string? Existing = null, IReadOnlyList<long>? Labels = null, string? Proof = null, string? Currency = null);

/// <param name="Name">For columns of a mapping.</param>
/// <param name="Required">Without it nothing can be imported.</param>
internal sealed record ImportTargetJson(string Name, bool Required);

/// <param name="Row">As a spreadsheet counts: the header is 1.</param>
/// <param name="Column">The header of the column; null: the row as a whole.</param>
/// <param name="Code">For programs.</param>
/// <param name="Value">What stands there, at most 200 characters.</param>
/// <param name="Problem">A sentence in the language asked for.</param>
/// <param name="Warning">The row is taken all the same, without this.</param>
internal sealed record ImportProblemJson(long Row, string? Column, string Code, string? Value, string Problem, bool Warning);

/// <param name="Id">Ours.</param>
/// <param name="Kind">contacts, products or orders.</param>
/// <param name="FileName">As it was called.</param>
/// <param name="AgentId">Who brought it.</param>
/// <param name="State">uploaded, checking, checked, running, done, undoing, undone or failed.</param>
/// <param name="Header">The first row.</param>
/// <param name="Mapping">As it is proposed, until it is set.</param>
/// <param name="Targets">What columns may be mapped to; in lists empty.</param>
/// <param name="Sample">The first three rows; empty in lists, and once it is done.</param>
/// <param name="Rows">Without the header.</param>
/// <param name="RowsDone">Of the check, or of the run.</param>
/// <param name="Created">While it is checked: what would be made.</param>
/// <param name="Changed">The same.</param>
/// <param name="Unchanged">Rows that say nothing new.</param>
/// <param name="Failed">Rows that are left out.</param>
/// <param name="Problems">As many as are kept (10,000).</param>
/// <param name="Undone">Rows taken back.</param>
/// <param name="Kept">Rows an undo left, because somebody changed what they made.</param>
internal sealed record ImportJson(
    long Id, string Kind, string FileName, long AgentId, string State, IReadOnlyList<string> Header, ImportMapping Mapping, IReadOnlyList<ImportTargetJson> Targets,
    IReadOnlyList<IReadOnlyList<string>> Sample, long Rows, long RowsDone, long Created, long Changed, long Unchanged, long Failed, long Problems, long Undone, long Kept,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    public static ImportJson Of(Import import, IReadOnlyList<ImportTarget> targets, IReadOnlyList<FileRow> sample) => new(
        import.Id, import.Kind, import.FileName, import.AgentId, import.State, import.Columns, import.Mapped, [.. targets.Select(t => new ImportTargetJson(t.Name, t.IsRequired))],
        [.. sample.Select(r => r.Cells)], import.RowCount, import.RowsDone, import.Created, import.Changed, import.Unchanged, import.Failed, import.Problems, import.Undone,
        import.Kept, Instants.FromMicros(import.CreatedAt), Instants.FromMicros(import.UpdatedAt), Instants.FromMicros(import.FinishedAt));
}
