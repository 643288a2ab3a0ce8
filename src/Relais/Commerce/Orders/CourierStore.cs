using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commerce.Orders;

/// <summary>Who may tell an order's status from outside.</summary>
internal sealed class CourierKey
{
    public long TenantId { get; init; }

    /// <summary>Random; part of the webhook's address.</summary>
    public string Key { get; init; } = "";

    /// <summary>Sealed.</summary>
    public string Secret { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? LastAt { get; init; }

    public static string Place(long tenantId) => $"order_courier.secret:{tenantId}";

    public string Open(Secrets secrets) => secrets.Open(Secret, Place(TenantId));
}

internal static class CourierStore
{
    private const string Columns = """tenant_id AS "TenantId", key AS "Key", secret AS "Secret", created_at AS "CreatedAt", last_at AS "LastAt" """;

    /// <summary>By the address that was called, before any tenant is known; in Scope.Directory.</summary>
    public static Task<CourierKey?> ByKey(Tx tx, string key) => tx.QueryFirst<CourierKey>(
        $"SELECT {Columns} FROM order_courier WHERE key = @key", new { key });

    public static Task<CourierKey?> Find(Tx tx, long tenantId) => tx.QueryFirst<CourierKey>(
        $"SELECT {Columns} FROM order_courier WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>A new key and secret end the old ones.</summary>
    public static Task Put(Tx tx, CourierKey key) => tx.Execute("""
        INSERT INTO order_courier (tenant_id, key, secret, created_at) VALUES (@TenantId, @Key, @Secret, @CreatedAt)
        ON CONFLICT (tenant_id) DO UPDATE SET key = excluded.key, secret = excluded.secret, created_at = excluded.created_at, last_at = NULL
        """, key);

    public static async Task<bool> Delete(Tx tx, long tenantId) =>
        await tx.Execute("DELETE FROM order_courier WHERE tenant_id = @tenantId", new { tenantId }) > 0;

    public static Task Called(Tx tx, long tenantId, long now) =>
        tx.Execute("UPDATE order_courier SET last_at = @now WHERE tenant_id = @tenantId", new { tenantId, now });
}
