using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Intake;

/// <summary>A webhook and its fate.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Kind">meta, twilio_message, twilio_status or studio_message.</param>
/// <param name="State">waiting, applied, quarantined or dead.</param>
/// <param name="Problem">Why it was set aside.</param>
/// <param name="Attempts">Failed tries to apply it.</param>
/// <param name="Bytes">Length of the raw body.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="DoneAt">When its fate was known.</param>
internal sealed record ReceivedWebhookJson(
    long Id, string Kind, string State, string? Problem, long Attempts, long Bytes, DateTimeOffset ReceivedAt, DateTimeOffset? DoneAt);

/// <summary>
/// Every webhook and what became of it. A body may concern several tenants, so this is the platform administrator's.
/// </summary>
internal static class ReceivedWebhookApi
{
    public static void MapReceivedWebhooks(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/webhooks-received").WithTags("Webhooks").RequireAuthorization(Policies.Platform);
        group.MapGet("", List).WithName("list_received_webhooks").WithSummary("Webhooks, newest first; state filters.").Produces<Page<ReceivedWebhookJson>>();
        group.MapGet("/{id:long}/body", Body).WithName("get_received_webhook_body").WithSummary("The raw bytes as they came.");
        group.MapPost("/{id:long}/replay", Replay).WithName("replay_received_webhook").WithSummary("Apply a quarantined or dead webhook again.");
    }

    private static async Task<IResult> List(Database database, [AsParameters] PageQuery page, CancellationToken cancel, string? state = null)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        if (!string.IsNullOrEmpty(state) && !Enum.TryParse<WebhookState>(state, ignoreCase: true, out _))
        {
            return Problems.Invalid400("state", "state is waiting, applied, quarantined or dead.");
        }

        var wanted = string.IsNullOrEmpty(state) ? (long?)null : (long)Enum.Parse<WebhookState>(state, ignoreCase: true);
        var rows = await database.Read(Scope.Directory, tx => tx.Query<Row>($"""
            SELECT id AS "Id", kind AS "Kind", state AS "State", problem AS "Problem", attempts AS "Attempts", length(body) AS "Bytes",
              received_at AS "ReceivedAt", done_at AS "DoneAt"
            FROM received_webhook WHERE id < @before{(wanted is null ? "" : " AND state = @wanted")} ORDER BY id DESC LIMIT @most
            """, new { before = after?.Id ?? long.MaxValue, wanted, most = limit + 1 }), cancel);
        return Results.Json(Page.Of(rows, limit, r => new Cursor(r.Id, r.Id), r => new ReceivedWebhookJson(
            r.Id, r.Kind switch { 1 => "meta", 2 => "twilio_message", 3 => "twilio_status", _ => "studio_message" },
            ((WebhookState)r.State).ToString().ToLowerInvariant(), r.Problem, r.Attempts, r.Bytes, Instants.FromMicros(r.ReceivedAt),
            Instants.FromMicros(r.DoneAt))), ApiJson.Options);
    }

    private static async Task<IResult> Body(Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Directory, tx => tx.QueryFirst<byte[]>("SELECT body FROM received_webhook WHERE id = @id", new { id }), cancel) is { } body
            ? Results.File(body, "application/octet-stream", $"webhook-{id}.bin")
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Replay(Database database, Signals signals, long id, CancellationToken cancel)
    {
        var replayed = await database.Write(Scope.Directory, tx => tx.Execute(
            "UPDATE received_webhook SET state = 0, attempts = 0, problem = NULL, done_at = NULL WHERE id = @id AND state >= 2",
            new { id }), cancel);
        signals.Tell(LaneKind.Webhook);
        return replayed == 0 ? Problems.Refuse(Problems.NotFound) : Results.Json(new { success = true, id }, ApiJson.Options);
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long Kind { get; init; }

        public long State { get; init; }

        public string? Problem { get; init; }

        public long Attempts { get; init; }

        public long Bytes { get; init; }

        public long ReceivedAt { get; init; }

        public long? DoneAt { get; init; }
    }
}
