using System.Text.Json;
using Relais.Engine.Flows.Testing;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <param name="Note">Why, for colleagues; at most 500 characters.</param>
/// <param name="Revision">The draft_revision that was read: another one is not published. Left out: whatever the draft is.</param>
internal sealed record PublishRequest(string? Note, long? Revision);

/// <param name="Version">The one to come back.</param>
internal sealed record RollbackRequest(long? Version);

/// <summary>What starts for customers. New runs begin at the published version; runs under way stay on theirs.</summary>
internal static class FlowPublishApi
{
    public static void MapFlowPublishing(this IEndpointRouteBuilder app)
    {
        var flow = app.MapGroup("/api/flows/{id:long}").WithTags("Flows").RequireAuthorization(Policies.Admin);
        flow.MapPost("/publish", Publish).WithName("publish_flow").WithSummary("Publish the draft as a new version")
            .WithDescription("Refused while the draft cannot run, or while one of its tests fails. Takes an Idempotency-Key.")
            .Accepts<PublishRequest>("application/json").Produces<FlowVersionNumber>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        flow.MapPost("/rollback", Rollback).WithName("roll_flow_back").WithSummary("Publish an older version once more, as a new one; the draft becomes it too")
            .Accepts<RollbackRequest>("application/json").Produces<FlowVersionNumber>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        flow.MapPost("/unpublish", Unpublish).WithName("unpublish_flow").WithSummary("Start no more runs; runs under way go on")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> Publish(
        HttpContext http, SignedIn who, Database database, Clock clock, FlowTestBench bench, Idempotency idempotency, long id)
    {
        var (flow, sids) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
            (await FlowStore.Find(tx, who.Tenant, id), await FlowStore.Published(tx, who.Tenant)), http.RequestAborted);
        if (flow is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        // Nothing has to be said with it.
        var bytes = await ApiBody.ReadBytes(http.Request);
        var asked = bytes.Length == 0 ? new PublishRequest(null, null)
            : JsonSerializer.Deserialize<PublishRequest>(bytes, ApiJson.Options) ?? throw new JsonException("The body is null.");
        var note = CustomerText.NormaliseOrNull(asked.Note);
        if (Refusal(flow, sids, asked) is { } refusal)
        {
            return refusal;
        }

        var failed = (await bench.All(who.Tenant, flow, FlowDefinition.Parse(flow.Draft)!, http.RequestAborted)).FindAll(t => !t.Passed);
        if (failed.Count > 0)
        {
            return Problems.RefuseWith(
                Problems.FlowTestsFailed, null, new Dictionary<string, object?> { ["tests"] = JsonSerializer.SerializeToElement(failed, ApiJson.Options) });
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, $"POST /api/flows/{id}/publish", bytes, async tx =>
        {
            // What was looked at is what is published.
            if (!await FlowStore.Hold(tx, who.Tenant, id, flow.DraftRevision))
            {
                return (409, (object?)Problems.FlowChanged);
            }

            var version = await FlowVersionStore.Add(tx, who.Tenant, id, flow.Draft, note, who.AgentId, now);
            await FlowStore.Use(tx, who.Tenant, id, version, now);
            return (200, new FlowVersionNumber(version));
        });
    }

    private static IResult? Refusal(StoredFlow flow, IReadOnlySet<string> sids, PublishRequest asked)
    {
        if (asked.Note is { Length: > 500 })
        {
            return Problems.Invalid400("note", "note has at most 500 characters.");
        }

        if (flow.ArchivedAt is not null)
        {
            return Problems.Refuse(Problems.FlowArchived);
        }

        if (asked.Revision is { } revision && revision != flow.DraftRevision)
        {
            return Problems.Refuse(Problems.FlowChanged);
        }

        var report = FlowReport.Of(JsonElement.Parse(flow.Draft), new FlowSurroundings(sids, flow.ReadSettings().Functions));
        return report.CanRun ? null : NotRunnable(report);
    }

    public static IResult NotRunnable(string definition) => NotRunnable(FlowReport.Of(JsonElement.Parse(definition), FlowSurroundings.None));

    private static IResult NotRunnable(FlowReport report) => Problems.RefuseWith(
        Problems.FlowNotRunnable, null, new Dictionary<string, object?> { ["report"] = JsonSerializer.SerializeToElement(report, ApiJson.Options) });

    private static async Task<IResult> Rollback(HttpContext http, SignedIn who, Database database, Clock clock, Idempotency idempotency, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Find(tx, who.Tenant, id), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<RollbackRequest>(http.Request);
        if (asked.Version is not { } wanted)
        {
            return Problems.Invalid400("version", "version is the number of the version to come back.");
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, $"POST /api/flows/{id}/rollback", bytes, async tx =>
        {
            if (await FlowStore.Find(tx, who.Tenant, id) is not { } flow || await FlowVersionStore.Find(tx, who.Tenant, id, wanted) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (flow.ArchivedAt is not null)
            {
                return (409, Problems.FlowArchived);
            }

            if (await FlowStore.SaveDraft(tx, who.Tenant, id, flow.DraftRevision, old.Definition, now) is null)
            {
                return (409, Problems.FlowChanged);
            }

            var version = await FlowVersionStore.Add(tx, who.Tenant, id, old.Definition, $"Rollback to version {wanted}", who.AgentId, now);
            await FlowStore.Use(tx, who.Tenant, id, version, now);
            return (200, new FlowVersionNumber(version));
        });
    }

    private static async Task<IResult> Unpublish(HttpContext http, SignedIn who, Clock clock, Idempotency idempotency, long id)
    {
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"POST /api/flows/{id}/unpublish", [], async tx =>
        {
            if (await FlowStore.Find(tx, who.Tenant, id) is null)
            {
                return (404, (object?)Problems.NotFound);
            }

            await FlowStore.Use(tx, who.Tenant, id, null, now);
            return (200, new SuccessAnswer());
        });
    }
}
