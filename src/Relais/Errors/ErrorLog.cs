using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Errors;

/// <summary>
/// In: what failed, in the transaction that records the failure. Out: rows of <c>error_log</c>; for a critical one the change
/// <c>error.critical</c> and a row for whoever tells the team, at most once an hour for each number and code.
/// </summary>
internal sealed class ErrorLog(ChangeLog changes) : IDisposable
{
    /// <summary>Ids an error takes at most: its own, and a change's.</summary>
    public const int IdsEach = 2;

    private static readonly Rows<Placed> InsertRows = new("""
        INSERT INTO error_log (tenant_id, id, inbox_id, service, error_type, code, message, details, conversation_id, message_id,
          request_reference, is_critical, at)
        SELECT r.tenant_id, r.id, r.inbox_id, r.service, r.error_type, r.code, r.message, r.details, r.conversation_id, r.message_id,
          r.reference, r.critical, r.at FROM {rows} WHERE true
        ON CONFLICT (message_id, code, tenant_id) WHERE error_type = 'delivery_failed' DO NOTHING RETURNING id
        """,
        Column<Placed>.Long("tenant_id", e => e.Entry.TenantId),
        Column<Placed>.Long("id", e => e.Id),
        Column<Placed>.Long("inbox_id", e => e.Entry.InboxId),
        Column<Placed>.Text("service", e => e.Entry.Service),
        Column<Placed>.Text("error_type", e => e.Entry.Type),
        Column<Placed>.Long("code", e => e.Entry.Code),
        Column<Placed>.Text("message", e => e.Entry.Message),
        Column<Placed>.Text("details", e => e.Entry.Details),
        Column<Placed>.Long("conversation_id", e => e.Entry.ConversationId),
        Column<Placed>.Long("message_id", e => e.Entry.MessageId),
        Column<Placed>.Text("reference", e => e.Entry.Reference),
        Column<Placed>.Long("critical", e => e.Entry.IsCritical ? 1 : 0),
        Column<Placed>.Long("at", e => e.Entry.At));

    private static readonly Rows<Placed> AlertRows = new("""
        INSERT INTO error_alert (tenant_id, inbox_id, alert_key, error_id, raised_at, due_at, attempts)
        SELECT r.tenant_id, r.inbox_id, r.alert_key, r.id, r.at, r.at, 0 FROM {rows} WHERE true
        ON CONFLICT (tenant_id, inbox_id, alert_key) DO UPDATE SET error_id = excluded.error_id, raised_at = excluded.raised_at,
          due_at = excluded.due_at, attempts = 0, mailed_at = NULL, posted_at = NULL
        WHERE error_alert.raised_at <= excluded.raised_at - 3600000000
        RETURNING error_id
        """,
        Column<Placed>.Long("tenant_id", e => e.Entry.TenantId),
        Column<Placed>.Long("inbox_id", e => e.Entry.InboxId ?? 0),
        Column<Placed>.Text("alert_key", e => e.Entry.AlertKey),
        Column<Placed>.Long("id", e => e.Id),
        Column<Placed>.Long("at", e => e.Entry.At));

    /// <summary>Raised when there may be somebody to tell.</summary>
    public Signal Alerts { get; } = new();

    /// <summary>Takes <see cref="IdsEach"/> ids an entry.</summary>
    public async Task Append(Tx tx, IReadOnlyList<ErrorEntry> entries, IdRange ids)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var placed = entries.Select(e => new Placed(ids.Next(), e)).ToList();
        var kept = (await tx.Each(InsertRows, placed, row => row.GetInt64(0))).ToHashSet();
        var critical = placed.Where(p => p.Entry.IsCritical && kept.Contains(p.Id))
            .DistinctBy(p => (p.Entry.TenantId, p.Entry.InboxId, p.Entry.AlertKey))
            .OrderBy(p => p.Entry.TenantId).ThenBy(p => p.Entry.InboxId).ThenBy(p => p.Entry.AlertKey, StringComparer.Ordinal).ToList();
        if (critical.Count == 0)
        {
            return;
        }

        var raised = (await tx.Each(AlertRows, critical, row => row.GetInt64(0))).ToHashSet();
        await changes.Append(tx, critical.FindAll(p => raised.Contains(p.Id)).ConvertAll(p => new Change(
            ids.Next(), p.Entry.TenantId, "error.critical", p.Entry.ConversationId, null, p.Entry.InboxId, p.Entry.At)));
        tx.AfterCommit(Alerts.Raise);
    }

    public void Dispose() => Alerts.Dispose();

    private sealed record Placed(long Id, ErrorEntry Entry);
}
