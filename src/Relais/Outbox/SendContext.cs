using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// What only some messages are asked for (templates, promotions, whatever is unasked): consents, and when this customer is
/// left in peace. An answer in an open window never reads it.
/// </summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="ContactId">Its customer.</param>
internal sealed record SendContext(long ConversationId, long ContactId)
{
    public long? MarketingOptedOutAt { get; init; }

    public long? MarketingOptedInAt { get; init; }

    public long? UtilityOptedOutAt { get; init; }

    /// <summary>The tenant's setting: promotions go only to those who agreed to them.</summary>
    public bool MarketingNeedsConsent { get; init; }

    public QuietHours QuietHours { get; init; } = QuietHours.None;

    private static readonly Rows<(long TenantId, long ConversationId)> Rows = new("""
        SELECT c.id, c.contact_id, k.marketing_opted_out_at, k.marketing_opted_in_at, k.utility_opted_out_at, t.marketing_needs_consent,
          coalesce(k.time_zone, t.time_zone), t.quiet_hours_from, t.quiet_hours_until
        FROM {rows}
        JOIN conversation c ON c.tenant_id = r.tenant_id AND c.id = r.conversation_id
        JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        JOIN tenant t ON t.tenant_id = c.tenant_id
        """,
        Column<(long TenantId, long ConversationId)>.Long("tenant_id", k => k.TenantId),
        Column<(long TenantId, long ConversationId)>.Long("conversation_id", k => k.ConversationId));

    public static async Task<Dictionary<long, SendContext>> Load(Tx tx, IReadOnlyList<(long TenantId, long ConversationId)> conversations) =>
        conversations.Count == 0 ? [] : (await tx.Each(Rows, [.. conversations.Distinct()], r => new SendContext(r.GetInt64(0), r.GetInt64(1))
        {
            MarketingOptedOutAt = r.Long(2),
            MarketingOptedInAt = r.Long(3),
            UtilityOptedOutAt = r.Long(4),
            MarketingNeedsConsent = r.GetInt64(5) == 1,
            QuietHours = new QuietHours(r.GetString(6), (int)r.GetInt64(7), (int)r.GetInt64(8)),
        })).ToDictionary(c => c.ConversationId);
}
