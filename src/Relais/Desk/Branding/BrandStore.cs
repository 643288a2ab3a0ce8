using Relais.Storage;

namespace Relais.Desk.Branding;

/// <summary>How a business looks to its own people.</summary>
internal sealed class Brand
{
    /// <summary>#rrggbb; null: Relais's own.</summary>
    public string? Color { get; init; }

    /// <summary>A picture among the tenant's files; null: none.</summary>
    public long? LogoMediaId { get; init; }
}

internal static class BrandStore
{
    public static async Task<Brand> Find(Tx tx, long tenantId) => (await tx.QueryFirst<Brand>(
        "SELECT brand_color AS \"Color\", brand_logo AS \"LogoMediaId\" FROM tenant WHERE tenant_id = @tenantId", new { tenantId }))!;

    public static Task Set(Tx tx, long tenantId, Brand brand) => tx.Execute(
        "UPDATE tenant SET brand_color = CAST(@Color AS TEXT), brand_logo = CAST(@LogoMediaId AS BIGINT) WHERE tenant_id = @tenantId",
        new { tenantId, brand.Color, brand.LogoMediaId });

    /// <summary>The hash of a stored picture of the tenant's that browsers show; null when it is none.</summary>
    public static Task<string?> Picture(Tx tx, long tenantId, long mediaId) => tx.QueryFirst<string?>("""
        SELECT sha256 FROM media WHERE tenant_id = @tenantId AND id = @mediaId AND state = 1 AND mime_type IN ('image/png', 'image/jpeg', 'image/webp')
        """, new { tenantId, mediaId });
}
