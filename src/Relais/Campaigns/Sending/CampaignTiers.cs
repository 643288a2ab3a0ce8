using System.Collections.Concurrent;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Campaigns.Sending;

/// <summary>
/// How many customers a number may still be the first to write to today (Meta's messaging limit, see Outbox/TierLimit). Counted once
/// for a batch, and not at each batch while there is plenty left: for a large campaign the count is the dearest statement of all.
/// Whoever was written to already, or has an open window, is counted as new: the limit is kept, never stretched.
/// </summary>
internal sealed class CampaignTiers(InboxDirectory inboxes)
{
    /// <summary>With more than this left another count can wait: no other sender uses up so many in the meantime.</summary>
    private const int Plenty = 4 * CampaignPace.MostAtOnce;

    private const long CountedFor = 10 * Instants.Second;

    private readonly ConcurrentDictionary<long, (long At, long Used)> known = new();

    /// <summary>Null: no limit is known.</summary>
    public async Task<int?> Free(Tx tx, Inbox inbox, long now)
    {
        if (MessagingTier.Customers(inbox.Tier) is not { } most)
        {
            return null;
        }

        var counted = known.GetValueOrDefault(inbox.ConnectionId);
        if (counted.At == 0 || now - counted.At > CountedFor || counted.At > now || most - counted.Used < Plenty)
        {
            counted = (now, await Count(tx, inbox, now));
            known[inbox.ConnectionId] = counted;
        }

        return (int)Math.Max(0, most - counted.Used);
    }

    /// <summary>So many were queued; counted with the commit.</summary>
    public void Took(Tx tx, Inbox inbox, int count)
    {
        if (known.ContainsKey(inbox.ConnectionId))
        {
            tx.AfterCommit(() => known.AddOrUpdate(inbox.ConnectionId, (0, count), (_, was) => (was.At, was.Used + count)));
        }
    }

    private Task<long> Count(Tx tx, Inbox inbox, long now) => tx.QueryFirst<long>($"""
        SELECT count(DISTINCT c.contact_id) FROM message m JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
        WHERE m.tenant_id = @TenantId AND m.inbox_id {tx.Dialect.In("own")} AND m.type = 'template'
          AND m.created_at > @since AND m.status IN (0, 1, 3, 4)
        """, new
    {
        inbox.TenantId, since = now - Instants.Day,
        own = inboxes.Inboxes.Where(i => i.TenantId == inbox.TenantId && i.ConnectionId == inbox.ConnectionId).Select(i => i.Id).ToArray(),
    });
}
