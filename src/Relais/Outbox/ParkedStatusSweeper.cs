using Relais.Changes;
using Relais.Conversations;
using Relais.Errors;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// In: statuses that came before the message they speak of was known by the provider's id. Out: the same effect as if they
/// had come after it. Several nodes may sweep at once: whoever deletes a parked row applies it.
/// </summary>
internal sealed class ParkedStatusSweeper(Database database, ChangeLog changes, FailureLog failures, Ids ids, Clock clock, ILogger<ParkedStatusSweeper> log)
    : Worker(log)
{
    /// <summary>A status overtakes the recording of its send by milliseconds; two seconds later it is shown at the latest.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Providers repeat a status for up to seven days; what has no message by then speaks of someone else's.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const int Batch = 500;

    private const string MatchedSql = """
        SELECT p.tenant_id AS "TenantId", p.id AS "Id", p.inbox_id AS "InboxId", p.provider_id AS "ProviderId", p.status AS "Status",
          p.at AS "At", p.sent_at AS "SentAt", p.delivered_at AS "DeliveredAt", p.read_at AS "ReadAt", p.failed_at AS "FailedAt",
          p.error_code AS "ErrorCode", p.error_text AS "ErrorText", p.cost_category AS "CostCategory", p.cost_type AS "CostType"
        FROM parked_status p
        JOIN provider_key k ON k.tenant_id = p.tenant_id AND k.inbox_id = p.inbox_id AND k.provider_id = p.provider_id
        ORDER BY p.tenant_id, p.id LIMIT @most
        """;

    private static readonly Rows<Parked> TakeRows = new("""
        DELETE FROM parked_status WHERE (tenant_id, id) IN (SELECT r.tenant_id, r.id FROM {rows}) RETURNING id
        """,
        Column<Parked>.Long("tenant_id", p => p.TenantId),
        Column<Parked>.Long("id", p => p.Id));

    /// <summary>Applies what has found its message and drops what is too old; returns how many rows were taken.</summary>
    public async Task<int> Sweep(CancellationToken cancel)
    {
        var (matched, hasOld) = await database.Read(Scope.Pipeline, async tx => (
            await tx.Query<Parked>(MatchedSql, new { most = Batch }),
            await tx.QueryFirst<long>("SELECT count(*) FROM (SELECT 1 FROM parked_status WHERE parked_at < @before LIMIT 1) AS old",
                new { before = Before }) > 0), cancel);
        if (matched.Count == 0 && !hasOld)
        {
            return 0;
        }

        var range = await ids.Take(matched.Count * (1 + ErrorLog.IdsEach), cancel);
        return await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var mine = (await tx.Each(TakeRows, matched, reader => reader.GetInt64(0))).ToHashSet();
            await Apply(tx, matched.FindAll(p => mine.Contains(p.Id)), range);
            return mine.Count + await tx.Execute("DELETE FROM parked_status WHERE parked_at < @before", new { before = Before });
        }, cancel);
    }

    protected override async Task<bool> Round(CancellationToken stopping) => await Sweep(stopping) >= Batch;

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);

    private long Before => clock.Micros - Instants.ToMicros(Kept);

    private async Task Apply(Tx tx, List<Parked> parked, IdRange range)
    {
        var statuses = StatusUpdate.Merge(parked.Select(ToUpdate));
        var (moved, _) = await StatusStore.Apply(tx, statuses);
        await OutboxSettlement.Settle(tx, moved);
        await failures.Statuses(tx, statuses, moved, range, clock.Micros);
        await changes.Append(tx, moved.ConvertAll(m =>
            new Change(range.Next(), m.TenantId, "message.updated", m.ConversationId, m.MessageId, m.InboxId, clock.Micros)));
    }

    private static StatusUpdate ToUpdate(Parked parked)
    {
        var status = (DeliveryStatus)parked.Status;
        return new StatusUpdate(parked.TenantId, parked.InboxId, parked.ProviderId, MessageId: null, status)
        {
            // Rows that an older version parked have the time of their last state only.
            SentAt = parked.SentAt ?? (status == DeliveryStatus.Sent ? parked.At : null),
            DeliveredAt = parked.DeliveredAt ?? (status == DeliveryStatus.Delivered ? parked.At : null),
            ReadAt = parked.ReadAt ?? (status == DeliveryStatus.Read ? parked.At : null),
            FailedAt = parked.FailedAt ?? (status == DeliveryStatus.Failed ? parked.At : null),
            ErrorCode = parked.ErrorCode,
            ErrorText = parked.ErrorText,
            CostCategory = parked.CostCategory,
            CostType = parked.CostType,
        };
    }

    private sealed class Parked
    {
        public long TenantId { get; init; }

        public long Id { get; init; }

        public long InboxId { get; init; }

        public string ProviderId { get; init; } = "";

        public long Status { get; init; }

        public long? At { get; init; }

        public long? SentAt { get; init; }

        public long? DeliveredAt { get; init; }

        public long? ReadAt { get; init; }

        public long? FailedAt { get; init; }

        public string? CostCategory { get; init; }

        public string? CostType { get; init; }

        public long? ErrorCode { get; init; }

        public string? ErrorText { get; init; }
    }
}
