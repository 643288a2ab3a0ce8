using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants;

/// <param name="Id">What <c>agent_id</c> means everywhere else.</param>
/// <param name="Name">As colleagues see it.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Role">owner, admin or agent.</param>
internal sealed record AgentAnswer(long Id, string Name, string Email, string Role);

/// <summary>The people of a tenant, for everyone in it: whom a conversation can be given to.</summary>
internal static class RelaisMembers
{
    public static void MapAgents(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/agents", List).RequireAuthorization(Policies.Agent).WithTags("Agents").WithName("ListAgents")
            .WithSummary("Who can sign in to this tenant").Produces<Page<AgentAnswer>>().ProducesProblem(400).ProducesProblem(401);

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => AgentStore.Members(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, m => new Cursor(m.AgentId, m.AgentId), m => new AgentAnswer(m.AgentId, m.Name, m.Email, m.Role)));
    }
}
