using Relais.Engine.Ai;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Simulations;

/// <param name="Model">builtin or configured; left out: configured where the business has a model.</param>
/// <param name="CaseId">The only case to run; left out: all.</param>
/// <param name="PromptVersion">A version of the prompt to run under, such as a draft; left out: the one in use.</param>
internal sealed record RunRequest(string? Model, long? CaseId, long? PromptVersion);

/// <param name="Id">Ours.</param>
/// <param name="Status">waiting, running, done, or broken (given up: a configured model is gone, or it failed three times).</param>
/// <param name="Model">builtin or configured.</param>
/// <param name="AnsweredBy">Once it runs: builtin, or the first model asked (provider/name).</param>
/// <param name="CaseId">The only case of the run; null: all.</param>
/// <param name="PromptVersion">The prompt it runs under; 0 for none.</param>
/// <param name="Total">Cases of the run.</param>
/// <param name="Finished">Cases with a result: its progress.</param>
/// <param name="Passed">Of those.</param>
/// <param name="Failed">Of those.</param>
/// <param name="Skipped">Of those: what needs a model where none is.</param>
/// <param name="InputTokens">As the providers count them.</param>
/// <param name="OutputTokens">As the providers count them.</param>
/// <param name="Cost">US dollars.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="FinishedAt">ISO-8601 UTC, or null.</param>
internal sealed record RunJson(
    long Id, string Status, string Model, string? AnsweredBy, long? CaseId, long PromptVersion, long Total, long Finished, long Passed, long Failed,
    long Skipped, long InputTokens, long OutputTokens, decimal Cost, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

/// <param name="CaseId">The case; it may have been changed or deleted since.</param>
/// <param name="Name">As it was called then.</param>
/// <param name="Language">fr, ar or en.</param>
/// <param name="Verdict">passed, failed or skipped.</param>
/// <param name="Reasons">Why not passed, a sentence each.</param>
/// <param name="Transcript">What was said and done.</param>
/// <param name="Change">newly_failing or newly_passing against the run compared with; null: as before, or not in it.</param>
/// <param name="InputTokens">As the providers count them.</param>
/// <param name="OutputTokens">As the providers count them.</param>
/// <param name="Cost">US dollars.</param>
/// <param name="TookMs">Wall clock.</param>
internal sealed record ResultJson(
    long CaseId, string Name, string Language, string Verdict, IReadOnlyList<string> Reasons, IReadOnlyList<TranscriptLine> Transcript, string? Change,
    long InputTokens, long OutputTokens, decimal Cost, long TookMs);

/// <param name="Run">Its state and sums.</param>
/// <param name="ComparedWith">The last whole run before it with the same kind of model; null when there is none.</param>
/// <param name="NewlyFailing">Names of the cases that passed there and fail here.</param>
/// <param name="NewlyPassing">The other way round.</param>
/// <param name="Results">A case each, as far as it has come.</param>
internal sealed record RunDetailJson(
    RunJson Run, long? ComparedWith, IReadOnlyList<string> NewlyFailing, IReadOnlyList<string> NewlyPassing, IReadOnlyList<ResultJson> Results);

/// <summary>Runs of the cases: started here, carried out by <see cref="SimulationWorker"/>.</summary>
internal static class RunApi
{
    private const int KeptRuns = 50;

    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var runs = app.MapGroup("/api/simulations/runs").WithTags("Simulations");
        runs.MapPost("", Start).RequireAuthorization(Policies.Agent).WithName("start_simulation_run")
            .WithSummary("Run the cases in the background").WithDescription("Nothing is sent to anyone. The last 50 runs are kept. Takes an Idempotency-Key.")
            .Accepts<RunRequest>("application/json").Produces<RunJson>(201).ProducesProblem(400).ProducesProblem(404);
        runs.MapGet("", List).RequireAuthorization(Policies.Agent).WithName("list_simulation_runs").WithSummary("Runs, newest first")
            .Produces<Page<RunJson>>().ProducesProblem(400);
        runs.MapGet("/{id:long}", Get).RequireAuthorization(Policies.Agent).WithName("get_simulation_run")
            .WithSummary("A run with its results, compared with the last one before it").Produces<RunDetailJson>().ProducesProblem(404);
    }

    private static async Task<IResult> Start(
        HttpContext http, SignedIn who, Ids ids, Clock clock, WorkQueue queue, SimulationModels models, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<RunRequest>(http.Request);
        if (request.Model is not (null or SimulatedModel.BuiltInName or SimulatedModel.ConfiguredName))
        {
            return Problems.Invalid400("model", "model is builtin or configured.");
        }

        if (await models.For(who.Tenant, request.Model, http.RequestAborted) is not { } model)
        {
            return Problems.Invalid400("model", "No model is configured: set one in the AI agent's settings, or run with builtin.");
        }

        var (id, now) = (await ids.One(http.RequestAborted), clock.Micros);
        return await idempotency.Once(http, who, "POST /api/simulations/runs", bytes, async tx =>
        {
            if ((request.CaseId is { } only && await CaseStore.Find(tx, who.Tenant, only) is null)
                || (request.PromptVersion is { } version && await PromptStore.Find(tx, who.Tenant, version) is null))
            {
                return (404, (object?)Problems.NotFound);
            }

            var total = request.CaseId is null ? await CaseStore.Count(tx, who.Tenant) : 1;
            if (total == 0)
            {
                return (400, Problems.Invalid400("cases", "There are no cases yet."));
            }

            await RunStore.Insert(tx, who.Tenant, new StoredRun
            {
                Id = id, Status = StoredRun.Waiting, Model = model.IsDear ? SimulatedModel.ConfiguredName : SimulatedModel.BuiltInName,
                CaseId = request.CaseId, PromptVersion = request.PromptVersion ?? await PromptStore.InUse(tx, who.Tenant), AgentId = who.AgentId, Total = total, CreatedAt = now,
            });
            await RunStore.Prune(tx, who.Tenant, KeptRuns);
            await queue.Wake(tx, [new LaneWake(LaneKind.Simulation, id, who.Tenant)]);
            return (201, Show((await RunStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(20, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => RunStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, r => new Cursor(r.Id, r.Id), Show), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel)
    {
        var (run, before, old, results) = await database.Read<(StoredRun?, long, Dictionary<long, Verdict>, List<StoredResult>)>(Scope.Tenant(who.Tenant), async tx =>
        {
            if (await RunStore.Find(tx, who.Tenant, id) is not { } found)
            {
                return (null, 0, [], []);
            }

            var last = await RunStore.Before(tx, who.Tenant, found);
            return (found, last, last == 0 ? [] : await RunStore.Verdicts(tx, who.Tenant, last), await RunStore.Results(tx, who.Tenant, id));
        }, cancel);
        if (run is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var shown = results.ConvertAll(r => Show(r, old.GetValueOrDefault(r.CaseId)));
        return Results.Json(
            new RunDetailJson(Show(run), before == 0 ? null : before, Names(shown, "newly_failing"), Names(shown, "newly_passing"), shown), ApiJson.Options);
    }

    private static List<string> Names(List<ResultJson> results, string change) =>
        results.FindAll(r => r.Change == change).ConvertAll(r => r.Name);

    private static RunJson Show(StoredRun run) => new(
        run.Id, run.Status, run.Model, run.AnsweredBy, run.CaseId, run.PromptVersion, run.Total, run.Passed + run.Failed + run.Skipped, run.Passed,
        run.Failed, run.Skipped, run.TokensIn, run.TokensOut, run.CostMicros / 1_000_000m, Instants.FromMicros(run.CreatedAt),
        run.FinishedAt is { } at ? Instants.FromMicros(at) : null);

    private static ResultJson Show(StoredResult r, Verdict before)
    {
        var now = (Verdict)r.Verdict;
        return new ResultJson(
            r.CaseId, r.Name, r.Language, now switch { Verdict.Passed => "passed", Verdict.Failed => "failed", _ => "skipped" }, r.ReadReasons(), r.ReadTranscript(),
            (before, now) switch
            {
                (Verdict.Passed, Verdict.Failed) => "newly_failing",
                (Verdict.Failed, Verdict.Passed) => "newly_passing",
                _ => null,
            },
            r.TokensIn, r.TokensOut, r.CostMicros / 1_000_000m, r.TookMicros / 1000);
    }
}
