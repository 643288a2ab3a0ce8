using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.FeatureRequests;

/// <summary>What a business and the platform administrator say to each other about a feature request.</summary>
internal static class FeatureCommentApi
{
    public static void MapFeatureComments(this IEndpointRouteBuilder requests)
    {
        requests.MapGet("/{id:long}/comments", List).RequireAuthorization(Policies.Anyone).WithName("list_feature_comments")
            .WithSummary("Comments on a feature request, oldest first").Produces<Page<CommentJson>>().ProducesProblem(400).ProducesProblem(404);
        requests.MapPost("/{id:long}/comments", Add).RequireAuthorization(Policies.Anyone).WithName("add_feature_comment")
            .WithSummary("Comment on a feature request").Accepts<NewComment>("application/json").Produces<CommentJson>(201)
            .ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query, long id)
    {
        if (await FeatureRequestApi.Find(who, database, id, http.RequestAborted) is not { } found)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(Scope.Tenant(found.TenantId), tx => FeatureRequestStore.Comments(
            tx, found.TenantId, id, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, c => new Cursor(c.Id, c.Id), CommentJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Add(HttpContext http, SignedIn who, Database database, Idempotency idempotency, Ids ids, Clock clock, long id)
    {
        if (await FeatureRequestApi.Find(who, database, id, http.RequestAborted) is not { } found)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<NewComment>(http.Request);
        var text = asked.Message?.Trim() ?? "";
        if (text.Length is 0 or > FeatureWords.MaxText)
        {
            return Problems.Invalid400("message", $"message has 1 to {FeatureWords.MaxText} characters.");
        }

        var isPlatform = who is { IsPlatform: true, IsEntered: false };
        var comment = new FeatureComment
        {
            TenantId = found.TenantId, Id = await ids.One(http.RequestAborted), RequestId = id, AgentId = who.AgentId, Author = who.AgentName,
            FromPlatform = isPlatform ? 1 : 0, Body = text, CreatedAt = clock.Micros,
        };
        Func<Tx, Task<(int, object?)>> effect = async tx =>
        {
            if (await FeatureRequestStore.Find(tx, found.TenantId, id, who.AgentId) is null)
            {
                return (404, Problems.NotFound);
            }

            await FeatureRequestStore.Comment(tx, comment);
            return (201, CommentJson.Of(comment));
        };
        var route = $"POST /api/feature-requests/{id}/comments";
        return isPlatform ? await idempotency.OnceForPlatform(http, who, route, bytes, effect) : await idempotency.Once(http, who, route, bytes, effect);
    }
}
