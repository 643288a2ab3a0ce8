using Relais.Storage;

namespace Relais.Inboxes.Installation;

/// <summary>What was entered at the console for the whole installation (Scope.Directory): a row a setting, or none.</summary>
internal static class InstallationSettingStore
{
    public const string PublicAddress = "public_address";

    public const string MessagePrices = "message_prices";

    public static async Task<string?> Find(Tx tx, string name) =>
        (await tx.Query<string>("SELECT value FROM installation_setting WHERE name = @name", new { name })).FirstOrDefault();

    public static Task Put(Tx tx, string name, string value, long agentId, long now) => tx.Execute("""
        INSERT INTO installation_setting (name, value, changed_at, changed_by) VALUES (@name, @value, @now, @agentId)
        ON CONFLICT (name) DO UPDATE SET value = @value, changed_at = @now, changed_by = @agentId
        """, new { name, value, now, agentId });

    public static Task Remove(Tx tx, string name) => tx.Execute("DELETE FROM installation_setting WHERE name = @name", new { name });
}
