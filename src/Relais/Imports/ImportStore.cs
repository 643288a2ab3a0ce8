using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Imports;

/// <summary>A problem as stored.</summary>
internal sealed class StoredProblem
{
    public long RowNumber { get; init; }

    public long Place { get; init; }

    public string Code { get; init; } = "";

    public string? Value { get; init; }

    public long IsWarning { get; init; }
}

/// <summary>Files, their rows, and what became of them. What moves one on names the state it was in.</summary>
internal static class ImportStore
{
    /// <summary>Problems kept of one file; more are only counted.</summary>
    public const int MostProblems = 10_000;

    private const int LongestValue = 200;

    private const string Select = """
        SELECT tenant_id AS "TenantId", id AS "Id", kind AS "Kind", file_name AS "FileName", agent_id AS "AgentId", state AS "State", header AS "Header",
          mapping AS "Mapping", row_count AS "RowCount", chunks AS "Chunks", next_chunk AS "NextChunk", rows_done AS "RowsDone", created AS "Created",
          changed AS "Changed", unchanged AS "Unchanged", failed AS "Failed", problems AS "Problems", undone AS "Undone", kept AS "Kept",
          created_at AS "CreatedAt", updated_at AS "UpdatedAt", finished_at AS "FinishedAt"
        FROM data_import
        """;

    private static readonly Rows<(long TenantId, long ImportId, RowProblem Problem)> ProblemRows = new("""
        INSERT INTO import_problem (tenant_id, import_id, row_number, place, code, value, is_warning)
        SELECT r.tenant_id, r.import_id, r.row_number, r.at_place, r.code, r.value, r.is_warning FROM {rows} WHERE true ON CONFLICT DO NOTHING
        """,
        Column<(long TenantId, long ImportId, RowProblem Problem)>.Long("tenant_id", p => p.TenantId),
        Column<(long TenantId, long ImportId, RowProblem Problem)>.Long("import_id", p => p.ImportId),
        Column<(long TenantId, long ImportId, RowProblem Problem)>.Long("row_number", p => p.Problem.Row),
        Column<(long TenantId, long ImportId, RowProblem Problem)>.Long("at_place", p => p.Problem.Place),
        Column<(long TenantId, long ImportId, RowProblem Problem)>.Text("code", p => p.Problem.Code),
        Column<(long TenantId, long ImportId, RowProblem Problem)>.Text("value", p => p.Problem.Value is { } value ? ShortText.Fit(value, LongestValue) : null),
        Column<(long TenantId, long ImportId, RowProblem Problem)>.Long("is_warning", p => p.Problem.IsWarning ? 1 : 0));

    private static readonly Rows<(long TenantId, long ImportId, RowEffect Effect)> EffectRows = new("""
        INSERT INTO import_effect (tenant_id, import_id, row_number, target_id, is_new, was, became, state)
        SELECT r.tenant_id, r.import_id, r.row_number, r.target_id, r.is_new, r.was, r.became, 0 FROM {rows}
        """,
        Column<(long TenantId, long ImportId, RowEffect Effect)>.Long("tenant_id", p => p.TenantId),
        Column<(long TenantId, long ImportId, RowEffect Effect)>.Long("import_id", p => p.ImportId),
        Column<(long TenantId, long ImportId, RowEffect Effect)>.Long("row_number", p => p.Effect.Row),
        Column<(long TenantId, long ImportId, RowEffect Effect)>.Long("target_id", p => p.Effect.TargetId),
        Column<(long TenantId, long ImportId, RowEffect Effect)>.Long("is_new", p => p.Effect.IsNew ? 1 : 0),
        Column<(long TenantId, long ImportId, RowEffect Effect)>.Text("was", p => p.Effect.Was),
        Column<(long TenantId, long ImportId, RowEffect Effect)>.Text("became", p => p.Effect.Became));

    public static Task<Import?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<Import>(
        $"{Select} WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>The latest first; those that are still coming in are not shown.</summary>
    public static Task<List<Import>> Page(Tx tx, long tenantId, string? kind, long before, int limit) => tx.Query<Import>($"""
        {Select} WHERE tenant_id = @tenantId AND id < @before AND state <> 'receiving' {(kind is null ? "" : "AND kind = @kind")} ORDER BY id DESC LIMIT @limit
        """, new { tenantId, kind, before, limit });

    public static Task Begin(Tx tx, long tenantId, long id, string fileName, long agentId, IReadOnlyList<string> header, long now) => tx.Execute("""
        INSERT INTO data_import (tenant_id, id, kind, file_name, agent_id, state, header, mapping, row_count, chunks, next_chunk, rows_done, created, changed,
          unchanged, failed, problems, undone, kept, created_at, updated_at)
        VALUES (@tenantId, @id, '', @fileName, @agentId, 'receiving', @header, '{}', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, @now, @now)
        """, new { tenantId, id, fileName, agentId, header = JsonSerializer.Serialize(header, ApiJson.Options), now });

    public static Task AddChunk(Tx tx, long tenantId, long importId, int position, IReadOnlyList<FileRow> rows) => tx.Execute("""
        INSERT INTO import_chunk (tenant_id, import_id, position, content) VALUES (@tenantId, @importId, @position, @content)
        """, new { tenantId, importId, position, content = JsonSerializer.Serialize(rows, ApiJson.Options) });

    /// <summary>The whole file is here.</summary>
    public static Task Received(Tx tx, long tenantId, long id, string kind, ImportMapping mapping, int rows, int chunks, long now) => tx.Execute("""
        UPDATE data_import SET kind = @kind, state = 'uploaded', mapping = @mapping, row_count = @rows, chunks = @chunks, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state = 'receiving'
        """, new { tenantId, id, kind, mapping = mapping.Write(), rows, chunks, now });

    public static async Task<IReadOnlyList<FileRow>> Chunk(Tx tx, long tenantId, long importId, long position) =>
        await tx.QueryFirst<string>("SELECT content FROM import_chunk WHERE tenant_id = @tenantId AND import_id = @importId AND position = @position",
            new { tenantId, importId, position }) is { } content ? JsonSerializer.Deserialize<List<FileRow>>(content, ApiJson.Options)! : [];

    /// <summary>From the start, under this mapping; false when it is past being checked.</summary>
    public static async Task<bool> Check(Tx tx, long tenantId, long id, ImportMapping mapping, long now)
    {
        if (await tx.Execute("""
            UPDATE data_import SET state = 'checking', mapping = @mapping, next_chunk = 0, rows_done = 0, created = 0, changed = 0, unchanged = 0, failed = 0,
              problems = 0, updated_at = @now
            WHERE tenant_id = @tenantId AND id = @id AND state IN ('uploaded', 'checking', 'checked')
            """, new { tenantId, id, mapping = mapping.Write(), now }) == 0)
        {
            return false;
        }

        await tx.Execute("DELETE FROM import_problem WHERE tenant_id = @tenantId AND import_id = @id", new { tenantId, id });
        return true;
    }

    /// <summary>Starts over from the first row, this time in earnest; false when it was not checked last.</summary>
    public static async Task<bool> Run(Tx tx, long tenantId, long id, long now) => await tx.Execute("""
        UPDATE data_import SET state = 'running', next_chunk = 0, rows_done = 0, created = 0, changed = 0, unchanged = 0, failed = 0, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state = 'checked'
        """, new { tenantId, id, now }) > 0;

    public static async Task<bool> Undo(Tx tx, long tenantId, long id, long now) => await tx.Execute("""
        UPDATE data_import SET state = 'undoing', updated_at = @now, finished_at = NULL WHERE tenant_id = @tenantId AND id = @id AND state IN ('done', 'failed')
        """, new { tenantId, id, now }) > 0;

    /// <summary>Takes the row until the end of the transaction, if the file is still in that state and at that chunk.</summary>
    public static async Task<bool> Hold(Tx tx, Import import, long now) => await tx.Execute("""
        UPDATE data_import SET updated_at = @now WHERE tenant_id = @TenantId AND id = @Id AND state = @State AND next_chunk = @NextChunk
          AND updated_at = @UpdatedAt
        """, new { import.TenantId, import.Id, import.State, import.NextChunk, import.UpdatedAt, now }) > 0;

    /// <summary>In the transaction that took the rows of a chunk.</summary>
    public static async Task Took(Tx tx, Import import, int rows, BatchOutcome outcome, long now)
    {
        // A run meets what the check met already, so only what is new adds to the count.
        var kept = outcome.Problems.Take((int)Math.Max(0, MostProblems - import.Problems)).ToList();
        await tx.Each(ProblemRows, kept.ConvertAll(p => (import.TenantId, import.Id, p)));
        if (import.State == ImportState.Running)
        {
            await tx.Each(EffectRows, outcome.Effects.ConvertAll(e => (import.TenantId, import.Id, e)));
        }

        var isLast = import.NextChunk + 1 >= import.Chunks;
        var next = !isLast ? import.State : import.State == ImportState.Checking ? ImportState.Checked : ImportState.Done;
        await tx.Execute("""
            UPDATE data_import SET next_chunk = next_chunk + 1, rows_done = rows_done + @rows, created = created + @Created, changed = changed + @Changed,
              unchanged = unchanged + @Unchanged, failed = failed + @Failed, state = @next, updated_at = @now,
              finished_at = CASE WHEN @next = 'done' THEN CAST(@now AS BIGINT) END,
              problems = (SELECT count(*) FROM import_problem p WHERE p.tenant_id = @TenantId AND p.import_id = @Id)
            WHERE tenant_id = @TenantId AND id = @Id
            """, new { import.TenantId, import.Id, rows, outcome.Created, outcome.Changed, outcome.Unchanged, outcome.Failed, next, now });
        if (next == ImportState.Done)
        {
            // The file itself is needed no more, and it is full of customers.
            await DeleteChunks(tx, import.TenantId, import.Id);
        }
    }

    /// <summary>What is left to be taken back, the latest rows first.</summary>
    public static Task<List<StoredEffect>> Effects(Tx tx, long tenantId, long importId, int limit) => tx.Query<StoredEffect>("""
        SELECT row_number AS "RowNumber", target_id AS "TargetId", is_new AS "IsNew", was AS "Was", became AS "Became" FROM import_effect
        WHERE tenant_id = @tenantId AND import_id = @importId AND state = 0 ORDER BY row_number DESC LIMIT @limit
        """, new { tenantId, importId, limit });

    /// <summary>In the transaction that took them back.</summary>
    public static async Task TookBack(Tx tx, Import import, IReadOnlyList<StoredEffect> effects, HashSet<long> kept, bool isLast, long now)
    {
        foreach (var (state, rows) in new[] { (1, effects.Where(e => !kept.Contains(e.RowNumber))), (2, effects.Where(e => kept.Contains(e.RowNumber))) })
        {
            var numbers = rows.Select(e => e.RowNumber).ToArray();
            if (numbers.Length > 0)
            {
                await tx.Execute($"""
                    UPDATE import_effect SET state = @state WHERE tenant_id = @TenantId AND import_id = @Id
                      AND row_number {tx.Dialect.In("numbers")}
                    """, new { import.TenantId, import.Id, state, numbers });
            }
        }

        await tx.Execute("""
            UPDATE data_import SET undone = undone + @undone, kept = kept + @kept, state = @next, updated_at = @now,
              finished_at = CASE WHEN @next = 'undone' THEN CAST(@now AS BIGINT) END
            WHERE tenant_id = @TenantId AND id = @Id
            """, new { import.TenantId, import.Id, undone = effects.Count - kept.Count, kept = kept.Count, next = isLast ? ImportState.Undone : import.State, now });
    }

    /// <summary>Files that somebody has to work on, of every tenant.</summary>
    public static Task<List<(long TenantId, long Id)>> Working(Tx tx, int limit) => tx.Query<(long TenantId, long Id)>("""
        SELECT tenant_id, id FROM data_import WHERE state IN ('checking', 'running', 'undoing') ORDER BY id LIMIT @limit
        """, new { limit });

    public static Task Fail(Tx tx, long tenantId, long id, long now) => tx.Execute("""
        UPDATE data_import SET state = 'failed', updated_at = @now, finished_at = @now WHERE tenant_id = @tenantId AND id = @id
          AND state IN ('checking', 'running', 'undoing')
        """, new { tenantId, id, now });

    public static Task<List<StoredProblem>> Problems(Tx tx, long tenantId, long importId, long afterRow, long afterPlace, int limit) => tx.Query<StoredProblem>("""
        SELECT row_number AS "RowNumber", place AS "Place", code AS "Code", value AS "Value", is_warning AS "IsWarning" FROM import_problem
        WHERE tenant_id = @tenantId AND import_id = @importId AND (row_number > @afterRow OR (row_number = @afterRow AND place > @afterPlace))
        ORDER BY row_number, place, code LIMIT @limit
        """, new { tenantId, importId, afterRow, afterPlace, limit });

    /// <summary>The file, its problems and what it could be undone by; what it brought in stays. False while it is worked on.</summary>
    public static async Task<bool> Delete(Tx tx, long tenantId, long id)
    {
        if (await tx.QueryFirst<long>("""
            SELECT count(*) FROM data_import WHERE tenant_id = @tenantId AND id = @id AND state IN ('running', 'undoing')
            """, new { tenantId, id }) > 0)
        {
            return false;
        }

        await DeleteChunks(tx, tenantId, id);
        await tx.Execute("DELETE FROM import_problem WHERE tenant_id = @tenantId AND import_id = @id", new { tenantId, id });
        await tx.Execute("DELETE FROM import_effect WHERE tenant_id = @tenantId AND import_id = @id", new { tenantId, id });
        await tx.Execute("DELETE FROM data_import WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        return true;
    }

    /// <summary>Those whose sender went away, and those older than <paramref name="before"/>.</summary>
    public static Task<List<long>> Old(Tx tx, long tenantId, long abandonedBefore, long before) => tx.Query<long>("""
        SELECT id FROM data_import WHERE tenant_id = @tenantId AND ((state = 'receiving' AND created_at < @abandonedBefore) OR created_at < @before)
        """, new { tenantId, abandonedBefore, before });

    private static Task DeleteChunks(Tx tx, long tenantId, long id) =>
        tx.Execute("DELETE FROM import_chunk WHERE tenant_id = @tenantId AND import_id = @id", new { tenantId, id });
}
