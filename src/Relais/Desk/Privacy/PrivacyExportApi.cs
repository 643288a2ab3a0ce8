using Relais.Desk.Contacts.Erasing;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Audit;

namespace Relais.Desk.Privacy;

/// <summary>POST /api/contacts/{id}/export: everything that is kept of a customer, as a ZIP that is made in the background.</summary>
internal static class PrivacyExportApi
{
    private const int Rows = 50;

    public static void MapPrivacyExports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/contacts").WithTags("Contacts").RequireAuthorization(Policies.Admin);
        group.MapPost("/{id:long}/export", Ask).WithName("export_contact").WithSummary("Have a file made of everything that is kept of a customer")
            .WithDescription("A ZIP of JSON files, a page to read and the files the customer sent. Ask GET /api/contacts/exports/{id} how far it is; it is kept for 24 hours.")
            .Produces<PrivacyExportJson>(202).ProducesProblem(404);
        group.MapGet("/exports", List).WithName("list_contact_exports").WithSummary("Exports that were asked for, the newest first").Produces<Page<PrivacyExportJson>>().ProducesProblem(400);
        group.MapGet("/exports/{id:long}", Get).WithName("get_contact_export").WithSummary("How far an export is").Produces<PrivacyExportJson>().ProducesProblem(404);
        group.MapGet("/exports/{id:long}/file", Download).WithName("download_contact_export").WithSummary("The ZIP, once it is ready").Audited()
            .Produces(200, contentType: "application/zip").ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> Ask(HttpContext http, SignedIn who, Database database, Idempotency idempotency, WorkQueue queue, Ids ids, Clock clock, long id)
    {
        var (range, now) = (await ids.Take(1, http.RequestAborted), clock.Micros);
        return await idempotency.Once(http, who, $"POST /api/contacts/{id}/export", [], async tx =>
        {
            range.Rewind();
            if (await ErasureStore.Find(tx, who.Tenant, id) is null)
            {
                return (404, Problems.NotFound);
            }

            var export = new PrivacyExport { TenantId = who.Tenant, Id = range.Next(), ContactId = id, AgentId = who.AgentId, CreatedAt = now };
            await PrivacyExportStore.Insert(tx, export);
            await queue.Wake(tx, [new LaneWake(LaneKind.PrivacyExport, export.Id, who.Tenant)]);
            return (202, PrivacyExportJson.Of(export));
        });
    }

    private static async Task<IResult> List(SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(Rows, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => PrivacyExportStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1), cancel);
        return Results.Json(Page.Of(rows, limit, e => new Cursor(e.Id, e.Id), PrivacyExportJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => PrivacyExportStore.Find(tx, who.Tenant, id), cancel) is { } export
            ? Results.Json(PrivacyExportJson.Of(export), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Download(HttpContext http, SignedIn who, Database database, MediaFiles files, Clock clock, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => PrivacyExportStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } export)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var path = PrivacyExportWorker.PathOf(files, who.Tenant, id);
        if (export.State != PrivacyExport.Ready || export.ExpiresAt <= clock.Micros || !File.Exists(path))
        {
            return Problems.Refuse(Problems.ExportNotReady);
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.File(path, "application/zip", $"contact-{export.ContactId}.zip");
    }
}
