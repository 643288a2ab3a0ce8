using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Audit;

namespace Relais.FeatureRequests;

/// <summary>
/// What businesses would like Relais to do (system D). A business sees, makes and votes for its own; the platform administrator sees all of them,
/// says where each stands and deletes.
/// </summary>
internal static class FeatureRequestApi
{
    public static void MapFeatureRequests(this IEndpointRouteBuilder app)
    {
        var requests = app.MapGroup("/api/feature-requests").WithTags("Feature requests");
        requests.MapGet("/", List).RequireAuthorization(Policies.Anyone).WithName("list_feature_requests")
            .WithSummary("Feature requests, newest or most wanted first").WithDescription("The business's own; for the platform administrator everybody's.")
            .Produces<Page<FeatureJson>>().ProducesProblem(400).ProducesProblem(401);
        requests.MapGet("/statistics", Statistics).RequireAuthorization(Policies.Anyone).WithName("feature_request_statistics")
            .WithSummary("How many there are of each status").Produces<FeatureStatistics>().ProducesProblem(401);
        requests.MapPost("/", Create).RequireAuthorization(Policies.Agent).WithName("create_feature_request").WithSummary("Ask for something")
            .WithDescription("Takes an Idempotency-Key.").Accepts<NewFeature>("application/json").Produces<FeatureJson>(201).ProducesProblem(400).ProducesProblem(403);
        requests.MapGet("/{id:long}", Get).RequireAuthorization(Policies.Anyone).WithName("get_feature_request").WithSummary("One feature request")
            .Produces<FeatureJson>().ProducesProblem(404);
        requests.MapPatch("/{id:long}", Change).RequireAuthorization(Policies.Platform).WithName("change_feature_request")
            .WithSummary("Change status, priority or words").Accepts<FeatureChange>("application/json").Produces<FeatureJson>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        requests.MapDelete("/{id:long}", Delete).RequireAuthorization(Policies.Platform).WithName("delete_feature_request")
            .WithSummary("Delete a feature request with its votes and comments").Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
        requests.MapPost("/{id:long}/vote", (HttpContext http, SignedIn who, Database database, Idempotency idempotency, Clock clock, long id) =>
            Vote(http, who, database, idempotency, clock, id, true)).RequireAuthorization(Policies.Agent).WithName("vote_feature_request")
            .WithSummary("Want it, too; once a person").Produces<FeatureJson>().ProducesProblem(404);
        requests.MapDelete("/{id:long}/vote", (HttpContext http, SignedIn who, Database database, Idempotency idempotency, Clock clock, long id) =>
            Vote(http, who, database, idempotency, clock, id, false)).RequireAuthorization(Policies.Agent).WithName("unvote_feature_request")
            .WithSummary("Take the vote back").Produces<FeatureJson>().ProducesProblem(404);
        requests.MapFeatureComments();
    }

    /// <summary>Null: every tenant's. An administrator who is inside a tenant sees what it sees.</summary>
    public static long? Whose(SignedIn who) => who is { IsPlatform: true, IsEntered: false } ? null : who.Tenant;

    public static Scope ScopeOf(SignedIn who) => Whose(who) is { } tenantId ? Scope.Tenant(tenantId) : Scope.Directory;

    public static Task<FeatureRequest?> Find(SignedIn who, Database database, long id, CancellationToken cancel) =>
        database.Read(ScopeOf(who), tx => FeatureRequestStore.Find(tx, Whose(who), id, who.AgentId), cancel);

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query,
        [FromQuery, Description("pending, in_progress, completed or rejected.")] string? status = null,
        [FromQuery, Description("low, medium or high.")] string? priority = null,
        [FromQuery, Description("Part of title or description.")] string? q = null,
        [FromQuery, Description("votes: most wanted first; otherwise newest first.")] string? sort = null)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        if (status is not null && !FeatureWords.Statuses.Contains(status))
        {
            return Problems.Invalid400("status", $"status is one of {string.Join(", ", FeatureWords.Statuses)}.");
        }

        if (priority is not null && !FeatureWords.Priorities.Contains(priority))
        {
            return Problems.Invalid400("priority", $"priority is one of {string.Join(", ", FeatureWords.Priorities)}.");
        }

        var byVotes = sort == "votes";
        var filter = new FeatureFilter(Whose(who), who.AgentId, status, priority, LikeText.Asked(q), byVotes);
        var rows = await database.Read(ScopeOf(who), tx => FeatureRequestStore.Page(
            tx, filter, after is { } place ? (place.Sort, place.Id) : null, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, f => new Cursor(byVotes ? f.Votes : f.CreatedAt, f.Id), FeatureJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Statistics(SignedIn who, Database database, CancellationToken cancel) => Results.Json(
        FeatureStatistics.Of(await database.Read(ScopeOf(who), tx => FeatureRequestStore.Counts(tx, Whose(who)), cancel)), ApiJson.Options);

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await Find(who, database, id, cancel) is { } found ? Results.Json(FeatureJson.Of(found), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Ids ids, Clock clock, Idempotency idempotency)
    {
        var (bytes, asked) = await ApiBody.Read<NewFeature>(http.Request);
        if (Wrong(asked.Title ?? "", asked.Description, asked.Priority, null) is { } refused)
        {
            return refused;
        }

        var now = clock.Micros;
        var request = new FeatureRequest
        {
            TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), Title = asked.Title!.Trim(), Description = asked.Description?.Trim() ?? "",
            Priority = asked.Priority ?? "medium", AgentId = who.AgentId, Author = who.AgentName, CreatedAt = now, UpdatedAt = now, TenantName = who.TenantName,
        };
        return await idempotency.Once(http, who, "POST /api/feature-requests", bytes, async tx =>
        {
            await FeatureRequestStore.Insert(tx, request);
            return (201, FeatureJson.Of(request));
        });
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Database database, Clock clock, Idempotency idempotency, long id)
    {
        if (await database.Read(Scope.Directory, tx => FeatureRequestStore.Find(tx, null, id, who.AgentId), http.RequestAborted) is not { } found)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<FeatureChange>(http.Request);
        if (Wrong(asked.Title, asked.Description, asked.Priority, asked.Status) is { } refused)
        {
            return refused;
        }

        http.Audit()?.In(found.TenantId);
        var change = asked with { Title = asked.Title?.Trim(), Description = asked.Description?.Trim() };
        return await idempotency.OnceForPlatform(http, who, $"PATCH /api/feature-requests/{id}", bytes, async tx =>
        {
            await FeatureRequestStore.Update(tx, found.TenantId, id, change, clock.Micros);
            return await FeatureRequestStore.Find(tx, found.TenantId, id, who.AgentId) is { } changed ? (200, FeatureJson.Of(changed)) : (404, (object)Problems.NotFound);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.OnceForPlatform(http, who, $"DELETE /api/feature-requests/{id}", [], async tx =>
        {
            if (await FeatureRequestStore.Find(tx, null, id, who.AgentId) is not { } found)
            {
                return (404, (object?)Problems.NotFound);
            }

            await FeatureRequestStore.Delete(tx, found.TenantId, id);
            return (200, new SuccessAnswer());
        });

    private static async Task<IResult> Vote(HttpContext http, SignedIn who, Database database, Idempotency idempotency, Clock clock, long id, bool isFor)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => FeatureRequestStore.Find(tx, who.Tenant, id, who.AgentId), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        return await idempotency.Once(http, who, $"{(isFor ? "POST" : "DELETE")} /api/feature-requests/{id}/vote", [], async tx =>
        {
            if (await FeatureRequestStore.Find(tx, who.Tenant, id, who.AgentId) is null)
            {
                return (404, (object?)Problems.NotFound);
            }

            await FeatureRequestStore.Vote(tx, who.Tenant, id, who.AgentId, isFor, clock.Micros);
            return (200, FeatureJson.Of((await FeatureRequestStore.Find(tx, who.Tenant, id, who.AgentId))!));
        });
    }

    private static IResult? Wrong(string? title, string? description, string? priority, string? status) =>
        title is not null && title.Trim().Length is 0 or > FeatureWords.MaxTitle ? Problems.Invalid400("title", $"title has 1 to {FeatureWords.MaxTitle} characters.")
        : description?.Trim().Length > FeatureWords.MaxText ? Problems.Invalid400("description", $"description has at most {FeatureWords.MaxText} characters.")
        : priority is not null && !FeatureWords.Priorities.Contains(priority) ? Problems.Invalid400("priority", "priority is one of low, medium, high.")
        : status is not null && !FeatureWords.Statuses.Contains(status) ? Problems.Invalid400("status", "status is one of pending, in_progress, completed, rejected.")
        : null;
}
