using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Contacts;

/// <summary>Tells watchers that the rows of a customer's open conversations look different now.</summary>
internal sealed class ContactNews(ChangeLog changes, Clock clock)
{
    /// <summary>The customer, and an open conversation a number.</summary>
    public const int Most = 20;

    /// <summary>Takes <see cref="Most"/> ids at most.</summary>
    public async Task Tell(Tx tx, long tenantId, long contactId, IdRange ids)
    {
        var open = await tx.Query<OpenConversation>("""
            SELECT id AS "Id", inbox_id AS "InboxId" FROM conversation
            WHERE tenant_id = @tenantId AND contact_id = @contactId AND status <> 3 ORDER BY id LIMIT @most
            """, new { tenantId, contactId, most = Most - 1 });

        // The customer's id stands where others have the message's.
        await changes.Append(tx, [new Change(ids.Next(), tenantId, "contact.updated", null, contactId, null, clock.Micros), .. open.ConvertAll(c => new Change(ids.Next(), tenantId, "conversation.updated", c.Id, null, c.InboxId, clock.Micros))]);
    }

    private sealed class OpenConversation
    {
        public long Id { get; init; }

        public long InboxId { get; init; }
    }
}
