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

/// <summary>
/// The received_webhook rows as the intake's work. A lane is applied within one transaction, so it is locked for that
/// transaction and needs no lease: an acknowledgement never waits for a batch that is being applied.
/// </summary>
internal static class ReceivedWebhooks
{
    /// <summary>Above every id, so that no other advisory lock has one of these numbers.</summary>
    private const long LockSpace = 1L << 60;

    private static readonly Rows<bool> UrgentRows = new(
        "SELECT min(later) FROM received_webhook WHERE state = 0 AND later >= (SELECT r.least FROM {rows})",
        Column<bool>.Long("least", isLater => isLater ? 1 : 0));

    private static readonly Rows<(bool IsLater, int Most)> WaitingRows = new("""
        SELECT w.id, w.connection_id, w.lane_key, w.kind, w.content_type, w.query, w.body, w.received_at
        FROM received_webhook w WHERE w.state = 0 AND w.later = (SELECT r.later FROM {rows}) ORDER BY w.id LIMIT (SELECT r.most FROM {rows})
        """,
        Column<(bool IsLater, int Most)>.Long("later", w => w.IsLater ? 1 : 0),
        Column<(bool IsLater, int Most)>.Long("most", w => w.Most));

    private static readonly Rows<long> LockRows = new("SELECT r.lane_key FROM {rows} WHERE {lock_free}",
        Column<long>.Long("lane_key", key => key),
        Column<long>.Long("lock_key", key => LockSpace | key));

    private static readonly Rows<WebhookFate> FinishRows = new("""
        UPDATE received_webhook SET state = r.state, problem = r.problem, done_at = r.now FROM {rows}
        WHERE received_webhook.id = r.id AND +received_webhook.state = 0
        """,
        Column<WebhookFate>.Long("id", f => f.Id),
        Column<WebhookFate>.Long("state", f => (long)f.State),
        Column<WebhookFate>.Text("problem", f => f.Problem),
        Column<WebhookFate>.Long("now", f => f.Now));

    private static readonly Rows<MaskedBody> MaskRows = new("UPDATE received_webhook SET body = r.body FROM {rows} WHERE received_webhook.id = r.id",
        Column<MaskedBody>.Long("id", m => m.Id),
        Column<MaskedBody>.Bytes("body", m => m.Body));

    private static readonly Rows<WaitingWebhook> StillWaitingRows = new("""
        SELECT w.id FROM {rows} JOIN received_webhook w ON w.id = r.id WHERE +w.state = 0
        """,
        Column<WaitingWebhook>.Long("id", w => w.Id));

    /// <summary>What waits and goes next: webhooks with messages (false), those that tell statuses only (true), or nothing.</summary>
    public static async Task<bool?> Next(Tx tx, bool statusesFirst)
    {
        var later = (await tx.Each(UrgentRows, [statusesFirst], row => row.Long(0)))[0];
        return later is not null ? later == 1 : statusesFirst ? await Next(tx, statusesFirst: false) : null;
    }

    /// <summary>The oldest webhooks of one kind that wait.</summary>
    public static Task<List<WaitingWebhook>> Waiting(Tx tx, bool isLater, int most) => tx.Each(WaitingRows, [(isLater, most)], row => new WaitingWebhook
    {
        Id = row.GetInt64(0), ConnectionId = row.GetInt64(1), LaneKey = row.GetInt64(2), Kind = row.GetInt64(3),
        ContentType = row.GetString(4), Query = row.GetString(5), Body = row.GetBytes(6), ReceivedAt = row.GetInt64(7),
    });

    /// <summary>Locks the lanes of these webhooks and returns the ids that are ours to apply: not another node's, not done meanwhile.</summary>
    public static async Task<HashSet<long>> Lock(Tx tx, IReadOnlyList<WaitingWebhook> webhooks)
    {
        var locked = await tx.Each(LockRows, [.. webhooks.Select(w => w.LaneKey).Distinct().Order()], reader => reader.GetInt64(0));
        return [.. await tx.Each(StillWaitingRows, [.. webhooks.Where(w => locked.Contains(w.LaneKey))], reader => reader.GetInt64(0))];
    }

    public static Task Finish(Tx tx, IReadOnlyList<WebhookFate> fates) => tx.Each(FinishRows, fates);

    public static Task Mask(Tx tx, IReadOnlyList<MaskedBody> bodies) => tx.Each(MaskRows, bodies);

    /// <summary>Counts a failed try; the fifth one sets the row aside as dead. Returns true when it is dead.</summary>
    public static async Task<bool> Fail(Tx tx, long id, string problem, long now) =>
        await tx.QueryFirst<long>("""
            UPDATE received_webhook SET attempts = attempts + 1, problem = @problem,
              state = CASE WHEN attempts + 1 >= 5 THEN 3 ELSE 0 END, done_at = CASE WHEN attempts + 1 >= 5 THEN @now END
            WHERE id = @id AND state = 0 RETURNING state
            """, new { id, problem, now }) == (long)WebhookState.Dead;
}
