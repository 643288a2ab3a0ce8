using Relais.Conversations;
using Relais.Storage;

namespace Relais.Desk.Composer;

/// <summary>A message of ours, as sending it again needs it.</summary>
internal sealed class RetryableMessage
{
    public long ConversationId { get; init; }

    public long InboxId { get; init; }

    public Author Author { get; init; }

    public string Content { get; init; } = "";

    public string? Payload { get; init; }

    public string? RepliesTo { get; init; }

    public DeliveryStatus? Status { get; init; }

    public long? RetriedAs { get; init; }

    /// <summary>1 while it waits in the outbox or is on the wire.</summary>
    public long IsUnderway { get; init; }

    /// <summary>Ours, and surely not with the customer.</summary>
    public bool HasFailed => Author != Author.Customer && IsUnderway == 0 && (Status is DeliveryStatus.Failed or DeliveryStatus.Cancelled);
}

internal static class RetryStore
{
    public static Task<RetryableMessage?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<RetryableMessage>("""
        SELECT m.conversation_id AS "ConversationId", m.inbox_id AS "InboxId", m.author AS "Author", m.content AS "Content", m.payload AS "Payload",
          m.replies_to AS "RepliesTo", m.status AS "Status", m.retried_as AS "RetriedAs",
          (SELECT count(*) FROM outbox o WHERE o.tenant_id = m.tenant_id AND o.message_id = m.id) AS "IsUnderway"
        FROM message m WHERE m.tenant_id = @tenantId AND m.id = @id
        """, new { tenantId, id });

    /// <summary>Takes the row until the end of the transaction, so that a second click waits for the first.</summary>
    public static Task Hold(Tx tx, long tenantId, long id) =>
        tx.Execute("UPDATE message SET retried_as = retried_as WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task Retried(Tx tx, long tenantId, long id, long sent) =>
        tx.Execute("UPDATE message SET retried_as = @sent WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, sent });
}
