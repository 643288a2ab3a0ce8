using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Foundation.Csv;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Imports;

/// <summary>Files with customers, products or orders: brought, mapped, looked through, run, and taken back.</summary>
internal static class ImportApi
{
    private const int Shown = 50;
    private const int ProblemBatch = 1_000;

    /// <summary>What of a file is kept at most, since it is full of customers: until then it can be undone.</summary>
    private const long KeptFor = 30 * Instants.Day;

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup("/api/imports").WithTags("Imports").RequireAuthorization(Policies.Admin);
        imports.MapGet("", List).WithName("list_imports").WithSummary("Files brought in, the latest first").Produces<Page<ImportJson>>().ProducesProblem(400);
        Upload(imports.MapPost("", (HttpContext http, SignedIn who, ImportDesk desk, [FromQuery] string? kind) => desk.Bring(http, who, kind)), "bring_import",
            "Bring a CSV (multipart/form-data, fields file and kind: contacts, products or orders; 50 MB, 200,000 rows). Nothing is changed yet.");
        Upload(app.MapPost("/api/contacts/import", (HttpContext http, SignedIn who, ImportDesk desk) => desk.Bring(http, who, "contacts")).WithTags("Contacts")
            .RequireAuthorization(Policies.Admin), "import_contacts", "Bring a CSV of contacts: POST /api/imports with kind contacts.");
        imports.MapGet("/{id:long}", Get).WithName("get_import").WithSummary("One file: how far it is, what its columns may mean, its first rows")
            .Produces<ImportJson>().ProducesProblem(404);
        imports.MapPut("/{id:long}/mapping", (HttpContext http, SignedIn who, ImportDesk desk, long id) => desk.Map(http, who, id)).WithName("map_import")
            .WithSummary("Say what the columns mean; the file is then looked through row by row, and nothing is changed")
            .Accepts<ImportMappingRequest>("application/json").Produces<ImportJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        imports.MapPost("/{id:long}/run", (HttpContext http, SignedIn who, ImportDesk desk, long id) => desk.Run(http, who, id)).WithName("run_import")
            .WithSummary("Take the rows that are without errors").WithDescription("After the file was looked through (state checked).").Produces<ImportJson>().ProducesProblem(404).ProducesProblem(409);
        imports.MapPost("/{id:long}/undo", (HttpContext http, SignedIn who, ImportDesk desk, long id) => desk.Undo(http, who, id)).WithName("undo_import")
            .WithSummary("Take back what it made and changed; what somebody changed since stays, and is counted as kept")
            .Produces<ImportJson>().ProducesProblem(404).ProducesProblem(409);
        imports.MapDelete("/{id:long}", (HttpContext http, SignedIn who, ImportDesk desk, long id) => desk.Delete(http, who, id)).WithName("delete_import")
            .WithSummary("Forget the file: what it brought in stays, and can be undone no more").Produces(204).ProducesProblem(404).ProducesProblem(409);
        imports.MapGet("/{id:long}/problems", ListProblems).WithName("list_import_problems").WithSummary("What is wrong, row by row; with format=csv a file of all of it")
            .Produces<Page<ImportProblemJson>>().ProducesProblem(400).ProducesProblem(404);
    }

    private static void Upload(RouteHandlerBuilder route, string name, string summary) => route.WithName(name).WithSummary(summary)
        .WithMetadata(new RequestSizeLimitAttribute(ImportUpload.Largest))
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = ImportUpload.Description;
            return Task.CompletedTask;
        })
        .Produces<ImportJson>(201).ProducesProblem(400).ProducesProblem(413);

    private static async Task<IResult> List(SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel, string? kind = null)
    {
        if (page.Read(Shown, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => ImportStore.Page(tx, who.Tenant, kind, after?.Id ?? long.MaxValue, limit + 1), cancel);
        return Results.Json(Page.Of(rows, limit, i => new Cursor(i.Id, i.Id), i => ImportJson.Of(i, [], [])), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, ImportKinds kinds, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => Show(tx, who.Tenant, id, kinds), cancel) is { } shown
            ? Results.Json(shown, ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    /// <summary>With its targets and its first rows; null when there is none.</summary>
    public static async Task<ImportJson?> Show(Tx tx, long tenantId, long id, ImportKinds kinds)
    {
        if (await ImportStore.Find(tx, tenantId, id) is not { } import || kinds.Find(import.Kind) is not { } kind)
        {
            return null;
        }

        return ImportJson.Of(import, await kind.Targets(tx, tenantId), [.. (await ImportStore.Chunk(tx, tenantId, id, 0)).Take(3)]);
    }

    private static async Task<IResult> ListProblems(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery page, long id, CancellationToken cancel,
        [Description("fr, ar or en: the language of the sentences.")] string? language = null, [Description("json, or csv for a file.")] string? format = null)
    {
        var import = await database.Read(Scope.Tenant(who.Tenant), tx => ImportStore.Find(tx, who.Tenant, id), cancel);
        if (import is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (page.Read(Shown, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        if (language is not (null or "fr" or "ar" or "en"))
        {
            return Problems.Invalid400("language", "language is fr, ar or en.");
        }

        language ??= (await database.Read(Scope.Tenant(who.Tenant), tx => TenantStore.Find(tx, who.Tenant), cancel))?.Language ?? "en";
        if (format == "csv")
        {
            return Results.Stream(into => Write(into, database, import, language, http.RequestAborted), "text/csv; charset=utf-8", $"problems-{id}.csv");
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => ImportStore.Problems(tx, who.Tenant, id, after?.Sort ?? 0, after?.Id ?? -2, limit + 1), cancel);
        return Results.Json(Page.Of(rows, limit, p => new Cursor(p.RowNumber, p.Place), p => Problem(import, p, language)), ApiJson.Options);
    }

    private static async Task Write(Stream into, Database database, Import import, string language, CancellationToken cancel)
    {
        await into.WriteAsync(CsvWriting.Mark, cancel);
        var text = new StringBuilder();
        CsvWriting.Row(text, ImportTexts.Heads(language));
        for (var (row, place) = (0L, -2L); ;)
        {
            var rows = await database.Read(Scope.Tenant(import.TenantId), tx => ImportStore.Problems(tx, import.TenantId, import.Id, row, place, ProblemBatch), cancel);
            foreach (var problem in rows)
            {
                var shown = Problem(import, problem, language);
                CsvWriting.Row(text, [shown.Row, shown.Column, shown.Value, shown.Problem]);
            }

            await into.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
            text.Clear();
            if (rows.Count < ProblemBatch)
            {
                return;
            }

            (row, place) = (rows[^1].RowNumber, rows[^1].Place);
        }
    }

    private static ImportProblemJson Problem(Import import, StoredProblem problem, string language) => new(
        problem.RowNumber, problem.Place >= 0 && problem.Place < import.Columns.Count ? import.Columns[(int)problem.Place] : null, problem.Code, problem.Value,
        ImportTexts.Sentence(problem.Code, language), problem.IsWarning == 1);

    /// <summary>What is too old, and what was never received to its end, of this tenant.</summary>
    public static async Task Clear(Tx tx, long tenantId, long now)
    {
        foreach (var old in await ImportStore.Old(tx, tenantId, now - Instants.Hour, now - KeptFor))
        {
            await ImportStore.Delete(tx, tenantId, old);
        }
    }
}
