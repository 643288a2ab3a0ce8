using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Platform;

/// <summary>Somebody's place in a business.</summary>
/// <param name="TenantId">Which.</param>
/// <param name="TenantName">Its name.</param>
/// <param name="Role">owner, admin or agent.</param>
/// <param name="State">active, invited or disabled.</param>
internal sealed record PlatformPlaceJson(long TenantId, string TenantName, string Role, string State);

/// <param name="Id">Who.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Name">Their name.</param>
/// <param name="IsPlatform">They look after the installation.</param>
/// <param name="HasTotp">They sign in with an authenticator app.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="SeenAt">When a session or key of theirs was last used, to the minute; null: never.</param>
/// <param name="DisabledAt">Shut out of the whole installation; null: not.</param>
/// <param name="Tenants">Where they have a place.</param>
internal sealed record PlatformUserJson(
    long Id, string Email, string Name, bool IsPlatform, bool HasTotp, DateTimeOffset CreatedAt, DateTimeOffset? SeenAt, DateTimeOffset? DisabledAt,
    IReadOnlyList<PlatformPlaceJson> Tenants);

/// <summary>GET /api/admin/users: who signs in to this installation, and where.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/admin/users", List).RequireAuthorization(Policies.Platform).WithTags("Tenants").WithName("list_users")
            .WithSummary("Everybody who signs in to the installation, with their businesses, oldest first")
            .Produces<Page<PlatformUserJson>>().ProducesProblem(400).ProducesProblem(403);

    private static async Task<IResult> List(
        Database database, Clock clock, [AsParameters] PageQuery query, [FromQuery, Description("Part of a name or an e-mail address.")] string? q = null,
        CancellationToken cancel = default)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var part = LikeText.Asked(q);
        var (users, places) = await database.Read(Scope.Directory, async tx =>
        {
            var page = await PlatformUserStore.Page(tx, part, after?.Id ?? 0, limit + 1);
            return (page, page.Count == 0 ? [] : await PlatformUserStore.Places(tx, page.ConvertAll(u => u.Id)));
        }, cancel);
        var of = places.ToLookup(p => p.AgentId, p => Show(p, clock.Micros));
        return Results.Json(Page.Of(users, limit, u => new Cursor(u.Id, u.Id), u => new PlatformUserJson(
            u.Id, u.Email, u.Name, u.IsPlatform == 1, u.HasTotp > 0, Instants.FromMicros(u.CreatedAt), Instants.FromMicros(u.SeenAt),
            Instants.FromMicros(u.DisabledAt), [.. of[u.Id]])), ApiJson.Options);
    }

    private static PlatformPlaceJson Show(PlatformPlace place, long now) => new(
        place.TenantId, place.TenantName, place.Role, place.DisabledAt is not null ? "disabled" : place.InvitedUntil is not null ? "invited" : "active");
}
