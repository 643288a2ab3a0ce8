using Relais.Channels;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>A stored webhook that waits to be applied.</summary>
internal sealed class WaitingWebhook
{
    public long Id { get; init; }

    public long ConnectionId { get; init; }

    public long LaneKey { get; init; }

    public long Kind { get; init; }

    public string ContentType { get; init; } = "";

    public string Query { get; init; } = "";

    public byte[] Body { get; init; } = [];

    public long ReceivedAt { get; init; }

    public bool IsStudio => Kind == (long)WebhookKind.StudioMessage;

    /// <summary>As its channel reads it: what Studio reports has the shape of a Twilio message.</summary>
    public VerifiedWebhook Verified => new(IsStudio ? WebhookKind.TwilioMessage : (WebhookKind)Kind, Body, ContentType, Query);
}

/// <summary>How a webhook ended: applied, or kept aside with a sentence that says why.</summary>
internal readonly record struct WebhookFate(long Id, WebhookState State, string? Problem, long Now);

internal enum WebhookState
{
    Waiting = 0,
    Applied = 1,
    Quarantined = 2,
    Dead = 3,
}

/// <summary>The received_webhook rows as the intake's work.</summary>
internal static class ReceivedWebhooks
{
    private const string WaitingSql = """
        SELECT w.id AS "Id", w.connection_id AS "ConnectionId", w.lane_key AS "LaneKey", w.kind AS "Kind",
          w.content_type AS "ContentType", w.query AS "Query", w.body AS "Body", w.received_at AS "ReceivedAt"
        FROM received_webhook w JOIN lane l ON l.kind = 1 AND l.lane_key = w.lane_key
        WHERE w.state = 0 AND l.ready_at <= {now} ORDER BY w.id LIMIT @most
        """;

    private static readonly Rows<WebhookFate> FinishRows = new("""
        UPDATE received_webhook SET state = r.state, problem = r.problem, done_at = r.now FROM {rows}
        WHERE received_webhook.id = r.id AND received_webhook.state = 0
        """,
        Column<WebhookFate>.Long("id", f => f.Id),
        Column<WebhookFate>.Long("state", f => (long)f.State),
        Column<WebhookFate>.Text("problem", f => f.Problem),
        Column<WebhookFate>.Long("now", f => f.Now));

    private static readonly Rows<WaitingWebhook> StillWaitingRows = new("""
        SELECT w.id FROM {rows} JOIN received_webhook w ON w.id = r.id WHERE w.state = 0
        """,
        Column<WaitingWebhook>.Long("id", w => w.Id));

    private static readonly Rows<Lease> MoreRows = new("""
        SELECT r.lane_key FROM {rows} WHERE EXISTS (SELECT 1 FROM received_webhook w WHERE w.lane_key = r.lane_key AND w.state = 0)
        """,
        Column<Lease>.Long("lane_key", l => l.Key));

    public static Task<List<WaitingWebhook>> Waiting(Tx tx, int most) => tx.Query<WaitingWebhook>(WaitingSql, new { most });

    public static async Task<HashSet<long>> StillWaiting(Tx tx, IReadOnlyList<WaitingWebhook> webhooks) =>
        [.. await tx.Each(StillWaitingRows, webhooks, reader => reader.GetInt64(0))];

    public static Task Finish(Tx tx, IReadOnlyList<WebhookFate> fates) => tx.Each(FinishRows, fates);

    /// <summary>The lanes that have more to do.</summary>
    public static async Task<HashSet<long>> WithMore(Tx tx, IReadOnlyList<Lease> leases) =>
        [.. await tx.Each(MoreRows, leases, reader => reader.GetInt64(0))];

    /// <summary>Counts a failed try; the fifth one sets the row aside as dead. Returns true when it is dead.</summary>
    public static async Task<bool> Fail(Tx tx, long id, string problem, long now) =>
        await tx.QueryFirst<long>("""
            UPDATE received_webhook SET attempts = attempts + 1, problem = @problem,
              state = CASE WHEN attempts + 1 >= 5 THEN 3 ELSE 0 END, done_at = CASE WHEN attempts + 1 >= 5 THEN @now END
            WHERE id = @id AND state = 0 RETURNING state
            """, new { id, problem, now }) == (long)WebhookState.Dead;
}
