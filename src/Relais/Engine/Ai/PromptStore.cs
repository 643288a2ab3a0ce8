using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai;

/// <summary>A version of a business's prompt as stored.</summary>
internal sealed class PromptVersion
{
    public long Version { get; init; }

    /// <summary><see cref="BusinessPrompt"/> as JSON.</summary>
    public string Prompt { get; init; } = "{}";

    public string? Note { get; init; }

    public long? AgentId { get; init; }

    public string? AgentName { get; init; }

    public long CreatedAt { get; init; }

    public BusinessPrompt Read() => JsonSerializer.Deserialize<BusinessPrompt>(Prompt, ApiJson.Options) ?? BusinessPrompt.None;
}

/// <summary>The versions of a tenant's prompt; none is ever changed, one is in use.</summary>
internal static class PromptStore
{
    private const string Columns = """
        p.version AS "Version", p.prompt AS "Prompt", p.note AS "Note", p.agent_id AS "AgentId", a.name AS "AgentName", p.created_at AS "CreatedAt"
        """;

    private const string Sources = "prompt_version p LEFT JOIN membership a ON a.tenant_id = p.tenant_id AND a.agent_id = p.agent_id";

    public static Task<PromptVersion?> Find(Tx tx, long tenantId, long version) => tx.QueryFirst<PromptVersion>(
        $"SELECT {Columns} FROM {Sources} WHERE p.tenant_id = @tenantId AND p.version = @version", new { tenantId, version });

    /// <summary>Newest first; <paramref name="before"/> is the last version already read.</summary>
    public static Task<List<PromptVersion>> Page(Tx tx, long tenantId, long before, int limit) => tx.Query<PromptVersion>(
        $"SELECT {Columns} FROM {Sources} WHERE p.tenant_id = @tenantId AND p.version < @before ORDER BY p.version DESC LIMIT @limit",
        new { tenantId, before, limit });

    /// <summary>The version in use; 0 when the business has told nothing.</summary>
    public static Task<long> InUse(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT prompt_version FROM tenant WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>Adds a version and returns its number; the tenant's row is held, so that two get different ones.</summary>
    public static async Task<long> Add(Tx tx, long tenantId, BusinessPrompt prompt, string? note, long? agentId, long now)
    {
        await tx.Execute("UPDATE tenant SET prompt_version = prompt_version WHERE tenant_id = @tenantId", new { tenantId });
        var version = 1 + await tx.QueryFirst<long>(
            "SELECT coalesce(max(version), 0) FROM prompt_version WHERE tenant_id = @tenantId", new { tenantId });
        await tx.Execute("""
            INSERT INTO prompt_version (tenant_id, version, prompt, note, agent_id, created_at)
            VALUES (@tenantId, @version, @prompt, @note, @agentId, @now)
            """, new { tenantId, version, prompt = JsonSerializer.Serialize(prompt, ApiJson.Options), note, agentId, now });
        return version;
    }

    /// <summary>Puts a version into use; the next turn is answered under it.</summary>
    public static Task Use(Tx tx, long tenantId, long version) =>
        tx.Execute("UPDATE tenant SET prompt_version = @version WHERE tenant_id = @tenantId", new { tenantId, version });
}
