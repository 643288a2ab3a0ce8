using Relais.Conversations;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// What a provider's status means for the outbox: a message that is known to have gone out is no longer on the wire nor
/// unknown; one that is known to have failed is shown as dead. This is how an Unknown send is reconciled.
/// </summary>
internal static class OutboxSettlement
{
    private static readonly Rows<MovedMessage> ArrivedRows = new("""
        DELETE FROM outbox WHERE (tenant_id, message_id) IN (
          SELECT m.tenant_id, m.id FROM {rows} JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
          WHERE m.status IN (1, 3, 4))
        """,
        Column<MovedMessage>.Long("tenant_id", m => m.TenantId),
        Column<MovedMessage>.Long("message_id", m => m.MessageId));

    private static readonly Rows<MovedMessage> FailedRows = new("""
        UPDATE outbox SET state = 3, reason = m.error_text, dead_at = m.failed_at
        FROM {rows} JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
        WHERE outbox.tenant_id = m.tenant_id AND outbox.message_id = m.id AND m.status = 2
        """,
        Column<MovedMessage>.Long("tenant_id", m => m.TenantId),
        Column<MovedMessage>.Long("message_id", m => m.MessageId));

    public static async Task Settle(Tx tx, List<MovedMessage> moved)
    {
        var distinct = moved.DistinctBy(m => m.MessageId).OrderBy(m => m.MessageId).ToList();
        await tx.Each(ArrivedRows, distinct);
        await tx.Each(FailedRows, distinct);
    }
}
