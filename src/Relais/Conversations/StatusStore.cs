using Relais.Storage;

namespace Relais.Conversations;

/// <summary>What a provider said of one of our messages, several words of one batch taken together.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="InboxId">The number it went out from: a status of another number's message is not believed.</param>
/// <param name="ProviderId">wamid or MessageSid.</param>
/// <param name="MessageId">Our id when the provider echoed it, else null.</param>
/// <param name="Status">The furthest state reached.</param>
internal sealed record StatusUpdate(long TenantId, long InboxId, string ProviderId, long? MessageId, DeliveryStatus Status)
{
    public long? SentAt { get; init; }

    public long? DeliveredAt { get; init; }

    public long? ReadAt { get; init; }

    public long? FailedAt { get; init; }

    public long? ErrorCode { get; init; }

    public string? ErrorText { get; init; }

    /// <summary>What it is charged as, and how, in the provider's words.</summary>
    public string? CostCategory { get; init; }

    public string? CostType { get; init; }

    /// <summary>One statement touches a row once, so what a batch says of one message is taken together.</summary>
    public static List<StatusUpdate> Merge(IEnumerable<StatusUpdate> statuses)
    {
        var merged = new Dictionary<(long, string), StatusUpdate>();
        foreach (var status in statuses)
        {
            merged[(status.InboxId, status.ProviderId)] = merged.TryGetValue((status.InboxId, status.ProviderId), out var known)
                ? known with
                {
                    MessageId = known.MessageId ?? status.MessageId,
                    Status = (DeliveryStatus)Math.Max((int)known.Status, (int)status.Status),
                    SentAt = Earlier(known.SentAt, status.SentAt),
                    DeliveredAt = Earlier(known.DeliveredAt, status.DeliveredAt),
                    ReadAt = Earlier(known.ReadAt, status.ReadAt),
                    FailedAt = Earlier(known.FailedAt, status.FailedAt),
                    ErrorCode = known.ErrorCode ?? status.ErrorCode,
                    ErrorText = known.ErrorText ?? status.ErrorText,
                    CostCategory = known.CostCategory ?? status.CostCategory,
                    CostType = known.CostType ?? status.CostType,
                }
                : status;
        }

        return [.. merged.Values];
    }

    private static long? Earlier(long? one, long? other) => one is null || other < one ? other ?? one : one;
}

/// <summary>A message whose state moved.</summary>
internal readonly record struct MovedMessage(long TenantId, long MessageId, long ConversationId, long InboxId, string ProviderId);

/// <summary>Delivery states: only forwards, and parked when our own row is not there yet.</summary>
internal static class StatusStore
{
    /// <summary>Of several times for one state the earliest counts, so that the order in which they come makes no difference.</summary>
    private const string Set = """
        UPDATE message SET status = {greatest}(message.status, r.status),
          sent_at = coalesce({least}(message.sent_at, r.sent_at), message.sent_at, r.sent_at),
          delivered_at = coalesce({least}(message.delivered_at, r.delivered_at), message.delivered_at, r.delivered_at),
          read_at = coalesce({least}(message.read_at, r.read_at), message.read_at, r.read_at),
          failed_at = coalesce({least}(message.failed_at, r.failed_at), message.failed_at, r.failed_at),
          error_code = coalesce(message.error_code, r.error_code), error_text = coalesce(message.error_text, r.error_text),
          cost_category = coalesce(message.cost_category, r.cost_category), cost_type = coalesce(message.cost_type, r.cost_type),
          provider_id = coalesce(message.provider_id, r.provider_id)

        """;

    private const string Returning = """

        RETURNING message.tenant_id, message.id, message.conversation_id, message.inbox_id, message.provider_id
        """;

    private static readonly Column<StatusUpdate>[] Columns =
    [
        Column<StatusUpdate>.Long("tenant_id", s => s.TenantId),
        Column<StatusUpdate>.Long("inbox_id", s => s.InboxId),
        Column<StatusUpdate>.Text("provider_id", s => s.ProviderId),
        Column<StatusUpdate>.Long("message_id", s => s.MessageId),
        Column<StatusUpdate>.Long("status", s => (long)s.Status),
        Column<StatusUpdate>.Long("sent_at", s => s.SentAt),
        Column<StatusUpdate>.Long("delivered_at", s => s.DeliveredAt),
        Column<StatusUpdate>.Long("read_at", s => s.ReadAt),
        Column<StatusUpdate>.Long("failed_at", s => s.FailedAt),
        Column<StatusUpdate>.Long("error_code", s => s.ErrorCode),
        Column<StatusUpdate>.Text("error_text", s => s.ErrorText),
        Column<StatusUpdate>.Text("cost_category", s => s.CostCategory),
        Column<StatusUpdate>.Text("cost_type", s => s.CostType),
    ];

    private static readonly Rows<StatusUpdate> ByOurId = new(Set + """
        FROM {rows} WHERE message.tenant_id = r.tenant_id AND message.id = r.message_id AND message.inbox_id = r.inbox_id
          AND message.author <> 1
        """ + Returning, Columns);

    private static readonly Rows<StatusUpdate> ByProviderId = new(Set + """
        FROM {rows} JOIN provider_key k ON k.tenant_id = r.tenant_id AND k.inbox_id = r.inbox_id AND k.provider_id = r.provider_id
        WHERE message.tenant_id = k.tenant_id AND message.id = k.message_id AND message.author <> 1
        """ + Returning, Columns);

    private static readonly Rows<(StatusUpdate Status, long Id, long Now)> ParkRows = new("""
        INSERT INTO parked_status (tenant_id, id, inbox_id, provider_id, status, at, sent_at, delivered_at, read_at, failed_at, error_code,
          error_text, cost_category, cost_type, parked_at)
        SELECT r.tenant_id, r.id, r.inbox_id, r.provider_id, r.status, r.at, r.sent_at, r.delivered_at, r.read_at, r.failed_at, r.error_code,
          r.error_text, r.cost_category, r.cost_type, r.now FROM {rows}
        """,
        [
            Column<(StatusUpdate Status, long Id, long Now)>.Long("tenant_id", s => s.Status.TenantId),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("id", s => s.Id),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("inbox_id", s => s.Status.InboxId),
            Column<(StatusUpdate Status, long Id, long Now)>.Text("provider_id", s => s.Status.ProviderId),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("status", s => (long)s.Status.Status),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("at", s => s.Status.ReadAt ?? s.Status.DeliveredAt ?? s.Status.SentAt ?? s.Status.FailedAt),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("sent_at", s => s.Status.SentAt),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("delivered_at", s => s.Status.DeliveredAt),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("read_at", s => s.Status.ReadAt),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("failed_at", s => s.Status.FailedAt),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("error_code", s => s.Status.ErrorCode),
            Column<(StatusUpdate Status, long Id, long Now)>.Text("error_text", s => s.Status.ErrorText),
            Column<(StatusUpdate Status, long Id, long Now)>.Text("cost_category", s => s.Status.CostCategory),
            Column<(StatusUpdate Status, long Id, long Now)>.Text("cost_type", s => s.Status.CostType),
            Column<(StatusUpdate Status, long Id, long Now)>.Long("now", s => s.Now),
        ]);

    /// <summary>Applies statuses (at most one a message); returns what moved and what found no message of ours.</summary>
    public static async Task<(List<MovedMessage> Moved, List<StatusUpdate> Unmatched)> Apply(Tx tx, IReadOnlyList<StatusUpdate> statuses)
    {
        var named = statuses.Where(s => s.MessageId is not null).OrderBy(s => s.MessageId).ToList();
        var moved = await tx.Each(ByOurId, named, Read);
        var found = moved.Select(m => m.MessageId).ToHashSet();
        var rest = statuses.Where(s => s.MessageId is not { } id || !found.Contains(id))
            .OrderBy(s => s.ProviderId, StringComparer.Ordinal).ToList();
        var byProvider = await tx.Each(ByProviderId, rest, Read);
        var matched = byProvider.Select(m => (m.InboxId, m.ProviderId)).ToHashSet();
        moved.AddRange(byProvider);
        return (moved, rest.FindAll(s => !matched.Contains((s.InboxId, s.ProviderId))));
    }

    public static Task Park(Tx tx, IReadOnlyList<StatusUpdate> statuses, IdRange ids, long now) =>
        tx.Each(ParkRows, statuses.Select(s => (s, ids.Next(), now)).ToList());

    private static MovedMessage Read(Row reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetString(4));
}
