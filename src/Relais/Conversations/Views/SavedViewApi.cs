using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Conversations.Views;

/// <summary>In a change, what is left out stays as it is.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Filter">A JSON object of at most 4000 characters: the query of GET /api/conversations, as the desk writes it.</param>
/// <param name="IsShared">True: everybody of the business sees it; admins alone share.</param>
internal sealed record SavedViewRequest(string? Name = null, JsonElement? Filter = null, bool? IsShared = null);

/// <param name="Id">Ours.</param>
/// <param name="AgentId">Who saved it.</param>
/// <param name="Name">As they call it.</param>
/// <param name="Filter">As it was saved.</param>
/// <param name="IsShared">Everybody sees it.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record SavedViewJson(long Id, long AgentId, string Name, JsonElement Filter, bool IsShared, DateTimeOffset CreatedAt);

/// <summary>Lists of conversations that people have named.</summary>
internal static class SavedViewApi
{
    private const int MostFilter = 4000;
    private const int Most = 100;

    public static void MapSavedViews(this IEndpointRouteBuilder app)
    {
        var views = app.MapGroup("/api/views").WithTags("Views").RequireAuthorization(Policies.Agent);
        views.MapGet("/", List).WithName("list_views").WithSummary("Your saved lists and the shared ones").Produces<Page<SavedViewJson>>();
        views.MapPost("/", Create).WithName("add_view").WithSummary("Save a list").WithDescription("Takes an Idempotency-Key.")
            .Accepts<SavedViewRequest>("application/json").Produces<SavedViewJson>(201).ProducesProblem(400).ProducesProblem(403);
        views.MapPatch("/{id:long}", Change).WithName("change_view").WithSummary("Change a saved list: your own; shared ones: admins")
            .Accepts<SavedViewRequest>("application/json").Produces<SavedViewJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        views.MapDelete("/{id:long}", Delete).WithName("delete_view").WithSummary("Delete a saved list: your own; shared ones: admins").Produces(204)
            .ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, CancellationToken cancel) => Results.Json(new Page<SavedViewJson>(
        (await database.Read(Scope.Tenant(who.Tenant), tx => SavedViewStore.Of(tx, who.Tenant, who.AgentId), cancel)).ConvertAll(Show), null), ApiJson.Options);

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<SavedViewRequest>(http.Request);
        if (Wrong(asked with { Name = asked.Name ?? "", Filter = asked.Filter ?? JsonElement.Parse("{}") }) is { } refused)
        {
            return refused;
        }

        if (asked.IsShared == true && !who.Rights.Has(Right.Settings))
        {
            return Problems.Refuse(Problems.Forbidden);
        }

        var view = Of(new SavedView { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), AgentId = who.AgentId, CreatedAt = clock.Micros }, asked);
        return await idempotency.Once(http, who, "POST /api/views", bytes, async tx =>
        {
            if ((await SavedViewStore.Of(tx, who.Tenant, who.AgentId)).Count >= Most)
            {
                return (409, Problems.TooManyTools);
            }

            await SavedViewStore.Put(tx, view);
            return (201, (object)Show(view));
        });
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Database database, Idempotency idempotency, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => SavedViewStore.Find(tx, who.Tenant, id), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<SavedViewRequest>(http.Request);
        if (Wrong(asked) is { } refused)
        {
            return refused;
        }

        return await idempotency.Once(http, who, $"PATCH /api/views/{id}", bytes, async tx =>
        {
            var (view, problem) = await Mine(tx, who, id, asked.IsShared == true);
            if (problem is not null)
            {
                return (problem.Status, problem);
            }

            var changed = Of(view!, asked);
            await SavedViewStore.Put(tx, changed);
            return (200, (object)Show(changed));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/views/{id}", [], async tx =>
        {
            if ((await Mine(tx, who, id, shares: false)).Problem is { } problem)
            {
                return (problem.Status, (object?)problem);
            }

            await SavedViewStore.Delete(tx, who.Tenant, id);
            return (StatusCodes.Status204NoContent, null);
        });

    /// <summary>What somebody may change; another's own is as good as not there.</summary>
    private static async Task<(SavedView? View, Problem? Problem)> Mine(Tx tx, SignedIn who, long id, bool shares)
    {
        var view = await SavedViewStore.Find(tx, who.Tenant, id);
        return view is null || (view.IsShared == 0 && view.AgentId != who.AgentId) ? (null, Problems.NotFound)
            : (view.IsShared == 1 || shares) && !who.Rights.Has(Right.Settings) ? (null, Problems.Forbidden)
            : (view, null);
    }

    private static IResult? Wrong(SavedViewRequest asked) =>
        asked.Name is { } name && CustomerText.Normalise(name).Trim().Length is 0 or > 80 ? Problems.Invalid400("name", "name has 1 to 80 characters.")
        : asked.Filter is { } filter && (filter.ValueKind != JsonValueKind.Object || filter.GetRawText().Length > MostFilter)
            ? Problems.Invalid400("filter", $"filter is a JSON object of at most {MostFilter} characters.")
        : null;

    private static SavedView Of(SavedView before, SavedViewRequest asked) => new()
    {
        TenantId = before.TenantId,
        Id = before.Id,
        AgentId = before.AgentId,
        Name = asked.Name is { } name ? CustomerText.Normalise(name).Trim() : before.Name,
        Filter = asked.Filter is { } filter ? filter.GetRawText() : before.Filter,
        IsShared = asked.IsShared is { } isShared ? (isShared ? 1 : 0) : before.IsShared,
        CreatedAt = before.CreatedAt,
    };

    private static SavedViewJson Show(SavedView view) => new(
        view.Id, view.AgentId, view.Name, JsonElement.Parse(view.Filter), view.IsShared == 1, Instants.FromMicros(view.CreatedAt));
}
