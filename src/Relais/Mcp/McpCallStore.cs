using Relais.Foundation;
using Relais.Storage;

namespace Relais.Mcp;

/// <summary>That an assistant used a tool: with which key, where, and what the API answered. Not what was said.</summary>
internal sealed class McpCall
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long KeyId { get; init; }

    public string Tool { get; init; } = "";

    /// <summary>As it was asked for: it need not be there.</summary>
    public long? ConversationId { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public long Status { get; init; }

    public long At { get; init; }
}

/// <param name="Id">Ours.</param>
/// <param name="Tool">What was used.</param>
/// <param name="ConversationId">Where, if it was about one.</param>
/// <param name="Status">What the API answered: below 400 it was done.</param>
/// <param name="At">When.</param>
internal sealed record McpCallJson(long Id, string Tool, long? ConversationId, long Status, DateTimeOffset At)
{
    public static McpCallJson Of(McpCall c) => new(c.Id, c.Tool, c.ConversationId, c.Status, Instants.FromMicros(c.At));
}

internal static class McpCallStore
{
    private const long KeptFor = 90 * Instants.Day;

    /// <summary>Also sweeps some old ones, more than it adds.</summary>
    public static async Task Insert(Tx tx, McpCall call)
    {
        await tx.Execute("""
            INSERT INTO api_key_call (tenant_id, id, key_id, tool, conversation_id, status, at)
            VALUES (@TenantId, @Id, @KeyId, @Tool, @ConversationId, @Status, @At)
            """, call);
        await tx.Execute("""
            DELETE FROM api_key_call WHERE tenant_id = @TenantId AND id IN (
              SELECT o.id FROM api_key_call o WHERE o.tenant_id = @TenantId AND o.at < @old ORDER BY o.at LIMIT 10)
            """, new { call.TenantId, old = call.At - KeptFor });
    }

    /// <summary>Latest first, before an id.</summary>
    public static Task<List<McpCall>> Page(Tx tx, long tenantId, long keyId, long before, int limit) => tx.Query<McpCall>("""
        SELECT tenant_id AS "TenantId", id AS "Id", key_id AS "KeyId", tool AS "Tool", conversation_id AS "ConversationId", status AS "Status", at AS "At"
        FROM api_key_call WHERE tenant_id = @tenantId AND key_id = @keyId AND id < @before ORDER BY id DESC LIMIT @limit
        """, new { tenantId, keyId, before, limit });
}
