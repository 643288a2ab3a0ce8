using Relais.Storage;

namespace Relais.Tenants;

/// <summary>The number that tells nodes that a tenant's AI settings have changed (tools, intents, documents, rules).</summary>
internal static class AiRevision
{
    /// <summary>To be called in the transaction that changes any of them; the next turn is decided with the change.</summary>
    public static Task Grow(Tx tx, long tenantId) =>
        tx.Execute("UPDATE tenant SET ai_revision = ai_revision + 1 WHERE tenant_id = @tenantId", new { tenantId });

    public static Task<long> Of(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT ai_revision FROM tenant WHERE tenant_id = @tenantId", new { tenantId });
}
