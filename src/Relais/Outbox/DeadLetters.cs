using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>Puts a message that did not get through back into the queue, by a person's decision.</summary>
internal sealed class DeadLetters(WorkQueue queue, ChangeLog changes, Clock clock)
{
    /// <summary>Its conversation; 0 when it is no dead letter (any more): of two clicks the second does nothing.</summary>
    public async Task<long> Replay(Tx tx, long tenantId, long messageId, long changeId)
    {
        var conversationId = await tx.QueryFirst<long>("""
            UPDATE outbox SET state = 0, automatic = 0, attempts = 0, due_at = {now}, first_tried_at = NULL, reason = NULL, dead_at = NULL
            WHERE tenant_id = @tenantId AND message_id = @messageId AND state >= 2 RETURNING conversation_id
            """, new { tenantId, messageId });
        if (conversationId == 0)
        {
            return 0;
        }

        await tx.Execute("""
            UPDATE message SET status = 0, failed_at = NULL, error_code = NULL, error_text = NULL WHERE tenant_id = @tenantId AND id = @messageId
            """, new { tenantId, messageId });
        await queue.Wake(tx, [new LaneWake(LaneKind.Outbox, conversationId, tenantId)]);
        await changes.Append(tx, [new Change(changeId, tenantId, "message.updated", conversationId, messageId, null, clock.Micros)]);
        return conversationId;
    }
}
