using Relais.Storage;

namespace Relais.Reports;

/// <summary>What people call the things that reports are about.</summary>
internal static class ReportNameStore
{
    /// <summary>Also of people who have left.</summary>
    public static Task<Dictionary<long, string>> Agents(Tx tx, long tenantId) =>
        Names(tx, tenantId, "SELECT agent_id AS \"Id\", name AS \"Name\" FROM membership WHERE tenant_id = @tenantId");

    public static Task<Dictionary<long, string>> Inboxes(Tx tx, long tenantId) =>
        Names(tx, tenantId, "SELECT id AS \"Id\", name AS \"Name\" FROM inbox WHERE tenant_id = @tenantId");

    public static Task<Dictionary<long, string>> Labels(Tx tx, long tenantId) =>
        Names(tx, tenantId, "SELECT id AS \"Id\", name AS \"Name\" FROM label WHERE tenant_id = @tenantId");

    private static async Task<Dictionary<long, string>> Names(Tx tx, long tenantId, string sql) =>
        (await tx.Query<Named>(sql, new { tenantId })).ToDictionary(n => n.Id, n => n.Name);

    private sealed class Named
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }
}
