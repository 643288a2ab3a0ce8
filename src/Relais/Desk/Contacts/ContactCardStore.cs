using Relais.Changes;
using Relais.Storage;

namespace Relais.Desk.Contacts;

/// <summary>Contacts as people read and keep them.</summary>
internal static class ContactCardStore
{
    /// <summary>Conversations number their messages 1, 2, 3 …, so the last number is their count.</summary>
    private const string Cards = """
        SELECT k.id AS "Id", k.name AS "Name", k.phone AS "Phone",
          coalesce(k.language, (SELECT l.language FROM conversation l WHERE l.tenant_id = k.tenant_id AND l.contact_id = k.id
            AND l.language IS NOT NULL ORDER BY l.id DESC LIMIT 1)) AS "Language",
          k.opted_out_at AS "OptedOutAt", k.opted_in_at AS "OptedInAt", k.marketing_opted_out_at AS "MarketingOptedOutAt",
          k.marketing_opted_in_at AS "MarketingOptedInAt", k.utility_opted_out_at AS "UtilityOptedOutAt", k.blocked_at AS "BlockedAt",
          k.language AS "OwnLanguage", k.is_client AS "OwnIsClient", k.merged_into AS "MergedInto", k.created_at AS "CreatedAt",
          (SELECT max(c.last_inbound_at) FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id) AS "LastSeenAt",
          (SELECT count(*) FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id) AS "Conversations",
          CAST(coalesce((SELECT sum(c.last_seq) FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id), 0) AS BIGINT) AS "Messages",
          (SELECT count(*) FROM customer_order o WHERE o.tenant_id = k.tenant_id AND o.contact_id = k.id) AS "Orders",
          CASE WHEN k.is_client IS NOT NULL THEN k.is_client
            WHEN EXISTS (SELECT 1 FROM customer_order o WHERE o.tenant_id = k.tenant_id AND o.contact_id = k.id) THEN 1 ELSE 0 END AS "IsClient"
        FROM contact k WHERE k.tenant_id = @tenantId AND k.erased_at IS NULL AND k.id
        """;

    /// <summary>In no promised order; ids that are nobody's are left out.</summary>
    public static async Task<List<ContactCard>> Some(Tx tx, long tenantId, IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var (some, args) = (tx.Dialect.In("ids"), new { tenantId, ids = ids.ToArray() });
        var cards = await tx.Query<ContactCard>($"{Cards} {some}", args);
        var identities = (await tx.Query<ContactIdentityRow>($"""
            SELECT contact_id AS "ContactId", kind AS "Kind", value AS "Value" FROM contact_identity
            WHERE tenant_id = @tenantId AND contact_id {some} ORDER BY kind, value
            """, args)).ToLookup(i => i.ContactId);
        var values = (await tx.Query<ContactValueRow>($"""
            SELECT contact_id AS "ContactId", name AS "Name", value AS "Value" FROM contact_value
            WHERE tenant_id = @tenantId AND contact_id {some} ORDER BY name
            """, args)).ToLookup(v => v.ContactId);
        var labels = (await tx.Query<(long ContactId, long LabelId)>($"""
            SELECT contact_id, label_id FROM contact_label WHERE tenant_id = @tenantId AND contact_id {some} ORDER BY label_id
            """, args)).ToLookup(l => l.ContactId, l => l.LabelId);
        foreach (var card in cards)
        {
            card.Labels = [.. labels[card.Id]];
            card.Identities = [.. identities[card.Id]];
            card.Values = [.. values[card.Id]];
        }

        return cards;
    }

    public static async Task<ContactCard?> Find(Tx tx, long tenantId, long id) => (await Some(tx, tenantId, [id])).FirstOrDefault();

    /// <summary>A person's name for them stays, whatever they show; without one, what they show next is their name again.</summary>
    public static async Task Name(Tx tx, long tenantId, long id, string? name, long agentId)
    {
        await tx.Execute("""
            UPDATE contact SET name = coalesce(CAST(@name AS TEXT), name), named_by = CAST(@by AS BIGINT) WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id, name, by = name is null ? (long?)null : agentId });
        await SearchDue.Note(tx, tenantId, SearchKind.Contact, id);
    }

    /// <summary>Also of what is being said to them now; null leaves it to what they write.</summary>
    public static async Task Speak(Tx tx, long tenantId, long id, string? language)
    {
        await tx.Execute("UPDATE contact SET language = CAST(@language AS TEXT) WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, language });
        if (language is not null)
        {
            await tx.Execute("UPDATE conversation SET language = @language WHERE tenant_id = @tenantId AND contact_id = @id AND status <> 3", new { tenantId, id, language });
        }
    }

    /// <summary>Said by a person or the API: what counts from now on, orders or not.</summary>
    public static Task Client(Tx tx, long tenantId, long id, bool isClient) => tx.Execute(
        "UPDATE contact SET is_client = @value WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, value = isClient ? 1L : 0 });
}
