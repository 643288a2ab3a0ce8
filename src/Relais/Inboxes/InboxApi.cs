using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Inboxes;

/// <summary>A number after an act on it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">For people.</param>
/// <param name="DisplayNumber">E.164, empty when the provider did not tell it.</param>
/// <param name="PausedAt">Since when nothing leaves; null while it sends.</param>
/// <param name="PauseCode">The provider's code for it.</param>
/// <param name="PauseReason">Why, in one sentence.</param>
/// <param name="Quality">green, yellow, red or null.</param>
/// <param name="Tier">The provider's word for the messaging limit.</param>
internal sealed record InboxStateJson(
    long Id, string Name, string DisplayNumber, DateTimeOffset? PausedAt, long? PauseCode, string? PauseReason, string? Quality, string? Tier);

/// <summary>What people do to a number.</summary>
internal static class InboxApi
{
    public static void MapInboxes(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/inboxes/{id:long}/resume", Resume).WithTags("Inboxes").RequireAuthorization(Policies.Admin).WithName("resume_inbox")
            .WithSummary("Let a paused number send again: what waited leaves.").Produces<InboxStateJson>().ProducesProblem(404);

    private static async Task<IResult> Resume(
        HttpContext http, SignedIn who, Idempotency idempotency, InboxPauses pauses, Ids ids, Clock clock, long id)
    {
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"resume:{id}", [], async tx =>
        {
            range.Rewind();
            await pauses.Resume(tx, who.Tenant, id, range, clock.Micros);
            return await tx.QueryFirst<Row>("""
                SELECT id AS "Id", name AS "Name", display_number AS "DisplayNumber", paused_at AS "PausedAt", pause_code AS "PauseCode",
                  pause_reason AS "PauseReason", quality AS "Quality", tier AS "Tier"
                FROM inbox WHERE tenant_id = @tenant AND id = @id
                """, new { tenant = who.Tenant, id }) is { } row
                ? (200, new InboxStateJson(
                    row.Id, row.Name, row.DisplayNumber, Instants.FromMicros(row.PausedAt), row.PauseCode, row.PauseReason, row.Quality, row.Tier))
                : (404, (object?)Problems.NotFound);
        });
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string DisplayNumber { get; init; } = "";

        public long? PausedAt { get; init; }

        public long? PauseCode { get; init; }

        public string? PauseReason { get; init; }

        public string? Quality { get; init; }

        public string? Tier { get; init; }
    }
}
