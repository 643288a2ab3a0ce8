using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Conversations.Teams;

/// <summary>In a change, what is left out stays as it is.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="IsDefault">True: gets what no other team is for.</param>
/// <param name="Reasons">Hand-off reasons that are its, e.g. order_change; at most 20.</param>
/// <param name="Topics">Words and phrases of customers that are its, before reasons; at most 50 of 80 characters.</param>
/// <param name="Members">Agents' ids.</param>
internal sealed record TeamRequest(
    string? Name = null, bool? IsDefault = null, IReadOnlyList<string>? Reasons = null, IReadOnlyList<string>? Topics = null, IReadOnlyList<long>? Members = null);

/// <param name="Id">Ours.</param>
/// <param name="Name">As the business calls it.</param>
/// <param name="IsDefault">Gets what no other team is for.</param>
/// <param name="Reasons">Hand-off reasons that are its.</param>
/// <param name="Topics">Words of customers that are its.</param>
/// <param name="Members">Agents' ids.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record TeamJson(
    long Id, string Name, bool IsDefault, IReadOnlyList<string> Reasons, IReadOnlyList<string> Topics, IReadOnlyList<long> Members, DateTimeOffset CreatedAt);

/// <summary>The signed-in tenant's teams.</summary>
internal static class TeamApi
{
    public static void MapTeams(this IEndpointRouteBuilder app)
    {
        var teams = app.MapGroup("/api/teams").WithTags("Teams");
        teams.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("list_teams").WithSummary("Teams and who is in them").Produces<Page<TeamJson>>();
        teams.MapPost("/", Create).RequireAuthorization(Policies.Admin).WithName("add_team").WithSummary("Add a team")
            .WithDescription("Takes an Idempotency-Key.").Accepts<TeamRequest>("application/json").Produces<TeamJson>(201).ProducesProblem(400).ProducesProblem(403);
        teams.MapPatch("/{id:long}", Change).RequireAuthorization(Policies.Admin).WithName("change_team").WithSummary("Change a team")
            .Accepts<TeamRequest>("application/json").Produces<TeamJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        teams.MapDelete("/{id:long}", Delete).RequireAuthorization(Policies.Admin).WithName("delete_team").WithSummary("Delete a team; what waited for it waits for anybody")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, CancellationToken cancel)
    {
        var (teams, members) = await database.Read(
            Scope.Tenant(who.Tenant), async tx => (await TeamStore.All(tx, who.Tenant), await TeamStore.Members(tx, who.Tenant)), cancel);
        return Results.Json(new Page<TeamJson>(teams.ConvertAll(t => Show(t, members[t.Id])), null), ApiJson.Options);
    }

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<TeamRequest>(http.Request);
        if (Wrong(asked with { Name = asked.Name ?? "" }) is { } refusal)
        {
            return refusal;
        }

        var empty = new Team { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), CreatedAt = clock.Micros };
        return await idempotency.Once(http, who, "POST /api/teams", bytes, async tx =>
        {
            await TeamStore.Insert(tx, Changed(empty, asked));
            return await Members(tx, who.Tenant, empty.Id, asked) ?? (201, await Read(tx, who.Tenant, empty.Id));
        });
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Idempotency idempotency, long id)
    {
        var (bytes, asked) = await ApiBody.Read<TeamRequest>(http.Request);
        return await idempotency.Once(http, who, $"PATCH /api/teams/{id}", bytes, async tx =>
        {
            if (await TeamStore.Find(tx, who.Tenant, id) is not { } team)
            {
                return (404, Problems.NotFound);
            }

            if (Wrong(asked) is { } refusal)
            {
                return (400, refusal);
            }

            await TeamStore.Update(tx, Changed(team, asked));
            return await Members(tx, who.Tenant, id, asked) ?? (200, await Read(tx, who.Tenant, id));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/teams/{id}", [], async tx =>
        {
            if (await TeamStore.Find(tx, who.Tenant, id) is null)
            {
                return (404, (object?)Problems.NotFound);
            }

            await TeamStore.Delete(tx, who.Tenant, id);
            return (200, new SuccessAnswer());
        });

    /// <summary>Sets the members when they are named; a refusal for one who does not belong to the tenant.</summary>
    private static async Task<(int Status, object? Answer)?> Members(Tx tx, long tenantId, long id, TeamRequest asked)
    {
        if (asked.Members is not { } members)
        {
            return null;
        }

        var known = await TeamStore.Known(tx, tenantId, members);
        if (members.Any(m => !known.Contains(m)))
        {
            return (400, Problems.Invalid400("members", "members are ids of agents of this business (GET /api/agents)."));
        }

        await TeamStore.SetMembers(tx, tenantId, id, known);
        return null;
    }

    private static IResult? Wrong(TeamRequest asked) =>
        asked.Name is { } name && TenantNames.Clean(name) is not { Length: <= 80 } ? Problems.Invalid400("name", "name has 1 to 80 characters.")
        : asked.Reasons is { } reasons && (reasons.Count > 20 || reasons.Any(r => r is null or "" || r.Length > 40))
            ? Problems.Invalid400("reasons", "reasons are at most 20 words such as order_change.")
        : asked.Topics is { } topics && (topics.Count > 50 || topics.Any(t => t is null || TextFolding.FoldWords(t).Length == 0 || t.Length > 80))
            ? Problems.Invalid400("topics", "topics are at most 50 words or phrases of at most 80 characters.")
        : asked.Members is { Count: > 500 } ? Problems.Invalid400("members", "A team has at most 500 members.")
        : null;

    private static Team Changed(Team team, TeamRequest asked) => new()
    {
        TenantId = team.TenantId,
        Id = team.Id,
        Name = TenantNames.Clean(asked.Name) ?? team.Name,
        IsDefault = asked.IsDefault is { } isDefault ? (isDefault ? 1 : 0) : team.IsDefault,
        Reasons = asked.Reasons is { } reasons ? JsonSerializer.Serialize(reasons, ApiJson.Options) : team.Reasons,
        Topics = asked.Topics is { } topics ? JsonSerializer.Serialize(topics, ApiJson.Options) : team.Topics,
        CreatedAt = team.CreatedAt,
    };

    private static async Task<TeamJson> Read(Tx tx, long tenantId, long id) =>
        Show((await TeamStore.Find(tx, tenantId, id))!, (await TeamStore.Members(tx, tenantId))[id]);

    private static TeamJson Show(Team team, IEnumerable<long> members) => new(
        team.Id, team.Name, team.IsDefault == 1, team.ReasonList, team.TopicList, [.. members], Instants.FromMicros(team.CreatedAt));
}
