using Relais.Storage;

namespace Relais.Inboxes.Installation;

/// <summary>The address as it was entered at the console: one row for the installation, or none.</summary>
internal static class PublicAddressStore
{
    private const string Name = "public_address";

    public static async Task<string?> Find(Tx tx) =>
        (await tx.Query<string>("SELECT value FROM installation_setting WHERE name = @Name", new { Name })).FirstOrDefault();

    public static Task Put(Tx tx, string value, long agentId, long now) => tx.Execute("""
        INSERT INTO installation_setting (name, value, changed_at, changed_by) VALUES (@Name, @value, @now, @agentId)
        ON CONFLICT (name) DO UPDATE SET value = @value, changed_at = @now, changed_by = @agentId
        """, new { Name, value, now, agentId });

    public static Task Remove(Tx tx) => tx.Execute("DELETE FROM installation_setting WHERE name = @Name", new { Name });
}
