using Relais.Storage;

namespace Relais.Engine.Ai.Voice;

/// <summary>A tenant's transcription model as it is stored.</summary>
internal sealed class StoredTranscription
{
    public long TenantId { get; init; }

    public string Model { get; init; } = "";

    /// <summary>Null: where the operator or OpenAI has it.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Sealed; null for a server that wants none.</summary>
    public string? Key { get; init; }

    /// <summary>Micro-dollars for a minute of sound.</summary>
    public long PriceMinute { get; init; }
}

/// <summary>Which model writes a tenant's voice notes down; at most one row each.</summary>
internal static class TranscriptionStore
{
    private const string Columns = """
        tenant_id AS "TenantId", model AS "Model", base_url AS "BaseUrl", sealed_key AS "Key", price_minute AS "PriceMinute"
        """;

    /// <summary>What a key is sealed for.</summary>
    public static string KeyPlace(long tenantId) => $"ai_transcription.key:{tenantId}";

    /// <summary>Of every tenant, for the directory.</summary>
    public static Task<List<StoredTranscription>> Every(Tx tx) =>
        tx.Query<StoredTranscription>($"SELECT {Columns} FROM ai_transcription ORDER BY tenant_id");

    public static Task<StoredTranscription?> Find(Tx tx, long tenantId) =>
        tx.QueryFirst<StoredTranscription>($"SELECT {Columns} FROM ai_transcription WHERE tenant_id = @tenantId", new { tenantId });

    public static async Task Put(Tx tx, StoredTranscription row)
    {
        await Remove(tx, row.TenantId);
        await tx.Execute("""
            INSERT INTO ai_transcription (tenant_id, model, base_url, sealed_key, price_minute)
            VALUES (@TenantId, @Model, @BaseUrl, @Key, @PriceMinute)
            """, row);
    }

    public static Task<int> Remove(Tx tx, long tenantId) =>
        tx.Execute("DELETE FROM ai_transcription WHERE tenant_id = @tenantId", new { tenantId });
}
