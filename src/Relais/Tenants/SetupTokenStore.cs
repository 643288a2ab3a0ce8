using Relais.Storage;

namespace Relais.Tenants;

/// <summary>The one-time token of a first start. There is at most one: the newest start's.</summary>
internal static class SetupTokenStore
{
    public static async Task Replace(Tx tx, string tokenHash, long now)
    {
        await tx.Execute("DELETE FROM setup_token");
        await tx.Execute("INSERT INTO setup_token (token_hash, created_at) VALUES (@tokenHash, @now)", new { tokenHash, now });
    }

    /// <summary>True once, for the right token.</summary>
    public static async Task<bool> Use(Tx tx, string tokenHash) =>
        await tx.Execute("DELETE FROM setup_token WHERE token_hash = @tokenHash", new { tokenHash }) == 1;

    public static Task Clear(Tx tx) => tx.Execute("DELETE FROM setup_token");
}
