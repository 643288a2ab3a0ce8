using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Imports;

/// <summary>What is being done with a file; the words are stored and shown.</summary>
internal static class ImportState
{
    public const string Receiving = "receiving";
    public const string Uploaded = "uploaded";
    public const string Checking = "checking";
    public const string Checked = "checked";
    public const string Running = "running";
    public const string Done = "done";
    public const string Undoing = "undoing";
    public const string Undone = "undone";
    public const string Failed = "failed";

    /// <summary>A worker is at it.</summary>
    public static bool IsWorking(string state) => state is Checking or Running or Undoing;
}

/// <summary>A file brought in, as stored.</summary>
internal sealed class Import
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>contacts, products or orders.</summary>
    public string Kind { get; init; } = "";

    public string FileName { get; init; } = "";

    /// <summary>Who brought it.</summary>
    public long AgentId { get; init; }

    /// <summary>One of <see cref="ImportState"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>JSON list: the first row.</summary>
    public string Header { get; init; } = "[]";

    /// <summary><see cref="ImportMapping"/> as JSON.</summary>
    public string Mapping { get; init; } = "{}";

    /// <summary>Without the header and empty ones.</summary>
    public long RowCount { get; init; }

    public long Chunks { get; init; }

    /// <summary>The first one that the check, or the run, has not done.</summary>
    public long NextChunk { get; init; }

    public long RowsDone { get; init; }

    public long Created { get; init; }

    public long Changed { get; init; }

    public long Unchanged { get; init; }

    /// <summary>Rows that are left out.</summary>
    public long Failed { get; init; }

    public long Problems { get; init; }

    public long Undone { get; init; }

    /// <summary>What an undo left, because it was changed since.</summary>
    public long Kept { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long? FinishedAt { get; init; }

    public IReadOnlyList<string> Columns => JsonSerializer.Deserialize<List<string>>(Header, ApiJson.Options)!;

    public ImportMapping Mapped => ImportMapping.Read(Mapping);
}

/// <summary>What each column of a file means, and what holds for all rows.</summary>
/// <param name="Columns">By place: the name of a target of the kind, or null for a column that is not taken.</param>
/// <param name="Country">ISO 3166 two letters: where numbers without a country code are from; null: they are refused.</param>
/// <param name="Existing">update, or skip: rows of what is known already are left out.</param>
/// <param name="Labels">contacts: ids of labels that each of them gets.</param>
/// <param name="Proof">contacts: how the consents of the file are known; null: the file and its row.</param>
/// <param name="Currency">products: ISO 4217 of prices without one.</param>
internal sealed record ImportMapping(
    IReadOnlyList<string?> Columns, string? Country = null, string Existing = "update", IReadOnlyList<long>? Labels = null, string? Proof = null,
    string? Currency = null)
{
    public static ImportMapping Read(string stored) => JsonSerializer.Deserialize<ImportMapping>(stored, ApiJson.Options)!;

    public string Write() => JsonSerializer.Serialize(this, ApiJson.Options);

    /// <summary>The place of a target, or -1.</summary>
    public int PlaceOf(string target)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == target)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A row of a file as it is kept.</summary>
/// <param name="Number">As a spreadsheet counts.</param>
/// <param name="Cells">May be fewer than columns.</param>
internal sealed record FileRow(int Number, string[] Cells)
{
    /// <summary>Trimmed; empty where there is none.</summary>
    public string At(int place) => place >= 0 && place < Cells.Length ? CustomerText.Normalise(Cells[place]).Trim() : "";
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">Its number.</param>
/// <param name="Place">Of the column, from 0; -1: the row as a whole.</param>
/// <param name="Code">One of <see cref="ImportTexts"/>.</param>
/// <param name="Value">What stands there, cut.</param>
/// <param name="IsWarning">The row is taken all the same, without this.</param>
internal sealed record RowProblem(int Row, int Place, string Code, string? Value, bool IsWarning = false);

/// <summary>What a row did.</summary>
/// <param name="Row">Its number.</param>
/// <param name="TargetId">What it made or changed.</param>
/// <param name="IsNew">It was not there before.</param>
/// <param name="Was">JSON of the kind's own, or null.</param>
/// <param name="Became">The same, after.</param>
internal sealed record RowEffect(int Row, long TargetId, bool IsNew, string? Was, string Became);

/// <summary>What became of some rows.</summary>
internal sealed class BatchOutcome
{
    public int Created { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    public int Failed { get; set; }

    public List<RowProblem> Problems { get; } = [];

    public List<RowEffect> Effects { get; } = [];
}

/// <summary>What a column may be mapped to.</summary>
/// <param name="Name">Of the target.</param>
/// <param name="Words">Header words in any language by which it is proposed; compared folded.</param>
/// <param name="IsRequired">Without it nothing can be imported.</param>
internal sealed record ImportTarget(string Name, IReadOnlyList<string> Words, bool IsRequired = false);

/// <summary>What an import needs to take some rows.</summary>
/// <param name="Import">The file.</param>
/// <param name="Rows">Of it, in order.</param>
/// <param name="IsDry">Only looked at: nothing is written.</param>
/// <param name="Now">Microseconds UTC.</param>
internal sealed record ImportBatch(Import Import, IReadOnlyList<FileRow> Rows, bool IsDry, long Now)
{
    public ImportMapping Mapping { get; } = Import.Mapped;

    public long TenantId => Import.TenantId;
}

/// <summary>An effect that is to be taken back.</summary>
internal sealed class StoredEffect
{
    public long RowNumber { get; init; }

    public long TargetId { get; init; }

    public long IsNew { get; init; }

    public string? Was { get; init; }

    public string Became { get; init; } = "";
}

/// <summary>A kind of rows: what they mean and what they do. Everything it does is in the transaction it is given.</summary>
internal interface IImportKind
{
    /// <summary>contacts, products, orders.</summary>
    string Name { get; }

    Task<IReadOnlyList<ImportTarget>> Targets(Tx tx, long tenantId);

    /// <summary>What is wrong with a mapping beyond what holds for all kinds: the field and a sentence; null when it can be used.</summary>
    Task<(string Field, string Sentence)?> Wrong(Tx tx, long tenantId, ImportMapping mapping);

    /// <summary>Ids that <see cref="Carry"/> takes for a batch of so many rows.</summary>
    int IdsNeeded(int rows);

    /// <summary>Takes the rows, or says what it would do.</summary>
    Task<BatchOutcome> Carry(Tx tx, ImportBatch batch, IdRange ids);

    /// <summary>Takes effects back, the latest first; answers the numbers of the rows whose effect stays.</summary>
    Task<HashSet<long>> Undo(Tx tx, Import import, IReadOnlyList<StoredEffect> effects, long now, IdRange ids);
}
