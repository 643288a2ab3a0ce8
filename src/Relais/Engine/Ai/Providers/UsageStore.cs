using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Standing;

namespace Relais.Engine.Ai.Providers;

/// <summary>What a contact and a tenant have used lately, and the tenant's cap.</summary>
internal sealed class UsedLately
{
    /// <summary>Calls for the contact in the last five minutes.</summary>
    public long CallsInFiveMinutes { get; init; }

    /// <summary>Calls for the contact in the last 24 hours.</summary>
    public long CallsInADay { get; init; }

    /// <summary>Micro-dollars of the tenant in the last 24 hours.</summary>
    public long CostInADay { get; init; }

    /// <summary>The tenant's cap in micro-dollars, or null.</summary>
    public long? DailyCost { get; init; }

    /// <summary>Tokens of the tenant in the last 24 hours, in and out; 0 without a cap.</summary>
    public long TokensInADay { get; init; }

    /// <summary>The tenant's cap of them, or null.</summary>
    public long? DailyTokens { get; init; }

    /// <summary>Tokens of the tenant in this calendar month (UTC), in and out; 0 where the platform sets no limit.</summary>
    public long TokensInMonth { get; init; }

    /// <summary>The platform's limit of them, or null.</summary>
    public long? MonthlyTokens { get; init; }

    /// <summary>What the tenant's cap of a day and the platform's limit of a month leave; null: neither is set.</summary>
    public long? TokensLeft => (DailyTokens - TokensInADay, MonthlyTokens - TokensInMonth) switch
    {
        (null, var month) => month,
        (var day, null) => day,
        (long day, long month) => Math.Min(day, month),
    };

    /// <summary>Tokens of the conversation; 0 without a cap.</summary>
    public long TokensInConversation { get; init; }

    /// <summary>The tenant's cap of them, or null.</summary>
    public long? ConversationTokens { get; init; }
}

/// <summary>Calls to one model on one day (UTC), summed.</summary>
internal sealed class UsageSum
{
    /// <summary>Days since 1970 UTC.</summary>
    public long Day { get; init; }

    public string Provider { get; init; } = "";

    public string Model { get; init; } = "";

    public long Calls { get; init; }

    public long Failed { get; init; }

    public long TokensIn { get; init; }

    public long TokensOut { get; init; }

    public long CostMicros { get; init; }

    public long DurationMicros { get; init; }
}

/// <summary>A call as it is stored.</summary>
internal sealed record StoredUsage(
    long TenantId, long Id, long ConversationId, long ContactId, string Provider, string Model, long TokensIn, long TokensOut, long CostMicros,
    long DurationMicros, string Outcome, long At);

/// <summary>A row for each call to a model that is not built in.</summary>
internal static class UsageStore
{
    public static Task Insert(Tx tx, StoredUsage usage) => tx.Execute("""
        INSERT INTO ai_usage (tenant_id, id, conversation_id, contact_id, provider, model, input_tokens, output_tokens, cost_micros,
          duration_micros, outcome, at)
        VALUES (@TenantId, @Id, @ConversationId, @ContactId, @Provider, @Model, @TokensIn, @TokensOut, @CostMicros, @DurationMicros, @Outcome, @At)
        """, usage);

    public static async Task<UsedLately> Lately(Tx tx, long tenantId, long contactId, long conversationId, long now) => (await tx.QueryFirst<UsedLately>("""
        SELECT t.ai_daily_cost_micros AS "DailyCost",
          (SELECT count(*) FROM ai_usage u WHERE u.tenant_id = @tenantId AND u.contact_id = @contactId AND u.at > @fiveMinutes) AS "CallsInFiveMinutes",
          (SELECT count(*) FROM ai_usage u WHERE u.tenant_id = @tenantId AND u.contact_id = @contactId AND u.at > @day) AS "CallsInADay",
          CASE WHEN t.ai_daily_cost_micros IS NULL THEN 0 ELSE
            (SELECT CAST(coalesce(sum(u.cost_micros), 0) AS BIGINT) FROM ai_usage u WHERE u.tenant_id = @tenantId AND u.at > @day) END AS "CostInADay",
          t.ai_daily_tokens AS "DailyTokens", CASE WHEN t.ai_daily_tokens IS NULL THEN 0 ELSE
            (SELECT CAST(coalesce(sum(u.input_tokens + u.output_tokens), 0) AS BIGINT) FROM ai_usage u WHERE u.tenant_id = @tenantId AND u.at > @day) END AS "TokensInADay",
          t.token_limit AS "MonthlyTokens", CASE WHEN t.token_limit IS NULL THEN 0 ELSE
            (SELECT CAST(coalesce(sum(u.input_tokens + u.output_tokens), 0) AS BIGINT) FROM ai_usage u WHERE u.tenant_id = @tenantId AND u.at >= @month) END AS "TokensInMonth",
          t.ai_conversation_tokens AS "ConversationTokens", CASE WHEN t.ai_conversation_tokens IS NULL THEN 0 ELSE
            (SELECT CAST(coalesce(sum(u.input_tokens + u.output_tokens), 0) AS BIGINT) FROM ai_usage u
             WHERE u.tenant_id = @tenantId AND u.contact_id = @contactId AND u.conversation_id = @conversationId) END AS "TokensInConversation"
        FROM tenant t WHERE t.tenant_id = @tenantId
        """, new { tenantId, contactId, conversationId, fiveMinutes = now - (5 * Instants.Minute), day = now - Instants.Day, month = Months.Start(Months.Of(now)) }))!;

    public static Task<List<UsageSum>> Sums(Tx tx, long tenantId, long since) => tx.Query<UsageSum>("""
        SELECT at / 86400000000 AS "Day", provider AS "Provider", model AS "Model", count(*) AS "Calls",
          CAST(sum(CASE WHEN outcome = 'answered' THEN 0 ELSE 1 END) AS BIGINT) AS "Failed",
          CAST(sum(input_tokens) AS BIGINT) AS "TokensIn", CAST(sum(output_tokens) AS BIGINT) AS "TokensOut",
          CAST(sum(cost_micros) AS BIGINT) AS "CostMicros", CAST(sum(duration_micros) AS BIGINT) AS "DurationMicros"
        FROM ai_usage WHERE tenant_id = @tenantId AND at >= @since
        GROUP BY at / 86400000000, provider, model ORDER BY 1 DESC, 2, 3
        """, new { tenantId, since });
}
