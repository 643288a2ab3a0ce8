using Relais.Campaigns.Figures;
using Relais.Storage;

namespace Relais.Platform;

/// <summary>Messages of a tenant that Meta charges, to numbers that begin alike.</summary>
internal sealed class ChargedCount
{
    public long TenantId { get; init; }

    /// <summary>Meta's word: marketing, utility, authentication, service …</summary>
    public string Category { get; init; } = "";

    /// <summary>The first four digits of the customer's number, or fewer.</summary>
    public string Digits { get; init; } = "";

    public long Count { get; init; }
}

/// <summary>Messages of a tenant over Twilio's numbers, in and out.</summary>
internal sealed class TwilioCount
{
    public long TenantId { get; init; }

    public long Count { get; init; }
}

/// <summary>What providers charge tenants for, as Reports has counted it (half a minute behind). In Scope.Directory or the tenant's own.</summary>
internal static class MessageChargeStore
{
    /// <summary>What Meta said it charges. A customer who was erased since has no number, and so no country.</summary>
    public static Task<List<ChargedCount>> Charged(Tx tx, long[] tenants, long since) => tx.Query<ChargedCount>($"""
        SELECT m.tenant_id AS "TenantId", m.word AS "Category",
          substr(replace(coalesce(k.phone, k.wa_id, ''), '+', ''), 1, {PriceStore.LongestPrefix}) AS "Digits", CAST(sum(m.times) AS BIGINT) AS "Count"
        FROM report_mark m
        JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
        JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        WHERE m.tenant_id {tx.Dialect.In("tenants")} AND m.kind = 3 AND m.bucket >= @since GROUP BY 1, 2, 3
        """, new { tenants, since });

    public static Task<List<TwilioCount>> OfTwilio(Tx tx, long[] tenants, long since) => tx.Query<TwilioCount>($"""
        SELECT r.tenant_id AS "TenantId", CAST(sum(r.messages) AS BIGINT) AS "Count"
        FROM report_total r JOIN inbox i ON i.tenant_id = r.tenant_id AND i.id = r.inbox_id
        WHERE r.tenant_id {tx.Dialect.In("tenants")} AND r.agent_id = -1 AND r.bucket >= @since AND i.channel = 2 GROUP BY r.tenant_id
        """, new { tenants, since });
}
