using Microsoft.AspNetCore.Mvc;
using Relais.Engine.Simulations;
using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai;

/// <param name="Version">1, 2, 3 … for each tenant.</param>
/// <param name="IsInUse">The one that turns are answered under.</param>
/// <param name="Prompt">What it says.</param>
/// <param name="Note">Why, for colleagues.</param>
/// <param name="AgentId">Who wrote it.</param>
/// <param name="AgentName">Their name.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record PromptVersionJson(
    long Version, bool IsInUse, BusinessPrompt Prompt, string? Note, long? AgentId, string? AgentName, DateTimeOffset CreatedAt);

/// <param name="Version">The one in use; 0 when the business has told nothing.</param>
/// <param name="Prompt">What it says.</param>
/// <param name="Told">The whole text a model gets, rules first, for a customer who writes in the tenant's language.</param>
internal sealed record PromptJson(long Version, BusinessPrompt Prompt, string Told);

/// <param name="Prompt">The whole of it: a field left out is empty in the new version.</param>
/// <param name="Note">Why, for colleagues; at most 500 characters.</param>
/// <param name="Publish">False keeps it as a draft; true, or left out, puts it into use.</param>
internal sealed record PromptRequest(BusinessPrompt? Prompt, string? Note, bool? Publish);

/// <summary>What the business tells its AI agent: versions that are never changed, one in use, any of them put back with one call.</summary>
internal static class PromptApi
{
    public static void MapPrompt(this IEndpointRouteBuilder app)
    {
        var prompt = app.MapGroup("/api/ai/prompt").WithTags("AI agent");
        prompt.MapGet("", InUse).RequireAuthorization(Policies.Agent).WithName("get_prompt").WithSummary("The prompt in use").Produces<PromptJson>();
        prompt.MapGet("/versions", List).RequireAuthorization(Policies.Agent).WithName("list_prompt_versions")
            .WithSummary("Versions of the prompt, newest first").Produces<Page<PromptVersionJson>>().ProducesProblem(400);
        prompt.MapGet("/versions/{version:long}", Get).RequireAuthorization(Policies.Agent).WithName("get_prompt_version")
            .WithSummary("One version").Produces<PromptVersionJson>().ProducesProblem(404);
        prompt.MapGet("/versions/{version:long}/diff", Diff).RequireAuthorization(Policies.Agent).WithName("diff_prompt_versions")
            .WithSummary("What a version changes, line by line, against another (from; left out: the one in use)")
            .Produces<PromptDiffJson>().ProducesProblem(404);
        prompt.MapPost("/versions", Add).RequireAuthorization(Policies.Admin).WithName("add_prompt_version")
            .WithSummary("Add a version and, unless told otherwise, put it into use").WithDescription("Takes an Idempotency-Key.")
            .Accepts<PromptRequest>("application/json").Produces<PromptVersionJson>(201).ProducesProblem(400).ProducesProblem(403)
            .ProducesProblem(409);
        prompt.MapPost("/versions/{version:long}/publish", Publish).RequireAuthorization(Policies.Admin).WithName("publish_prompt_version")
            .WithSummary("Put a version into use: also how an older one comes back").Produces<PromptVersionJson>().ProducesProblem(403).ProducesProblem(404)
            .ProducesProblem(409);
    }

    private static async Task<IResult> InUse(SignedIn who, Database database, CancellationToken cancel)
    {
        var (version, tenant, found) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var inUse = await PromptStore.InUse(tx, who.Tenant);
            return (inUse, await TenantStore.Find(tx, who.Tenant), await PromptStore.Find(tx, who.Tenant, inUse));
        }, cancel);
        var prompt = found?.Read() ?? BusinessPrompt.None;
        return Results.Json(new PromptJson(version, prompt, Prompts.System(tenant!.Name, tenant.Language, prompt)), ApiJson.Options);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var (inUse, rows) = await database.Read(Scope.Tenant(who.Tenant), async tx => (
            await PromptStore.InUse(tx, who.Tenant), await PromptStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1)), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, v => new Cursor(v.Version, v.Version), v => Show(v, inUse)), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long version, CancellationToken cancel)
    {
        var (inUse, found) = await database.Read(
            Scope.Tenant(who.Tenant), async tx => (await PromptStore.InUse(tx, who.Tenant), await PromptStore.Find(tx, who.Tenant, version)), cancel);
        return found is null ? Problems.Refuse(Problems.NotFound) : Results.Json(Show(found, inUse), ApiJson.Options);
    }

    private static async Task<IResult> Diff(
        SignedIn who, Database database, long version, CancellationToken cancel, [FromQuery(Name = "from")] long? from = null)
    {
        var (oldVersion, old, found) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var before = from ?? await PromptStore.InUse(tx, who.Tenant);
            return (before, await PromptStore.Find(tx, who.Tenant, before), await PromptStore.Find(tx, who.Tenant, version));
        }, cancel);
        return found is null || (old is null && oldVersion != 0)
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(PromptDiff.Of(oldVersion, old?.Read() ?? BusinessPrompt.None, version, found.Read()), ApiJson.Options);
    }

    private static async Task<IResult> Add(HttpContext http, SignedIn who, Idempotency idempotency, ChangeGate gate, Clock clock)
    {
        var (bytes, request) = await ApiBody.Read<PromptRequest>(http.Request);
        if (request.Prompt is not { } prompt)
        {
            return Problems.Invalid400("prompt", "prompt is missing.");
        }

        if (PromptCheck.Of(prompt, request.Note, out var clean) is { } wrong)
        {
            return wrong;
        }

        var now = clock.Micros;
        var gated = request.Publish ?? true ? await gate.Look(http, who, clean, null) : GateAnswer.Open;
        return gated.Refusal ?? await idempotency.Once(http, who, "POST /api/ai/prompt/versions", bytes, async tx =>
        {
            var version = await PromptStore.Add(tx, who.Tenant, clean, request.Note, who.AgentId, now);
            if (request.Publish ?? true)
            {
                await PromptStore.Use(tx, who.Tenant, version);
                await gated.Record(tx);
            }

            return (201, Show((await PromptStore.Find(tx, who.Tenant, version))!, await PromptStore.InUse(tx, who.Tenant)));
        });
    }

    private static async Task<IResult> Publish(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, ChangeGate gate, long version)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => PromptStore.Find(tx, who.Tenant, version), http.RequestAborted) is not { } found)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var gated = await gate.Look(http, who, found.Read(), version);
        return gated.Refusal ?? await idempotency.Once(http, who, $"publish-prompt:{version}", [], async tx =>
        {
            await PromptStore.Use(tx, who.Tenant, version);
            await gated.Record(tx);
            return (200, Show(found, version));
        });
    }

    private static PromptVersionJson Show(PromptVersion found, long inUse) => new(
        found.Version, found.Version == inUse, found.Read(), found.Note, found.AgentId, found.AgentName, Instants.FromMicros(found.CreatedAt));
}
