using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commerce;

/// <summary>A tenant's products. Every change is told to the nodes in the same transaction, so that the next turn finds it.</summary>
internal static class ProductStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", sku AS "Sku", title AS "Title", description AS "Description", price_minor AS "PriceMinor",
        currency AS "Currency", stock AS "Stock", image_media_id AS "ImageMediaId", image_url AS "ImageUrl", url AS "Url", enabled AS "Enabled",
        created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    public static Task<List<Product>> Enabled(Tx tx, long tenantId) => tx.Query<Product>(
        $"SELECT {Columns} FROM product WHERE tenant_id = @tenantId AND enabled = 1 ORDER BY id", new { tenantId });

    public static Task<long> CountEnabled(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM product WHERE tenant_id = @tenantId AND enabled = 1", new { tenantId });

    public static Task<long> Count(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM product WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>In the order they were made; <paramref name="after"/> is the id of the last one already read.</summary>
    public static Task<List<Product>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<Product>(
        $"SELECT {Columns} FROM product WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @limit", new { tenantId, after, limit });

    public static Task<Product?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Product>($"SELECT {Columns} FROM product WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>Those there are among these SKUs.</summary>
    public static async Task<Dictionary<string, Product>> OfSkus(Tx tx, long tenantId, IReadOnlyCollection<string> skus) => skus.Count == 0
        ? new Dictionary<string, Product>(StringComparer.Ordinal)
        : (await tx.Query<Product>($"SELECT {Columns} FROM product WHERE tenant_id = @tenantId AND sku {tx.Dialect.In("skus")}",
            new { tenantId, skus = skus.ToArray() })).ToDictionary(p => p.Sku, StringComparer.Ordinal);

    /// <summary>Those there are among these ids.</summary>
    public static async Task<Dictionary<long, Product>> OfIds(Tx tx, long tenantId, IReadOnlyCollection<long> ids) => ids.Count == 0 ? []
        : (await tx.Query<Product>($"SELECT {Columns} FROM product WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")}",
            new { tenantId, ids = ids.ToArray() })).ToDictionary(p => p.Id);

    /// <summary>A picture that WhatsApp takes, brought by this tenant with POST /api/media.</summary>
    public static async Task<bool> IsPicture(Tx tx, long tenantId, long mediaId) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM media WHERE tenant_id = @tenantId AND id = @mediaId AND direction = 2 AND state = 1
          AND mime_type IN ('image/jpeg', 'image/png') AND size <= 5242880
        """, new { tenantId, mediaId }) > 0;

    /// <summary>False when the sku is taken.</summary>
    public static async Task<bool> Insert(Tx tx, Product product)
    {
        var inserted = await tx.Execute("""
            INSERT INTO product (tenant_id, id, sku, title, description, price_minor, currency, stock, image_media_id, image_url, url, enabled,
              created_at, updated_at)
            VALUES (@TenantId, @Id, @Sku, @Title, @Description, @PriceMinor, @Currency, @Stock, @ImageMediaId, @ImageUrl, @Url, @Enabled,
              @CreatedAt, @UpdatedAt) ON CONFLICT DO NOTHING
            """, product);
        await AiRevision.Grow(tx, product.TenantId);
        return inserted > 0;
    }

    /// <summary>False when the sku is taken.</summary>
    public static async Task<bool> Update(Tx tx, Product product)
    {
        var updated = await tx.Execute("""
            UPDATE product SET sku = @Sku, title = @Title, description = @Description, price_minor = @PriceMinor, currency = @Currency,
              stock = @Stock, image_media_id = @ImageMediaId, image_url = @ImageUrl, url = @Url, enabled = @Enabled, updated_at = @UpdatedAt
            WHERE tenant_id = @TenantId AND id = @Id
              AND NOT EXISTS (SELECT 1 FROM product o WHERE o.tenant_id = @TenantId AND o.sku = @Sku AND o.id <> @Id)
            """, product);
        await AiRevision.Grow(tx, product.TenantId);
        return updated > 0;
    }

    public static async Task<bool> Delete(Tx tx, long tenantId, long id)
    {
        var deleted = await tx.Execute("DELETE FROM product WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        await AiRevision.Grow(tx, tenantId);
        return deleted > 0;
    }
}
