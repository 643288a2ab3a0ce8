using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations;

/// <summary>What is left of who was erased: hashes by which a late webhook is known, and nothing that can be read.</summary>
internal static class Erased
{
    /// <summary>In place of a provider's id of a message; such an id holds the number it was sent to.</summary>
    public static string Key(string providerId) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(providerId)));

    /// <summary>Of a number (its digits in their one form) or a user id, apart for each tenant.</summary>
    public static string Identity(long tenantId, string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{tenantId}\n{PhoneVariants.Canonical(value).TrimStart('+')}"))));

    /// <summary>The number of somebody who writes, hashed; null when none is told.</summary>
    public static string? Number(SeenContact who) => (who.WaId ?? who.Phone) is { } number ? Identity(who.TenantId, number) : null;

    public static string? Person(SeenContact who) => who.UserId is { } user ? Identity(who.TenantId, user) : null;

    /// <summary>Whether they were erased after this happened; what comes so late brings nobody back.</summary>
    /// <param name="at">Microseconds UTC, by the provider's clock.</param>
    public static async Task<bool> Has(Tx tx, SeenContact who, long at) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM erased_identity WHERE tenant_id = @TenantId AND hash IN (@number, @person) AND erased_at > @at
        """, new { who.TenantId, number = Number(who) ?? "", person = Person(who) ?? "", at }) > 0;
}
