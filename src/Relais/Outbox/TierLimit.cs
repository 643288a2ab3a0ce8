using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// Meta's messaging limit: so many different customers may be written to outside the service window in 24 hours, by all numbers
/// of a business portfolio together (messaging-limits). Asked only when a template is to leave and the tier is known.
/// </summary>
internal static class TierLimit
{
    /// <summary>Until when the customer has to wait (microseconds UTC), or null when they may be written to now.</summary>
    public static async Task<long?> Wait(Tx tx, InboxDirectory inboxes, Inbox inbox, long contactId, long now)
    {
        if (MessagingTier.Customers(inbox.Tier) is not { } most)
        {
            return null;
        }

        // The numbers of a connection stand for the portfolio, which no provider names to us.
        var since = now - Instants.Day;
        var lately = await tx.Query<Written>($"""
            SELECT c.contact_id AS "ContactId", max(m.created_at) AS "At"
            FROM message m JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
            WHERE m.tenant_id = @TenantId AND m.inbox_id {tx.Dialect.In("own")} AND m.type = 'template'
              AND m.created_at > @since AND m.status IN (0, 1, 3, 4)
            GROUP BY c.contact_id ORDER BY max(m.created_at)
            """, new
        {
            inbox.TenantId, since,
            own = inboxes.Inboxes.Where(i => i.TenantId == inbox.TenantId && i.ConnectionId == inbox.ConnectionId).Select(i => i.Id).ToArray(),
        });
        return lately.Count < most || lately.Exists(w => w.ContactId == contactId)
            ? null
            : lately[lately.Count - most].At + Instants.Day;
    }

    private sealed class Written
    {
        public long ContactId { get; init; }

        public long At { get; init; }
    }
}
