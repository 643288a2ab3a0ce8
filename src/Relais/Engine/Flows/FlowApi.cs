using Microsoft.AspNetCore.Mvc;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <summary>Flows of the signed-in tenant: bringing them here, their drafts and settings. A draft never starts for anyone but test phones.</summary>
internal static class FlowApi
{
    private const int Most = 500;

    /// <summary>A definition of 1 MiB and what stands around it.</summary>
    private const int MostBody = FlowText.MostBytes + (64 * 1024);

    public static void MapFlowDrafts(this IEndpointRouteBuilder app)
    {
        var flows = app.MapGroup("/api/flows").WithTags("Flows");
        flows.MapGet("", List).RequireAuthorization(Policies.Agent).WithName("list_flows").WithSummary("Flows, oldest first, without their definitions")
            .Produces<Page<FlowJson>>().ProducesProblem(400);
        flows.MapPost("", Create).RequireAuthorization(Policies.Admin).WithName("import_flow").WithSummary("Add a flow: a Twilio Studio definition as it was exported, or one of your own")
            .WithDescription("Body: the definition itself, or {name, settings, definition}, or Twilio's resource {friendly_name, definition}. Nothing starts it before it is published. Takes an Idempotency-Key.")
            .Accepts<object>("application/json").Produces<FlowInFullJson>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        flows.MapPost("/check", Check).RequireAuthorization(Policies.Agent).WithName("check_flow").WithSummary("What would become of a definition here; nothing is stored")
            .Accepts<object>("application/json").Produces<FlowReport>().ProducesProblem(400);
        flows.MapGet("/{id:long}", Get).RequireAuthorization(Policies.Agent).WithName("get_flow").WithSummary("One flow with its draft and report")
            .Produces<FlowInFullJson>().ProducesProblem(404);
        flows.MapPatch("/{id:long}", Change).RequireAuthorization(Policies.Admin).WithName("change_flow").WithSummary("Change name, settings, or put it away")
            .Accepts<FlowChangeRequest>("application/json").Produces<FlowJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        flows.MapDelete("/{id:long}", Archive).RequireAuthorization(Policies.Admin).WithName("archive_flow").WithSummary("Put a flow away; runs under way end")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
        flows.MapPut("/{id:long}/draft", Save).RequireAuthorization(Policies.Admin).WithName("save_flow_draft").WithSummary("Save the draft")
            .WithDescription("Body: {definition, revision}, where revision is the draft_revision that was read. Mistakes are kept, and named in the report.")
            .Accepts<object>("application/json").Produces<DraftSavedJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query, [FromQuery(Name = "archived")] string? archived)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        if (archived is not (null or "" or "true" or "false"))
        {
            return Problems.Invalid400("archived", "archived is true or false.");
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => FlowStore.Page(tx, who.Tenant, archived is "true", after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, f => new Cursor(f.Id, f.Id), FlowJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Ids ids, Clock clock, Database database, Idempotency idempotency, Settings configured, [FromQuery(Name = "name")] string? name)
    {
        var bytes = await Body(http);
        if (FlowImport.Read(bytes, out var wrong) is not { } asked)
        {
            return Problems.Invalid400(wrong.Field, wrong.Sentence);
        }

        var inboxes = await database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Inboxes(tx, who.Tenant), http.RequestAborted);
        var settings = asked.Settings is { } told ? told.Over(asked.Settled(), inboxes, out wrong) : asked.Settled();
        if (settings is null)
        {
            return Problems.Invalid400(wrong.Field, wrong.Sentence);
        }

        if (settings.TestPhones.Count == 0 && PhoneNumbers.ToE164(configured.TargetPhone) is { } target)
        {
            settings = settings with { TestPhones = [target] };
        }

        var (id, now, sid) = (await ids.One(http.RequestAborted), clock.Micros, FlowSid.Make());
        return await idempotency.Once(http, who, "POST /api/flows", bytes, async tx =>
        {
            var count = await FlowStore.Count(tx, who.Tenant);
            if (count >= Most)
            {
                return (409, (object?)Problems.TooManyFlows);
            }

            var flow = new StoredFlow
            {
                TenantId = who.Tenant, Id = id, Sid = asked.Sid ?? sid, Draft = asked.Text, DraftRevision = 1, Settings = settings.ToJson(), CreatedAt = now, UpdatedAt = now,
                Name = TenantNames.Clean(name) ?? TenantNames.Clean(asked.Name) ?? TenantNames.Clean(asked.Described()) ?? $"Flow {count + 1}",
            };
            if (!await FlowStore.Insert(tx, flow))
            {
                // The same export once more: the first keeps the sid that other flows may name.
                await FlowStore.Insert(tx, flow.Called(sid));
            }

            return (201, await Read(tx, who.Tenant, id));
        });
    }

    private static async Task<IResult> Check(HttpContext http, SignedIn who, Database database)
    {
        if (FlowImport.Read(await Body(http), out var wrong) is not { } asked)
        {
            return Problems.Invalid400(wrong.Field, wrong.Sentence);
        }

        var sids = await database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Published(tx, who.Tenant), http.RequestAborted);
        var functions = asked.Settings?.Over(new FlowSettings(), new HashSet<long>(), out _)?.Functions ?? new FlowSettings().Functions;
        return Results.Json(FlowReport.Of(asked.Definition, new FlowSurroundings(sids, functions)), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(found, ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Clock clock, Idempotency idempotency, long id)
    {
        var (bytes, asked) = await ApiBody.Read<FlowChangeRequest>(http.Request);
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PATCH /api/flows/{id}", bytes, async tx =>
        {
            if (await FlowStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (asked.Name is not null && TenantNames.Clean(asked.Name) is null)
            {
                return (400, Problems.Invalid400("name", "name has 1 to 200 characters."));
            }

            var settings = old.ReadSettings();
            if (asked.Settings is { } told)
            {
                var changed = told.Over(settings, await FlowStore.Inboxes(tx, who.Tenant), out var wrong);
                if (changed is null)
                {
                    return (400, Problems.Invalid400(wrong.Field, wrong.Sentence));
                }

                settings = changed;
            }

            await FlowStore.Update(tx, old.Changed(
                TenantNames.Clean(asked.Name) ?? old.Name, settings.ToJson(),
                asked.Archived switch { true => old.ArchivedAt ?? now, false => null, null => old.ArchivedAt }, Math.Max(now, old.UpdatedAt)));
            return (200, FlowJson.Of((await FlowStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static async Task<IResult> Archive(HttpContext http, SignedIn who, Clock clock, Idempotency idempotency, long id)
    {
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"DELETE /api/flows/{id}", [], async tx =>
        {
            if (await FlowStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            await FlowStore.Update(tx, old.Changed(old.Name, old.Settings, old.ArchivedAt ?? now, Math.Max(now, old.UpdatedAt)));
            return (200, new SuccessAnswer());
        });
    }

    private static async Task<IResult> Save(HttpContext http, SignedIn who, Database database, Clock clock, Idempotency idempotency, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Find(tx, who.Tenant, id), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var bytes = await Body(http);
        if (FlowImport.Read(bytes, out var wrong) is not { } asked)
        {
            return Problems.Invalid400(wrong.Field, wrong.Sentence);
        }

        if (asked.Revision is not { } revision)
        {
            return Problems.Invalid400("revision", "revision is the draft_revision that you have read.");
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PUT /api/flows/{id}/draft", bytes, async tx =>
            await FlowStore.SaveDraft(tx, who.Tenant, id, revision, asked.Text, now) is { } grown
                ? (200, new DraftSavedJson(grown, (await Read(tx, who.Tenant, id))!.Report)) : (409, (object?)Problems.FlowChanged));
    }

    private static async Task<FlowInFullJson?> Read(Tx tx, long tenantId, long id) =>
        await FlowStore.Find(tx, tenantId, id) is { } flow ? FlowInFullJson.Of(flow, await FlowStore.Published(tx, tenantId)) : null;

    private static async Task<byte[]> Body(HttpContext http) =>
        !http.Request.HasJsonContentType() ? throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status415UnsupportedMediaType)
        : await RequestBytes.Read(http.Request, MostBody, http.RequestAborted)
          ?? throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}
