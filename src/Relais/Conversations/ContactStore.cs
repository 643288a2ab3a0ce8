using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations;

/// <summary>What names a person at a provider; a contact is never keyed on its phone number alone.</summary>
internal enum IdentityKind
{
    WaId = 1,
    Phone = 2,
    UserId = 3,
}

/// <summary>One identity of one tenant.</summary>
internal readonly record struct IdentityKey(long TenantId, IdentityKind Kind, string Value);

/// <summary>A customer seen in a batch of messages, to be matched or made.</summary>
/// <param name="TenantId">Whose customer.</param>
/// <param name="WaId">WhatsApp id or null.</param>
/// <param name="Phone">E.164 or null.</param>
/// <param name="UserId">Business-scoped id or null.</param>
/// <param name="Name">The name the customer shows, or null.</param>
internal sealed record SeenContact(long TenantId, string? WaId, string? Phone, string? UserId, string? Name)
{
    /// <summary>Id, once resolved.</summary>
    public long ContactId { get; set; }

    /// <summary>When the customer asked to get no more messages, microseconds UTC: the time of the message that says so.</summary>
    public long? OptsOutAt { get; init; }

    /// <summary>When they asked to get messages again; it counts only after an opt-out.</summary>
    public long? OptsInAt { get; init; }

    /// <summary>When they tapped away promotions.</summary>
    public long? EndsMarketingAt { get; init; }

    /// <summary>What names this customer, the most telling first; numbers in their one form (<see cref="PhoneVariants"/>).</summary>
    public IEnumerable<IdentityKey> Keys()
    {
        if (UserId is not null)
        {
            yield return new IdentityKey(TenantId, IdentityKind.UserId, UserId);
        }

        if (WaId is not null)
        {
            yield return new IdentityKey(TenantId, IdentityKind.WaId, PhoneVariants.Canonical(WaId));
        }

        if (Phone is not null)
        {
            yield return new IdentityKey(TenantId, IdentityKind.Phone, PhoneVariants.Canonical(Phone));
        }
    }
}

/// <summary>Contacts and their identities. Two batches that meet the same new customer end with one contact.</summary>
internal static class ContactStore
{
    private static readonly Rows<IdentityKey> FindRows = new("""
        SELECT i.tenant_id, i.kind, i.value, i.contact_id FROM {rows}
        JOIN contact_identity i ON i.tenant_id = r.tenant_id AND i.kind = r.kind AND i.value = r.value
        """,
        Column<IdentityKey>.Long("tenant_id", k => k.TenantId),
        Column<IdentityKey>.Long("kind", k => (long)k.Kind),
        Column<IdentityKey>.Text("value", k => k.Value));

    private static readonly Rows<(SeenContact Seen, long Now)> InsertRows = new("""
        INSERT INTO contact (tenant_id, id, name, phone, wa_id, user_id, created_at)
        SELECT r.tenant_id, r.id, r.name, r.phone, r.wa_id, r.user_id, r.now FROM {rows}
        """,
        Column<(SeenContact Seen, long Now)>.Long("tenant_id", c => c.Seen.TenantId),
        Column<(SeenContact Seen, long Now)>.Long("id", c => c.Seen.ContactId),
        Column<(SeenContact Seen, long Now)>.Text("name", c => c.Seen.Name),
        Column<(SeenContact Seen, long Now)>.Text("phone", c => c.Seen.Phone),
        Column<(SeenContact Seen, long Now)>.Text("wa_id", c => c.Seen.WaId),
        Column<(SeenContact Seen, long Now)>.Text("user_id", c => c.Seen.UserId),
        Column<(SeenContact Seen, long Now)>.Long("now", c => c.Now));

    private static readonly Rows<(IdentityKey Key, long ContactId)> InsertIdentityRows = new("""
        INSERT INTO contact_identity (tenant_id, kind, value, contact_id)
        SELECT r.tenant_id, r.kind, r.value, r.contact_id FROM {rows} WHERE true
        ON CONFLICT (tenant_id, kind, value) DO NOTHING RETURNING contact_id
        """,
        Column<(IdentityKey Key, long ContactId)>.Long("tenant_id", i => i.Key.TenantId),
        Column<(IdentityKey Key, long ContactId)>.Long("kind", i => (long)i.Key.Kind),
        Column<(IdentityKey Key, long ContactId)>.Text("value", i => i.Key.Value),
        Column<(IdentityKey Key, long ContactId)>.Long("contact_id", i => i.ContactId));

    // Only where something is new: a contact that shows the same name with each message is not written each time. A name that a
    // person of the business gave stays.
    private static readonly Rows<SeenContact> RefreshRows = new("""
        UPDATE contact SET name = CASE WHEN contact.named_by IS NULL THEN coalesce(r.name, contact.name) ELSE contact.name END,
          phone = coalesce(r.phone, contact.phone),
          wa_id = coalesce(r.wa_id, contact.wa_id), user_id = coalesce(r.user_id, contact.user_id)
        FROM {rows}
        WHERE contact.tenant_id = r.tenant_id AND contact.id = r.id
          AND ((contact.named_by IS NULL AND coalesce(r.name, contact.name, '') <> coalesce(contact.name, ''))
            OR coalesce(r.phone, contact.phone, '') <> coalesce(contact.phone, '')
            OR coalesce(r.wa_id, contact.wa_id, '') <> coalesce(contact.wa_id, '')
            OR coalesce(r.user_id, contact.user_id, '') <> coalesce(contact.user_id, ''))
        """,
        Column<SeenContact>.Long("tenant_id", c => c.TenantId),
        Column<SeenContact>.Long("id", c => c.ContactId),
        Column<SeenContact>.Text("name", c => c.Name),
        Column<SeenContact>.Text("phone", c => c.Phone),
        Column<SeenContact>.Text("wa_id", c => c.WaId),
        Column<SeenContact>.Text("user_id", c => c.UserId));

    /// <summary>The contact of a number, made when there is none. Needs one id.</summary>
    /// <param name="phone">E.164.</param>
    /// <param name="name">Of a new one, or null.</param>
    public static async Task<long> OfPhone(Tx tx, long tenantId, string phone, string? name, IdRange ids, long now)
    {
        var seen = new SeenContact(tenantId, null, phone, null, name);
        await Resolve(tx, [seen], ids, now);
        return seen.ContactId;
    }

    /// <summary>Gives every seen customer its contact, made when there is none. Needs one id a customer at most.</summary>
    public static async Task Resolve(Tx tx, IReadOnlyList<SeenContact> seen, IdRange ids, long now)
    {
        var stored = await Find(tx, seen);
        var known = new Dictionary<IdentityKey, long>(stored);
        var fresh = new List<SeenContact>();
        foreach (var contact in seen)
        {
            contact.ContactId = Known(known, contact);
            if (contact.ContactId == 0)
            {
                contact.ContactId = ids.Next();
                fresh.Add(contact);
            }

            foreach (var key in contact.Keys())
            {
                known.TryAdd(key, contact.ContactId);
            }
        }

        if (fresh.Count > 0)
        {
            await tx.Each(InsertRows, fresh.ConvertAll(c => (c, now)));
        }

        await AddIdentities(tx, seen, fresh, known, stored);
        var firstOfEach = seen.GroupBy(c => (c.TenantId, c.ContactId)).Select(group => group.Last()).OrderBy(c => c.ContactId).ToList();
        await tx.Each(RefreshRows, firstOfEach.Except(fresh).ToList());
    }

    private static async Task AddIdentities(
        Tx tx, IReadOnlyList<SeenContact> seen, List<SeenContact> fresh, Dictionary<IdentityKey, long> known,
        Dictionary<IdentityKey, long> stored)
    {
        var missing = known.Where(k => !stored.ContainsKey(k.Key)).Select(k => (k.Key, k.Value))
            .OrderBy(k => k.Key.TenantId).ThenBy(k => k.Key.Kind).ThenBy(k => k.Key.Value, StringComparer.Ordinal).ToList();
        if (missing.Count == 0 || (await tx.Each(InsertIdentityRows, missing, row => row.GetInt64(0))).Count == missing.Count)
        {
            return;
        }

        // Another batch made the same customer a moment earlier: its contact counts, ours was never seen by anyone. What we
        // know more of them moves over, and so does everyone of this batch who was given ours.
        var owners = await Find(tx, seen);
        foreach (var contact in fresh.ToList())
        {
            var ours = contact.ContactId;
            var winner = contact.Keys().Select(key => owners.GetValueOrDefault(key)).FirstOrDefault(owner => owner != 0 && owner != ours);
            if (winner != 0)
            {
                var args = new { contact.TenantId, ours, winner };
                await tx.Execute("UPDATE contact_identity SET contact_id = @winner WHERE tenant_id = @TenantId AND contact_id = @ours", args);
                await tx.Execute("DELETE FROM contact WHERE tenant_id = @TenantId AND id = @ours", args);
                fresh.Remove(contact);
                foreach (var same in seen.Where(c => c.TenantId == contact.TenantId && c.ContactId == ours).ToList())
                {
                    same.ContactId = winner;
                }
            }
        }
    }

    private static async Task<Dictionary<IdentityKey, long>> Find(Tx tx, IReadOnlyList<SeenContact> seen)
    {
        var keys = seen.SelectMany(c => c.Keys()).Distinct().ToList();
        var rows = await tx.Each(FindRows, keys, reader =>
            (Key: new IdentityKey(reader.GetInt64(0), (IdentityKind)reader.GetInt64(1), reader.GetString(2)), Contact: reader.GetInt64(3)));
        return rows.ToDictionary(r => r.Key, r => r.Contact);
    }

    /// <summary>The contact known by one of these, or 0.</summary>
    public static async Task<long> Owner(Tx tx, SeenContact seen) => Known(await Find(tx, [seen]), seen);

    /// <summary>The most telling identity decides: a user id outlives a number, a WhatsApp id is surer than a dialled number.</summary>
    private static long Known(Dictionary<IdentityKey, long> known, SeenContact contact)
    {
        foreach (var key in contact.Keys())
        {
            if (known.TryGetValue(key, out var id))
            {
                return id;
            }
        }

        return 0;
    }
}
