using Relais.Storage;

namespace Relais.Campaigns.Figures;

/// <summary>What a delivered template costs by the beginning of the customer's number.</summary>
internal sealed class MessagePrice
{
    /// <summary>Country code, and where it matters the digits after it: 33, 212, 1684; four digits at most.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>marketing, utility, authentication or service.</summary>
    public string Category { get; init; } = "";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Millionths of the currency.</summary>
    public long Micros { get; init; }
}

/// <summary>Messages to numbers that begin alike.</summary>
internal sealed class PrefixCount
{
    /// <summary>The first four digits, or fewer.</summary>
    public string Digits { get; init; } = "";

    /// <summary>The provider's word for what it charged, where it said one.</summary>
    public string? Category { get; init; }

    /// <summary>The provider's word for how, e.g. free_customer_service.</summary>
    public string? Type { get; init; }

    public long Count { get; init; }
}

/// <summary>The business's own price list, and what it is applied to.</summary>
internal static class PriceStore
{
    public const int LongestPrefix = 4;

    private static readonly Rows<(long TenantId, MessagePrice Price)> InsertRows = new("""
        INSERT INTO message_price (tenant_id, prefix, category, currency, micros)
        SELECT r.tenant_id, r.prefix, r.category, r.currency, r.micros FROM {rows}
        """,
        Column<(long TenantId, MessagePrice Price)>.Long("tenant_id", p => p.TenantId),
        Column<(long TenantId, MessagePrice Price)>.Text("prefix", p => p.Price.Prefix),
        Column<(long TenantId, MessagePrice Price)>.Text("category", p => p.Price.Category),
        Column<(long TenantId, MessagePrice Price)>.Text("currency", p => p.Price.Currency),
        Column<(long TenantId, MessagePrice Price)>.Long("micros", p => p.Price.Micros));

    public static Task<List<MessagePrice>> All(Tx tx, long tenantId) => tx.Query<MessagePrice>("""
        SELECT prefix AS "Prefix", category AS "Category", currency AS "Currency", micros AS "Micros" FROM message_price
        WHERE tenant_id = @tenantId ORDER BY prefix, category
        """, new { tenantId });

    public static async Task Replace(Tx tx, long tenantId, IReadOnlyList<MessagePrice> prices)
    {
        await tx.Execute("DELETE FROM message_price WHERE tenant_id = @tenantId", new { tenantId });
        await tx.Each(InsertRows, [.. prices.Select(p => (tenantId, p))]);
    }

    /// <summary>Who is still to get it.</summary>
    public static Task<List<PrefixCount>> Waiting(Tx tx, long tenantId, long campaignId) => tx.Query<PrefixCount>("""
        SELECT coalesce(substr(replace(coalesce(k.phone, k.wa_id, ''), '+', ''), 1, 4), '') AS "Digits", count(*) AS "Count"
        FROM campaign_recipient r JOIN contact k ON k.tenant_id = r.tenant_id AND k.id = r.contact_id
        WHERE r.tenant_id = @tenantId AND r.campaign_id = @campaignId AND r.state = 0 GROUP BY 1
        """, new { tenantId, campaignId });

    /// <summary>Who got it: providers charge what was delivered.</summary>
    public static Task<List<PrefixCount>> Delivered(Tx tx, long tenantId, long campaignId) => tx.Query<PrefixCount>("""
        SELECT coalesce(substr(replace(coalesce(k.phone, k.wa_id, ''), '+', ''), 1, 4), '') AS "Digits", m.cost_category AS "Category", m.cost_type AS "Type",
          count(*) AS "Count"
        FROM campaign_recipient r JOIN contact k ON k.tenant_id = r.tenant_id AND k.id = r.contact_id
        JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
        WHERE r.tenant_id = @tenantId AND r.campaign_id = @campaignId AND r.state = 1 AND m.status IN (3, 4) GROUP BY 1, 2, 3
        """, new { tenantId, campaignId });
}
