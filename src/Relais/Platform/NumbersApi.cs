using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Platform;

/// <param name="TenantId">Whose.</param>
/// <param name="TenantName">Its name.</param>
/// <param name="Id">The inbox's.</param>
/// <param name="Channel">meta or twilio.</param>
/// <param name="Name">As its people call it.</param>
/// <param name="DisplayNumber">As customers see it.</param>
/// <param name="Quality">As Meta rates it; null: unknown.</param>
/// <param name="Tier">Meta's messaging limit; null: unknown.</param>
/// <param name="PausedAt">Since when nothing leaves from it; null: it sends.</param>
/// <param name="PauseReason">Why, as the provider or Relais says it.</param>
internal sealed record PlatformNumberJson(
    long TenantId, string TenantName, long Id, string Channel, string Name, string DisplayNumber, string? Quality, string? Tier, DateTimeOffset? PausedAt,
    string? PauseReason);

/// <summary>GET /api/admin/numbers: what is connected, and whether it sends.</summary>
internal static class NumbersApi
{
    public static void MapNumbers(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/admin/numbers", List).RequireAuthorization(Policies.Platform).WithTags("Tenants").WithName("list_numbers")
            .WithSummary("The connected numbers of all businesses, oldest first").Produces<Page<PlatformNumberJson>>().ProducesProblem(400).ProducesProblem(403);

    private static async Task<IResult> List(
        Database database, [AsParameters] PageQuery query, [FromQuery, Description("Part of the number, its name or its business's.")] string? q = null,
        CancellationToken cancel = default)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var part = LikeText.Asked(q);
        var numbers = await database.Read(Scope.Directory, tx => PlatformNumberStore.Page(tx, part, after?.Id ?? 0, limit + 1), cancel);
        return Results.Json(Page.Of(numbers, limit, n => new Cursor(n.Id, n.Id), n => new PlatformNumberJson(
            n.TenantId, n.TenantName, n.Id, n.Channel == (long)ChannelKind.Twilio ? "twilio" : "meta", n.Name, n.DisplayNumber, n.Quality, n.Tier,
            Instants.FromMicros(n.PausedAt), n.PauseReason)), ApiJson.Options);
    }
}
