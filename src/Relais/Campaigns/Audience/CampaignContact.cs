using Relais.Channels;
using Relais.Storage;

namespace Relais.Campaigns.Audience;

/// <summary>What a campaign looks at of a contact.</summary>
internal sealed record CampaignContact(long Id)
{
    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? WaId { get; init; }

    public string? UserId { get; init; }

    public string? Language { get; init; }

    /// <summary>The contact's, else the tenant's.</summary>
    public string Zone { get; init; } = "UTC";

    public long? OptedOutAt { get; init; }

    public long? MarketingOptedOutAt { get; init; }

    public long? MarketingOptedInAt { get; init; }

    public long? UtilityOptedOutAt { get; init; }

    public bool MarketingNeedsConsent { get; init; }

    public long? BlockedAt { get; init; }

    public long? MergedInto { get; init; }

    /// <summary>The business's own fields, by name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public SenderIdentity Address => new(WaId, Phone, UserId);

    public bool HasAddress => WaId is not null || Phone is not null || UserId is not null;
}

/// <summary>Contacts as campaigns read them, a page at a time.</summary>
internal static class CampaignContactStore
{
    private static readonly Rows<(long TenantId, long Id)> FindRows = new("""
        SELECT k.id, k.name, k.phone, k.wa_id, k.user_id, k.language, coalesce(k.time_zone, t.time_zone), k.opted_out_at, k.marketing_opted_out_at,
          k.marketing_opted_in_at, k.utility_opted_out_at, t.marketing_needs_consent, k.blocked_at, k.merged_into
        FROM {rows} JOIN contact k ON k.tenant_id = r.tenant_id AND k.id = r.id JOIN tenant t ON t.tenant_id = k.tenant_id
        """,
        Column<(long TenantId, long Id)>.Long("tenant_id", k => k.TenantId),
        Column<(long TenantId, long Id)>.Long("id", k => k.Id));

    private static readonly Rows<(long TenantId, long Id)> ValueRows = new("""
        SELECT v.contact_id, v.name, v.value FROM {rows} JOIN contact_value v ON v.tenant_id = r.tenant_id AND v.contact_id = r.id
        """,
        Column<(long TenantId, long Id)>.Long("tenant_id", k => k.TenantId),
        Column<(long TenantId, long Id)>.Long("id", k => k.Id));

    public static async Task<Dictionary<long, CampaignContact>> Some(Tx tx, long tenantId, IReadOnlyList<long> ids, bool withFields)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        List<(long, long)> keys = [.. ids.Distinct().Select(id => (tenantId, id))];
        var found = await tx.Each(FindRows, keys, r => new CampaignContact(r.GetInt64(0))
        {
            Name = r.Text(1), Phone = r.Text(2), WaId = r.Text(3), UserId = r.Text(4), Language = r.Text(5), Zone = r.GetString(6),
            OptedOutAt = r.Long(7), MarketingOptedOutAt = r.Long(8), MarketingOptedInAt = r.Long(9), UtilityOptedOutAt = r.Long(10),
            MarketingNeedsConsent = r.GetInt64(11) == 1, BlockedAt = r.Long(12), MergedInto = r.Long(13),
        });
        var fields = withFields
            ? (await tx.Each(ValueRows, keys, r => (Id: r.GetInt64(0), Name: r.GetString(1), Value: r.GetString(2)))).ToLookup(v => v.Id)
            : null;
        return found.ToDictionary(c => c.Id, c => fields is null ? c
            : c with { Fields = fields[c.Id].ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal) });
    }

    /// <summary>All contacts that still have an identity of their own, in the order of their ids.</summary>
    public static Task<List<long>> PageOfAll(Tx tx, long tenantId, long after, int limit) => tx.Query<long>("""
        SELECT id FROM contact WHERE tenant_id = @tenantId AND id > @after AND merged_into IS NULL ORDER BY id LIMIT @limit
        """, new { tenantId, after, limit });
}
