using System.Text.Json;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Simulations;

/// <summary>A run as stored, with its sums.</summary>
internal sealed class StoredRun
{
    public const string Waiting = "waiting";
    public const string Running = "running";
    public const string Done = "done";

    /// <summary>It failed again and again and is given up.</summary>
    public const string Broken = "broken";

    public long Id { get; init; }

    public string Status { get; init; } = "";

    /// <summary>builtin or configured.</summary>
    public string Model { get; init; } = "";

    public string? AnsweredBy { get; init; }

    /// <summary>The only case that is run; null: all.</summary>
    public long? CaseId { get; init; }

    public long PromptVersion { get; init; }

    public long? AgentId { get; init; }

    /// <summary>Cases when it was started.</summary>
    public long Total { get; init; }

    public long Passed { get; init; }

    public long Failed { get; init; }

    public long Skipped { get; init; }

    public long TokensIn { get; init; }

    public long TokensOut { get; init; }

    public long CostMicros { get; init; }

    public long CreatedAt { get; init; }

    public long? FinishedAt { get; init; }
}

/// <summary>What one case showed in a run, as stored.</summary>
internal sealed class StoredResult
{
    public long CaseId { get; init; }

    public string Name { get; init; } = "";

    public string Language { get; init; } = "";

    public long Verdict { get; init; }

    /// <summary>JSON: sentences.</summary>
    public string Reasons { get; init; } = "[]";

    /// <summary>JSON: <see cref="TranscriptLine"/>.</summary>
    public string Transcript { get; init; } = "[]";

    public long TokensIn { get; init; }

    public long TokensOut { get; init; }

    public long CostMicros { get; init; }

    public long TookMicros { get; init; }

    public IReadOnlyList<string> ReadReasons() => JsonSerializer.Deserialize<List<string>>(Reasons, ApiJson.Options) ?? [];

    public IReadOnlyList<TranscriptLine> ReadTranscript() => JsonSerializer.Deserialize<List<TranscriptLine>>(Transcript, ApiJson.Options) ?? [];
}

/// <summary>A tenant's runs and what they showed.</summary>
internal static class RunStore
{
    private const string Columns = """
        r.id AS "Id", r.status AS "Status", r.model AS "Model", r.answered_by AS "AnsweredBy", r.case_id AS "CaseId", r.prompt_version AS "PromptVersion",
        r.agent_id AS "AgentId", r.total AS "Total", r.created_at AS "CreatedAt", r.finished_at AS "FinishedAt",
        CAST(coalesce(sum(CASE s.verdict WHEN 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS "Passed",
        CAST(coalesce(sum(CASE s.verdict WHEN 2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS "Failed",
        CAST(coalesce(sum(CASE s.verdict WHEN 3 THEN 1 ELSE 0 END), 0) AS BIGINT) AS "Skipped",
        CAST(coalesce(sum(s.tokens_in), 0) AS BIGINT) AS "TokensIn", CAST(coalesce(sum(s.tokens_out), 0) AS BIGINT) AS "TokensOut",
        CAST(coalesce(sum(s.cost_micros), 0) AS BIGINT) AS "CostMicros"
        """;

    private const string Sources = "simulation_run r LEFT JOIN simulation_result s ON s.tenant_id = r.tenant_id AND s.run_id = r.id";

    private const string Grouped = """
        GROUP BY r.id, r.status, r.model, r.answered_by, r.case_id, r.prompt_version, r.agent_id, r.total, r.created_at, r.finished_at
        """;

    public static Task Insert(Tx tx, long tenantId, StoredRun run) => tx.Execute("""
        INSERT INTO simulation_run (tenant_id, id, status, model, case_id, prompt_version, agent_id, total, created_at)
        VALUES (@tenantId, @Id, @Status, @Model, @CaseId, @PromptVersion, @AgentId, @Total, @CreatedAt)
        """, new { tenantId, run.Id, run.Status, run.Model, run.CaseId, run.PromptVersion, run.AgentId, run.Total, run.CreatedAt });

    public static Task<StoredRun?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredRun>(
        $"SELECT {Columns} FROM {Sources} WHERE r.tenant_id = @tenantId AND r.id = @id {Grouped}", new { tenantId, id });

    /// <summary>Newest first; <paramref name="before"/> is the id of the last one already read.</summary>
    public static Task<List<StoredRun>> Page(Tx tx, long tenantId, long before, int limit) => tx.Query<StoredRun>(
        $"SELECT {Columns} FROM {Sources} WHERE r.tenant_id = @tenantId AND r.id < @before {Grouped} ORDER BY r.id DESC LIMIT @limit",
        new { tenantId, before, limit });

    /// <summary>The last whole run before this one that was answered by the same kind of model; 0 when there is none.</summary>
    public static Task<long> Before(Tx tx, long tenantId, StoredRun run) => tx.QueryFirst<long>("""
        SELECT coalesce(max(id), 0) FROM simulation_run
        WHERE tenant_id = @tenantId AND id < @Id AND model = @Model AND status = 'done' AND case_id IS NULL
        """, new { tenantId, run.Id, run.Model });

    /// <summary>The newest whole run that rests on the same; 0 when there is none.</summary>
    public static Task<long> WithBasis(Tx tx, long tenantId, string basis) => tx.QueryFirst<long>("""
        SELECT coalesce(max(id), 0) FROM simulation_run WHERE tenant_id = @tenantId AND basis = @basis AND status = 'done' AND case_id IS NULL
        """, new { tenantId, basis });

    public static Task<List<StoredResult>> Results(Tx tx, long tenantId, long runId) => tx.Query<StoredResult>("""
        SELECT case_id AS "CaseId", name AS "Name", language AS "Language", verdict AS "Verdict", reasons AS "Reasons", transcript AS "Transcript",
          tokens_in AS "TokensIn", tokens_out AS "TokensOut", cost_micros AS "CostMicros", took_micros AS "TookMicros"
        FROM simulation_result WHERE tenant_id = @tenantId AND run_id = @runId ORDER BY case_id
        """, new { tenantId, runId });

    /// <summary>Cases and their verdicts.</summary>
    public static async Task<Dictionary<long, Verdict>> Verdicts(Tx tx, long tenantId, long runId) => (await tx.Query<StoredResult>("""
        SELECT case_id AS "CaseId", verdict AS "Verdict" FROM simulation_result WHERE tenant_id = @tenantId AND run_id = @runId
        """, new { tenantId, runId })).ToDictionary(r => r.CaseId, r => (Verdict)r.Verdict);

    /// <summary>One result counts, whoever runs the case a second time.</summary>
    public static Task Keep(Tx tx, long tenantId, long runId, long caseId, CaseResult result) => tx.Execute("""
        INSERT INTO simulation_result (tenant_id, run_id, case_id, name, language, verdict, reasons, transcript, tokens_in, tokens_out, cost_micros, took_micros)
        VALUES (@tenantId, @runId, @caseId, @Name, @Language, @verdict, @reasons, @transcript, @TokensIn, @TokensOut, @Micros, @took)
        ON CONFLICT (tenant_id, run_id, case_id) DO NOTHING
        """, new
    {
        tenantId, runId, caseId, result.Name, result.Language, verdict = (long)result.Verdict,
        reasons = JsonSerializer.Serialize(result.Reasons, ApiJson.Options), transcript = JsonSerializer.Serialize(result.Transcript, ApiJson.Options),
        result.Cost.TokensIn, result.Cost.TokensOut, result.Cost.Micros, took = Instants.ToMicros(result.Took),
    });

    /// <summary>Nothing where the run has been deleted meanwhile.</summary>
    public static Task Begin(Tx tx, long tenantId, long id, string answeredBy, string? basis, long total) => tx.Execute("""
        UPDATE simulation_run SET status = 'running', answered_by = @answeredBy, basis = @basis, total = @total
        WHERE tenant_id = @tenantId AND id = @id AND status IN ('waiting', 'running')
        """, new { tenantId, id, answeredBy, basis, total });

    public static Task End(Tx tx, long tenantId, long id, string status, long now) => tx.Execute("""
        UPDATE simulation_run SET status = @status, finished_at = @now WHERE tenant_id = @tenantId AND id = @id AND finished_at IS NULL
        """, new { tenantId, id, status, now });

    /// <summary>Forgets all but the newest runs that have ended.</summary>
    public static async Task Prune(Tx tx, long tenantId, int keep)
    {
        var last = await tx.QueryFirst<long>("""
            SELECT coalesce(min(id), 0) FROM (SELECT id FROM simulation_run WHERE tenant_id = @tenantId ORDER BY id DESC LIMIT @keep) newest
            """, new { tenantId, keep });
        await tx.Execute("""
            DELETE FROM simulation_result WHERE tenant_id = @tenantId AND run_id < @last
              AND run_id IN (SELECT id FROM simulation_run WHERE tenant_id = @tenantId AND finished_at IS NOT NULL)
            """, new { tenantId, last });
        await tx.Execute("DELETE FROM simulation_run WHERE tenant_id = @tenantId AND id < @last AND finished_at IS NOT NULL", new { tenantId, last });
    }
}
