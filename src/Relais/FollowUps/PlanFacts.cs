using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.FollowUps;

/// <summary>How it stands with a customer now, as far as a plan has to know.</summary>
internal sealed class PlanFacts
{
    public long? OptedOutAt { get; init; }

    public long? MarketingOptedOutAt { get; init; }

    public long? UtilityOptedOutAt { get; init; }

    public long? BlockedAt { get; init; }

    public long? MergedInto { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? Language { get; init; }

    public string Business { get; init; } = "";

    public string TenantLanguage { get; init; } = "fr";

    public string Zone { get; init; } = "UTC";

    public long QuietFrom { get; init; }

    public long QuietUntil { get; init; }

    /// <summary>Grows with each message of the customer, on whatever number, and with nothing else: clocks cannot fool it.</summary>
    public long InboundMark { get; init; }

    /// <summary>Grows when an order is placed (1) and when it is confirmed (2).</summary>
    public long OrderMark { get; init; }

    /// <summary>When they last wrote, or null.</summary>
    public long? LastInboundAt { get; init; }

    /// <summary>When a follow-up of any plan was last sent to them, or null.</summary>
    public long? LastFollowUpAt { get; init; }

    public static Task<PlanFacts?> Read(Tx tx, long tenantId, long contactId) => tx.QueryFirst<PlanFacts>("""
        SELECT k.opted_out_at AS "OptedOutAt", k.marketing_opted_out_at AS "MarketingOptedOutAt", k.utility_opted_out_at AS "UtilityOptedOutAt",
          k.blocked_at AS "BlockedAt", k.merged_into AS "MergedInto", k.name AS "Name", k.phone AS "Phone", k.language AS "Language",
          t.name AS "Business", t.language AS "TenantLanguage", coalesce(k.time_zone, t.time_zone) AS "Zone", t.quiet_hours_from AS "QuietFrom",
          t.quiet_hours_until AS "QuietUntil",
          (SELECT CAST(coalesce(sum(c.last_inbound_seq), 0) AS BIGINT) FROM conversation c
            WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id) AS "InboundMark",
          (SELECT max(c.last_inbound_at) FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id) AS "LastInboundAt",
          (SELECT CAST(coalesce(sum(CASE WHEN o.status IN ('draft', 'cancelled') THEN 0 WHEN o.status IN ('pending', 'placed') THEN 1 ELSE 2 END), 0) AS BIGINT)
            FROM customer_order o WHERE o.tenant_id = k.tenant_id AND o.contact_id = k.id) AS "OrderMark",
          (SELECT max(u.at) FROM unasked_send u WHERE u.contact_id = k.id AND u.tenant_id = k.tenant_id AND u.kind = 'follow_up') AS "LastFollowUpAt"
        FROM contact k JOIN tenant t ON t.tenant_id = k.tenant_id WHERE k.tenant_id = @tenantId AND k.id = @contactId
        """, new { tenantId, contactId });

    /// <summary>When this customer may be written to.</summary>
    public async Task<QuietTimes> Times(Tx tx, long tenantId) => new(
        Zone, new QuietHours(Zone, (int)QuietFrom, (int)QuietUntil), await HolidayStore.Days(tx, tenantId),
        await HolidayStore.CountsCountry(tx, tenantId) ? FixedHolidays.Of(Phone) : FixedHolidays.None);

    /// <summary>Who has a conversation, as one word.</summary>
    public static string Owner(Conversation? conversation) =>
        conversation is null || !conversation.IsWithPeople ? "" : $"{(long)conversation.Assignee}:{conversation.AgentId}:{conversation.TeamId}";

    /// <summary>fr, en or ar.</summary>
    public string LanguageFor(Conversation? conversation) => new[] { conversation?.Language, Language, TenantLanguage }.FirstOrDefault(l => l is "fr" or "en" or "ar") ?? "fr";

    /// <summary>What the limits look at.</summary>
    public LimitFacts Limits(FollowUpPlan plan, RuleSettings rule, Conversation? conversation, QuietTimes times) => new()
    {
        OptedOut = OptedOutAt is not null || (rule.IsMarketing ? MarketingOptedOutAt : UtilityOptedOutAt) is not null,
        Blocked = BlockedAt is not null,
        Merged = MergedInto is not null,
        Replied = InboundMark > plan.InboundMark,
        Purchased = OrderMark > plan.OrderMark,
        StopsOnPurchase = rule.StopOnPurchase,
        TakenOver = Owner(conversation) is { Length: > 0 } owner && owner != plan.OwnerMark,
        Times = times,
        LastSentAt = LastFollowUpAt,
        Spacing = rule.SpacingHours * Instants.Hour,
    };
}
