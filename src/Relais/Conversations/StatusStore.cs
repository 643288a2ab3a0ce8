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
                    SentAt = known.SentAt ?? status.SentAt,
                    DeliveredAt = known.DeliveredAt ?? status.DeliveredAt,
                    ReadAt = known.ReadAt ?? status.ReadAt,
                    FailedAt = known.FailedAt ?? status.FailedAt,
                    ErrorCode = known.ErrorCode ?? status.ErrorCode,
                    ErrorText = known.ErrorText ?? status.ErrorText,
                }
                : status;
        }

        return [.. merged.Values];
    }
}

/// <summary>A message whose state moved.</summary>
internal readonly record struct MovedMessage(long TenantId, long MessageId, long ConversationId, long InboxId, string ProviderId);

/// <summary>Delivery states: only forwards, and parked when our own row is not there yet.</summary>
internal static class StatusStore
{
    private const string Set = """
        UPDATE message SET status = {greatest}(message.status, r.status),
          sent_at = coalesce(message.sent_at, r.sent_at), delivered_at = coalesce(message.delivered_at, r.delivered_at),
          read_at = coalesce(message.read_at, r.read_at), failed_at = coalesce(message.failed_at, r.failed_at),
          error_code = coalesce(message.error_code, r.error_code), error_text = coalesce(message.error_text, r.error_text),
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
        INSERT INTO parked_status (tenant_id, id, inbox_id, provider_id, status, at, error_code, error_text, parked_at)
        SELECT r.tenant_id, r.id, r.inbox_id, r.provider_id, r.status, r.at, r.error_code, r.error_text, r.now FROM {rows}
        """,
        Column<(StatusUpdate Status, long Id, long Now)>.Long("tenant_id", s => s.Status.TenantId),
        Column<(StatusUpdate Status, long Id, long Now)>.Long("id", s => s.Id),
        Column<(StatusUpdate Status, long Id, long Now)>.Long("inbox_id", s => s.Status.InboxId),
        Column<(StatusUpdate Status, long Id, long Now)>.Text("provider_id", s => s.Status.ProviderId),
        Column<(StatusUpdate Status, long Id, long Now)>.Long("status", s => (long)s.Status.Status),
        Column<(StatusUpdate Status, long Id, long Now)>.Long("at",
            s => s.Status.ReadAt ?? s.Status.DeliveredAt ?? s.Status.SentAt ?? s.Status.FailedAt),
        Column<(StatusUpdate Status, long Id, long Now)>.Long("error_code", s => s.Status.ErrorCode),
        Column<(StatusUpdate Status, long Id, long Now)>.Text("error_text", s => s.Status.ErrorText),
        Column<(StatusUpdate Status, long Id, long Now)>.Long("now", s => s.Now));

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
