using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Simulations;

/// <param name="Id">Ours.</param>
/// <param name="Change">prompt or faq.</param>
/// <param name="Detail">Which.</param>
/// <param name="NewlyFailing">Names of the cases that failed because of it.</param>
/// <param name="AgentId">Who forced it.</param>
/// <param name="AgentName">Their name.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record ForcedChangeJson(
    long Id, string Change, string Detail, IReadOnlyList<string> NewlyFailing, long? AgentId, string? AgentName, DateTimeOffset CreatedAt);

/// <summary>Who overrode the gate.</summary>
internal static class ForcedChangeApi
{
    public static void MapForcedChanges(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/simulations/forced-changes", List).WithTags("Simulations").RequireAuthorization(Policies.Admin).WithName("list_forced_changes")
            .WithSummary("Changes made with force=true although simulations fail because of them, newest first").Produces<Page<ForcedChangeJson>>()
            .ProducesProblem(400).ProducesProblem(403);

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => ForcedChangeStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, f => new Cursor(f.Id, f.Id), f => new ForcedChangeJson(
            f.Id, f.Change, f.Detail, JsonSerializer.Deserialize<List<string>>(f.Cases, ApiJson.Options) ?? [], f.AgentId, f.AgentName,
            Instants.FromMicros(f.CreatedAt))), ApiJson.Options);
    }
}
