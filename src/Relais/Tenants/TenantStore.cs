using Relais.Storage;

namespace Relais.Tenants;

/// <summary>Tenants. Those of all (<see cref="Page"/>, <see cref="Insert"/>) are the platform administrator's, in Scope.Directory.</summary>
internal static class TenantStore
{
    private const string Columns = """
        t.tenant_id AS "TenantId", t.name AS "Name", t.language AS "Language", t.time_zone AS "TimeZone",
        t.quiet_micros AS "QuietMicros", t.quiet_hours_from AS "QuietHoursFrom", t.quiet_hours_until AS "QuietHoursUntil",
        t.marketing_needs_consent AS "MarketingNeedsConsent", t.answers_per_minute AS "AnswersPerMinute", t.auto_respond AS "AutoRespond",
        t.handoff_rules AS "HandoffRules", t.business_hours AS "BusinessHours", t.block_on_regression AS "BlockOnRegression", t.approve_orders AS "ApproveOrders",
        t.reassign_minutes AS "ReassignMinutes", t.country AS "Country", t.unasked_limit AS "UnaskedLimit", t.unasked_days AS "UnaskedDays",
        t.require_totp AS "RequireTotp", t.mask_cards AS "MaskCards", t.redact_for_models AS "RedactForModels", t.created_at AS "CreatedAt",
        t.suspended_at AS "SuspendedAt",
        (SELECT m.email FROM membership m WHERE m.tenant_id = t.tenant_id AND m.role = 'owner' ORDER BY m.agent_id LIMIT 1) AS "Email"
        """;

    public static Task<Tenant?> Find(Tx tx, long tenantId) =>
        tx.QueryFirst<Tenant>($"SELECT {Columns} FROM tenant t WHERE t.tenant_id = @tenantId", new { tenantId });

    /// <summary>The one that inboxes of the environment belong to; 0 when there is none.</summary>
    public static Task<long> LowestId(Tx tx) =>
        tx.QueryFirst<long>("SELECT tenant_id FROM tenant ORDER BY tenant_id LIMIT 1");

    /// <summary>0 when there is none of that exact name; the oldest when there are several.</summary>
    public static Task<long> IdByName(Tx tx, string name) =>
        tx.QueryFirst<long>("SELECT tenant_id FROM tenant WHERE name = @name ORDER BY tenant_id LIMIT 1", new { name });

    /// <summary>Names the tenant that the first start made, as long as it is the only one.</summary>
    public static Task RenameOnly(Tx tx, string name) => tx.Execute(
        "UPDATE tenant SET name = @name WHERE (SELECT count(*) FROM tenant) = 1", new { name });

    /// <summary>In the order they were made; <paramref name="after"/> is the id of the last one already read.</summary>
    public static Task<List<Tenant>> Page(Tx tx, long after, int limit) => tx.Query<Tenant>(
        $"SELECT {Columns} FROM tenant t WHERE t.tenant_id > @after ORDER BY t.tenant_id LIMIT @limit", new { after, limit });

    public static Task Insert(Tx tx, Tenant tenant) => tx.Execute("""
        INSERT INTO tenant (tenant_id, name, language, time_zone, quiet_micros, faq_revision, created_at)
        VALUES (@TenantId, @Name, @Language, @TimeZone, @QuietMicros, 0, @CreatedAt)
        """, tenant);

    /// <summary>Nulls leave a value as it is. What nodes keep of the tenant in memory is read again.</summary>
    public static Task<int> Update(Tx tx, long tenantId, string? name, string? language, string? timeZone) => tx.Execute("""
        UPDATE tenant SET name = coalesce(CAST(@name AS TEXT), name), language = coalesce(CAST(@language AS TEXT), language),
          time_zone = coalesce(CAST(@timeZone AS TEXT), time_zone), ai_revision = ai_revision + 1 WHERE tenant_id = @tenantId
        """, new { tenantId, name, language, timeZone });

    /// <summary>What the send gate keeps to; nulls leave a value as it is.</summary>
    public static Task<int> UpdateSending(
        Tx tx, long tenantId, long? quietFrom, long? quietUntil, bool? needsConsent, long? answers, FrequencyCapJson? cap) => tx.Execute("""
        UPDATE tenant SET quiet_hours_from = coalesce(CAST(@quietFrom AS BIGINT), quiet_hours_from),
          quiet_hours_until = coalesce(CAST(@quietUntil AS BIGINT), quiet_hours_until),
          marketing_needs_consent = coalesce(CAST(@consent AS BIGINT), marketing_needs_consent),
          answers_per_minute = coalesce(CAST(@answers AS BIGINT), answers_per_minute),
          unasked_limit = coalesce(CAST(@limit AS BIGINT), unasked_limit), unasked_days = coalesce(CAST(@days AS BIGINT), unasked_days)
        WHERE tenant_id = @tenantId
        """, new
    {
        tenantId, quietFrom, quietUntil, consent = needsConsent is { } needs ? (needs ? 1L : 0) : (long?)null, answers,
        limit = cap?.Messages, days = cap?.Days,
    });

    /// <summary>The revision moves with it: turns read some of it from memory.</summary>
    public static Task UpdateAi(Tx tx, long tenantId, TenantAiChange change) => change == TenantAiChange.None ? Task.CompletedTask : tx.Execute("""
        UPDATE tenant SET auto_respond = coalesce(CAST(@autoRespond AS BIGINT), auto_respond),
          quiet_micros = coalesce(CAST(@quietMicros AS BIGINT), quiet_micros),
          handoff_rules = coalesce(CAST(@handoffRules AS TEXT), handoff_rules),
          block_on_regression = coalesce(CAST(@blocks AS BIGINT), block_on_regression),
          approve_orders = coalesce(CAST(@approves AS BIGINT), approve_orders), ai_revision = ai_revision + 1
        WHERE tenant_id = @tenantId
        """, new
    {
        tenantId, autoRespond = change.AutoRespond, quietMicros = change.QuietMicros, handoffRules = change.HandoffRules,
        blocks = Flag(change.BlockOnRegression), approves = Flag(change.ApproveOrders),
    });

    private static long? Flag(bool? on) => on is null ? null : on.Value ? 1 : 0;

    /// <summary>0: never.</summary>
    public static Task SetReassign(Tx tx, long tenantId, long minutes) => tx.Execute(
        "UPDATE tenant SET reassign_minutes = nullif(@minutes, 0) WHERE tenant_id = @tenantId", new { tenantId, minutes });

    /// <summary>What of customers' words is kept and shown to models; nulls leave a value as it is.</summary>
    public static Task SetPrivacy(Tx tx, long tenantId, bool? masks, bool? redacts) => masks is null && redacts is null ? Task.CompletedTask : tx.Execute("""
        UPDATE tenant SET mask_cards = coalesce(CAST(@masks AS BIGINT), mask_cards), redact_for_models = coalesce(CAST(@redacts AS BIGINT), redact_for_models)
        WHERE tenant_id = @tenantId
        """, new { tenantId, masks = Flag(masks), redacts = Flag(redacts) });

    /// <summary>Empty: not known.</summary>
    public static Task SetCountry(Tx tx, long tenantId, string country) => tx.Execute(
        "UPDATE tenant SET country = nullif(CAST(@country AS TEXT), '') WHERE tenant_id = @tenantId", new { tenantId, country });

    public static Task SetRequireTotp(Tx tx, long tenantId, long required) => tx.Execute(
        "UPDATE tenant SET require_totp = @required WHERE tenant_id = @tenantId", new { tenantId, required });

    /// <summary>Null: not known.</summary>
    public static Task SetBusinessHours(Tx tx, long tenantId, string? hours) => tx.Execute(
        "UPDATE tenant SET business_hours = CAST(@hours AS TEXT) WHERE tenant_id = @tenantId", new { tenantId, hours });

    /// <summary>
    /// Lets one transaction at a time look whether something exists and make it when not (first tenant, first agent): the
    /// row lock of the id block holds until the commit, on both engines.
    /// </summary>
    public static Task Alone(Tx tx) => tx.Execute("UPDATE id_block SET next_id = next_id");
}

/// <summary>What changes of a tenant's AI settings; nulls leave a value as it is.</summary>
/// <param name="AutoRespond">As <see cref="AiMode"/>.</param>
/// <param name="QuietMicros">Below zero goes back to the installation's.</param>
/// <param name="HandoffRules">As JSON.</param>
/// <param name="BlockOnRegression">See <see cref="Tenant.BlockOnRegression"/>.</param>
/// <param name="ApproveOrders">See <see cref="Tenant.ApproveOrders"/>.</param>
internal sealed record TenantAiChange(long? AutoRespond, long? QuietMicros, string? HandoffRules, bool? BlockOnRegression, bool? ApproveOrders)
{
    public static TenantAiChange None { get; } = new(null, null, null, null, null);
}
