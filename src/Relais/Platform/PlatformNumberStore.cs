using Relais.Storage;

namespace Relais.Platform;

/// <summary>A connected number of some business.</summary>
internal sealed class PlatformNumber
{
    public long TenantId { get; init; }

    public string TenantName { get; init; } = "";

    public long Id { get; init; }

    public long Channel { get; init; }

    public string Name { get; init; } = "";

    public string DisplayNumber { get; init; } = "";

    public string? Quality { get; init; }

    public string? Tier { get; init; }

    public long? PausedAt { get; init; }

    public string? PauseReason { get; init; }
}

/// <summary>The numbers of the installation (Scope.Directory).</summary>
internal static class PlatformNumberStore
{
    /// <summary>Connected ones, in the order they came. <paramref name="part"/>: of number, name or business (<see cref="LikeText.Asked"/>); null: all.</summary>
    public static Task<List<PlatformNumber>> Page(Tx tx, string? part, long after, int limit) => tx.Query<PlatformNumber>("""
        SELECT i.tenant_id AS "TenantId", t.name AS "TenantName", i.id AS "Id", i.channel AS "Channel", i.name AS "Name", i.display_number AS "DisplayNumber",
          i.quality AS "Quality", i.tier AS "Tier", i.paused_at AS "PausedAt", i.pause_reason AS "PauseReason"
        FROM inbox i JOIN tenant t ON t.tenant_id = i.tenant_id
        WHERE i.disconnected_at IS NULL AND i.id > @after
          AND (CAST(@part AS TEXT) IS NULL OR i.display_number LIKE @part ESCAPE '!' OR lower(i.name) LIKE @part ESCAPE '!' OR lower(t.name) LIKE @part ESCAPE '!')
        ORDER BY i.id LIMIT @limit
        """, new { part, after, limit });
}
