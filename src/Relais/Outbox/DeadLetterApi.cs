using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Outbox;

/// <summary>A message that a person has to look at.</summary>
/// <param name="Id">Id of the message.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="Kind">dead (the provider refused it, or the tries ran out) or unknown (nobody knows whether it arrived).</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Attempts">Times it was put on the wire.</param>
/// <param name="Content">What it says.</param>
/// <param name="Since">Since when it waits for a person.</param>
internal sealed record DeadLetterJson(long Id, long ConversationId, string Kind, string? Reason, long Attempts, string Content, DateTimeOffset? Since);

/// <param name="Success">True: it waits to be sent.</param>
/// <param name="Id">Of the message.</param>
internal sealed record ResentJson(bool Success, long Id);

/// <summary>Messages that did not get through, and one click to send them again.</summary>
internal static class DeadLetterApi
{
    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/dead-letters").WithTags("Dead letters").RequireAuthorization(Policies.Agent);
        group.MapGet("", List).WithName("list_dead_letters")
            .WithSummary("Messages that were refused, given up, or whose fate is unknown after ten minutes.").Produces<Page<DeadLetterJson>>();
        group.MapPost("/{id:long}/replay", Replay).WithName("replay_dead_letter").WithSummary("Send it again, by a person's decision.")
            .Produces<ResentJson>().ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, Clock clock, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => tx.Query<Row>("""
            SELECT o.message_id AS "Id", o.conversation_id AS "ConversationId", o.state AS "State", o.reason AS "Reason",
              o.attempts AS "Attempts", m.content AS "Content", o.dead_at AS "DeadAt"
            FROM outbox o JOIN message m ON m.tenant_id = o.tenant_id AND m.id = o.message_id
            WHERE o.tenant_id = @tenant AND (o.state = 3 OR (o.state = 2 AND o.dead_at <= @now)) AND o.message_id < @before
            ORDER BY o.message_id DESC LIMIT @most
            """, new { tenant = who.Tenant, now = clock.Micros, before = after?.Id ?? long.MaxValue, most = limit + 1 }), cancel);
        return Results.Json(Page.Of(rows, limit, r => new Cursor(r.Id, r.Id), r => new DeadLetterJson(
            r.Id, r.ConversationId, r.State == 2 ? "unknown" : "dead", r.Reason, r.Attempts, r.Content, Instants.FromMicros(r.DeadAt))), ApiJson.Options);
    }

    private static async Task<IResult> Replay(HttpContext http, SignedIn who, Idempotency idempotency, DeadLetters letters, Ids ids, long id)
    {
        var changeId = await ids.One(http.RequestAborted);
        return await idempotency.Once(http, who, $"replay:{id}", [], async tx => await letters.Replay(tx, who.Tenant, id, changeId) == 0
            ? (Problems.NotFound.Status, (object?)Problems.NotFound)
            : (StatusCodes.Status200OK, new ResentJson(true, id)));
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long ConversationId { get; init; }

        public long State { get; init; }

        public string? Reason { get; init; }

        public long Attempts { get; init; }

        public string Content { get; init; } = "";

        public long? DeadAt { get; init; }
    }
}
