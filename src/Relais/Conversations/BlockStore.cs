using Relais.Storage;

namespace Relais.Conversations;

/// <summary>A customer, as blocking needs to know them.</summary>
internal sealed class BlockableContact
{
    public long Id { get; init; }

    public string? Phone { get; init; }

    public string? WaId { get; init; }

    public string? UserId { get; init; }

    public long? BlockedAt { get; init; }

    /// <summary>When a provider took the block; null when it is kept here alone.</summary>
    public long? BlockedAtProvider { get; init; }
}

/// <summary>A number the customer has written to.</summary>
internal sealed class ContactedInbox
{
    public long InboxId { get; init; }

    public long? LastInboundAt { get; init; }

    /// <summary>Of the open conversation, or null.</summary>
    public long? ConversationId { get; init; }
}

/// <summary>Customers whom the business does not want to hear of: what they write is kept and nobody answers it.</summary>
internal static class BlockStore
{
    public static Task<BlockableContact?> Find(Tx tx, long tenantId, long contactId) => tx.QueryFirst<BlockableContact>("""
        SELECT id AS "Id", phone AS "Phone", wa_id AS "WaId", user_id AS "UserId", blocked_at AS "BlockedAt",
          blocked_at_provider AS "BlockedAtProvider"
        FROM contact WHERE tenant_id = @tenantId AND id = @contactId
        """, new { tenantId, contactId });

    public static Task<List<ContactedInbox>> Inboxes(Tx tx, long tenantId, long contactId) => tx.Query<ContactedInbox>("""
        SELECT inbox_id AS "InboxId", max(last_inbound_at) AS "LastInboundAt", max(CASE WHEN status <> 3 THEN id END) AS "ConversationId"
        FROM conversation WHERE tenant_id = @tenantId AND contact_id = @contactId GROUP BY inbox_id ORDER BY inbox_id
        """, new { tenantId, contactId });

    public static Task Block(Tx tx, long tenantId, long contactId, long agentId, string? reason, long now) => tx.Execute("""
        UPDATE contact SET blocked_at = coalesce(blocked_at, @now), blocked_by = @agentId, blocked_reason = CAST(@reason AS TEXT)
        WHERE tenant_id = @tenantId AND id = @contactId
        """, new { tenantId, contactId, agentId, reason, now });

    public static Task Unblock(Tx tx, long tenantId, long contactId) => tx.Execute("""
        UPDATE contact SET blocked_at = NULL, blocked_by = NULL, blocked_reason = NULL WHERE tenant_id = @tenantId AND id = @contactId
        """, new { tenantId, contactId });

    public static Task SetAtProvider(Tx tx, long tenantId, long contactId, long? at) => tx.Execute("""
        UPDATE contact SET blocked_at_provider = CAST(@at AS BIGINT) WHERE tenant_id = @tenantId AND id = @contactId
        """, new { tenantId, contactId, at });

    /// <summary>Nobody owes an answer any more, and what was decided before falls with the version.</summary>
    public static Task Silence(Tx tx, long tenantId, long contactId) => tx.Execute("""
        UPDATE conversation SET version = version + 1, answered_seq = last_inbound_seq, waiting_since = NULL
        WHERE tenant_id = @tenantId AND contact_id = @contactId AND status <> 3
        """, new { tenantId, contactId });
}
