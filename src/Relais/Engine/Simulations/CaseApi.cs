using Relais.Engine.Simulations.Cases;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Simulations;

/// <param name="Yaml">One case, or for an import a whole suite; docs/simulations.md has the fields.</param>
internal sealed record CaseRequest(string? Yaml);

/// <param name="Id">Ours.</param>
/// <param name="Name">Unique among the business's cases.</param>
/// <param name="Language">fr, ar or en.</param>
/// <param name="Yaml">The whole case.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record CaseJson(long Id, string Name, string Language, string Yaml, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Added">Cases that are new.</param>
/// <param name="Replaced">Cases whose name was known.</param>
internal sealed record ImportedCasesJson(int Added, int Replaced);

/// <summary>Saved conversations that the business's AI agent is tried with.</summary>
internal static class CaseApi
{
    private const int LongestYaml = 60_000;

    public static void MapCases(this IEndpointRouteBuilder app)
    {
        var cases = app.MapGroup("/api/simulations/cases").WithTags("Simulations");
        cases.MapGet("", List).RequireAuthorization(Policies.Agent).WithName("list_simulation_cases").WithSummary("Cases, oldest first")
            .Produces<Page<CaseJson>>().ProducesProblem(400);
        cases.MapPost("", Add).RequireAuthorization(Policies.Admin).WithName("add_simulation_case").WithSummary("Add a case")
            .WithDescription("What is wrong with the YAML is named with its line and field. Takes an Idempotency-Key.")
            .Accepts<CaseRequest>("application/json").Produces<CaseJson>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        cases.MapGet("/{id:long}", Get).RequireAuthorization(Policies.Agent).WithName("get_simulation_case").WithSummary("One case")
            .Produces<CaseJson>().ProducesProblem(404);
        cases.MapPut("/{id:long}", Change).RequireAuthorization(Policies.Admin).WithName("change_simulation_case").WithSummary("Change a case")
            .Accepts<CaseRequest>("application/json").Produces<CaseJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        cases.MapDelete("/{id:long}", Delete).RequireAuthorization(Policies.Admin).WithName("delete_simulation_case").WithSummary("Delete a case")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
        cases.MapGet("/export", Export).RequireAuthorization(Policies.Agent).WithName("export_simulation_cases")
            .WithSummary("All cases as one YAML file, for relais eval and for another installation").Produces<string>(200, "application/yaml");
        cases.MapPost("/import", Import).RequireAuthorization(Policies.Admin).WithName("import_simulation_cases")
            .WithSummary("Add the cases of a YAML file; a case of a known name takes the place of the old one")
            .Accepts<CaseRequest>("application/json").Produces<ImportedCasesJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => CaseStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, c => new Cursor(c.Id, c.Id), Show), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => CaseStore.Find(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(Show(found), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Add(HttpContext http, SignedIn who, Ids ids, Clock clock, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<CaseRequest>(http.Request);
        if (Read(request.Yaml, out var read) is { } wrong)
        {
            return wrong;
        }

        if (read is not [var one])
        {
            return Problems.Invalid400("yaml", "yaml holds several cases: import them (POST /api/simulations/cases/import).");
        }

        var added = Stored(who, await ids.One(http.RequestAborted), one, request.Yaml!, clock.Micros);
        return await idempotency.Once(http, who, "POST /api/simulations/cases", bytes, async tx =>
            await CaseStore.Count(tx, who.Tenant) >= CaseReader.MostCases ? (400, TooMany())
            : await CaseStore.Insert(tx, added) ? (201, Show(added)) : (409, (object?)Problems.CaseExists));
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Database database, Clock clock, Idempotency idempotency, long id)
    {
        // A case of somebody else is not found before its change is looked at.
        if (await database.Read(Scope.Tenant(who.Tenant), tx => CaseStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } old)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, request) = await ApiBody.Read<CaseRequest>(http.Request);
        if (Read(request.Yaml, out var read) is { } wrong)
        {
            return wrong;
        }

        if (read is not [var one])
        {
            return Problems.Invalid400("yaml", "yaml holds several cases, and this is one.");
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PUT /api/simulations/cases/{id}", bytes, async tx =>
        {
            var changed = Stored(who, id, one, request.Yaml!, now, old.CreatedAt);
            return await CaseStore.Update(tx, changed) ? (200, Show(changed))
                : await CaseStore.Find(tx, who.Tenant, id) is null ? (404, (object?)Problems.NotFound) : (409, Problems.CaseExists);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/simulations/cases/{id}", [], async tx =>
            await CaseStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, Problems.NotFound));

    private static async Task<IResult> Export(SignedIn who, Database database, CancellationToken cancel)
    {
        var all = await database.Read(Scope.Tenant(who.Tenant), tx => CaseStore.All(tx, who.Tenant), cancel);
        return Results.Text(CaseWriter.Join(all.Select(c => c.Yaml)), "application/yaml; charset=utf-8");
    }

    private static async Task<IResult> Import(HttpContext http, SignedIn who, Ids ids, Clock clock, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<CaseRequest>(http.Request);
        if (Read(request.Yaml, out var read) is { } wrong)
        {
            return wrong;
        }

        var range = await ids.Take(read.Count, http.RequestAborted);
        var now = clock.Micros;
        return await idempotency.Once(http, who, "POST /api/simulations/cases/import", bytes, async tx =>
        {
            range.Rewind();
            var before = await CaseStore.Count(tx, who.Tenant);
            foreach (var one in read)
            {
                await CaseStore.Put(tx, Stored(who, range.Next(), one, CaseWriter.Write(one), now));
            }

            var after = await CaseStore.Count(tx, who.Tenant);
            return after > CaseReader.MostCases ? (400, TooMany())
                : (200, (object?)new ImportedCasesJson((int)(after - before), read.Count - (int)(after - before)));
        });
    }

    private static IResult? Read(string? yaml, out IReadOnlyList<SimulationCase> cases)
    {
        cases = [];
        if (string.IsNullOrWhiteSpace(yaml))
        {
            return Problems.Invalid400("yaml", "yaml is missing.");
        }

        try
        {
            cases = CaseReader.Read(yaml);
        }
        catch (CaseFormatException e)
        {
            return Problems.Invalid400("yaml", e.Message);
        }

        return cases.Count == 1 && yaml.Length > LongestYaml
            ? Problems.Invalid400("yaml", $"A case may have at most {LongestYaml} characters; this one has {yaml.Length}.") : null;
    }

    private static IResult TooMany() => Problems.Invalid400("yaml", $"A business may have at most {CaseReader.MostCases} cases.");

    private static StoredCase Stored(SignedIn who, long id, SimulationCase one, string yaml, long now, long? createdAt = null) => new()
    {
        TenantId = who.Tenant, Id = id, Name = one.Name, Language = one.Language, Yaml = yaml, CreatedAt = createdAt ?? now, UpdatedAt = now,
    };

    private static CaseJson Show(StoredCase c) => new(
        c.Id, c.Name, c.Language, c.Yaml, Instants.FromMicros(c.CreatedAt), Instants.FromMicros(c.UpdatedAt));
}
