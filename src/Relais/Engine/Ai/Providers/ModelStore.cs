using Relais.Storage;

namespace Relais.Engine.Ai.Providers;

/// <summary>A tenant's model as it is stored.</summary>
internal sealed class StoredModel
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>Models are tried in its order, from 0.</summary>
    public long Position { get; init; }

    public string Provider { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>Null: where the operator or the provider has it.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Sealed; null for a server that wants none.</summary>
    public string? Key { get; init; }

    /// <summary>Thousandths; null leaves it to the model.</summary>
    public long? TemperatureMilli { get; init; }

    /// <summary>Micro-dollars for a million tokens in.</summary>
    public long PriceIn { get; init; }

    /// <summary>Micro-dollars for a million tokens out.</summary>
    public long PriceOut { get; init; }

    /// <summary>1 or 0; null: as is known of the model.</summary>
    public long? ReadsImages { get; init; }
}

/// <summary>What a tenant's models may take; null without a cap. At a cap conversations go to people.</summary>
internal sealed class ModelBudget
{
    /// <summary>Micro-dollars in 24 hours.</summary>
    public long? DailyCostMicros { get; init; }

    /// <summary>Tokens in and out in 24 hours.</summary>
    public long? DailyTokens { get; init; }

    /// <summary>Tokens in and out in one conversation.</summary>
    public long? ConversationTokens { get; init; }
}

/// <summary>Which models a tenant's turns ask.</summary>
internal static class ModelStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", position AS "Position", provider AS "Provider", model AS "Model", base_url AS "BaseUrl",
        sealed_key AS "Key", temperature_milli AS "TemperatureMilli", price_in AS "PriceIn", price_out AS "PriceOut",
        reads_images AS "ReadsImages"
        """;

    /// <summary>What a key is sealed for.</summary>
    public static string KeyPlace(long tenantId, long id) => $"ai_model.key:{tenantId}:{id}";

    /// <summary>Of every tenant, for the directory.</summary>
    /// <summary>Tenants whose customers' addresses and numbers no outside model is told.</summary>
    public static Task<List<long>> Redacting(Tx tx) => tx.Query<long>("SELECT tenant_id FROM tenant WHERE redact_for_models = 1");

    public static Task<List<StoredModel>> Enabled(Tx tx) =>
        tx.Query<StoredModel>($"SELECT {Columns} FROM ai_model ORDER BY tenant_id, position");

    public static Task<List<StoredModel>> All(Tx tx, long tenantId) =>
        tx.Query<StoredModel>($"SELECT {Columns} FROM ai_model WHERE tenant_id = @tenantId ORDER BY position", new { tenantId });

    public static async Task Replace(Tx tx, long tenantId, IReadOnlyList<StoredModel> models)
    {
        await tx.Execute("DELETE FROM ai_model WHERE tenant_id = @tenantId", new { tenantId });
        foreach (var model in models)
        {
            await tx.Execute("""
                INSERT INTO ai_model (tenant_id, id, position, provider, model, base_url, sealed_key, temperature_milli, price_in, price_out, reads_images)
                VALUES (@TenantId, @Id, @Position, @Provider, @Model, @BaseUrl, @Key, @TemperatureMilli, @PriceIn, @PriceOut, @ReadsImages)
                """, model);
        }
    }

    public static async Task<ModelBudget> Budget(Tx tx, long tenantId) => (await tx.QueryFirst<ModelBudget>("""
        SELECT ai_daily_cost_micros AS "DailyCostMicros", ai_daily_tokens AS "DailyTokens", ai_conversation_tokens AS "ConversationTokens"
        FROM tenant WHERE tenant_id = @tenantId
        """, new { tenantId }))!;

    public static Task SetBudget(Tx tx, long tenantId, ModelBudget budget) => tx.Execute("""
        UPDATE tenant SET ai_daily_cost_micros = CAST(@cost AS BIGINT), ai_daily_tokens = CAST(@daily AS BIGINT),
          ai_conversation_tokens = CAST(@conversation AS BIGINT) WHERE tenant_id = @tenantId
        """, new { tenantId, cost = budget.DailyCostMicros, daily = budget.DailyTokens, conversation = budget.ConversationTokens });
}
