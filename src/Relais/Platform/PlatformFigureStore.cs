using Relais.Storage;

namespace Relais.Platform;

/// <summary>A process that serves this database.</summary>
internal sealed class PlatformNode
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>web, workers, or both.</summary>
    public string Roles { get; init; } = "";

    public long StartedAt { get; init; }

    public long SeenAt { get; init; }
}

/// <summary>The installation in numbers.</summary>
internal sealed class PlatformFigures
{
    public long Tenants { get; init; }

    public long Suspended { get; init; }

    public long Users { get; init; }

    public long Numbers { get; init; }

    public long PausedNumbers { get; init; }

    public long OpenConversations { get; init; }

    /// <summary>Webhooks that processes have told of the last 24 full hours and this one.</summary>
    public long Webhooks { get; init; }

    /// <summary>Lines of tenants' error logs in the last 24 hours.</summary>
    public long Errors { get; init; }
}

/// <summary>The installation as a whole (Scope.Directory): what is counted is of every tenant (tenant_id), and nothing of a tenant's is shown.</summary>
internal static class PlatformFigureStore
{
    public static async Task<PlatformFigures> Figures(Tx tx, long dayAgo) => (await tx.QueryFirst<PlatformFigures>("""
        SELECT (SELECT count(tenant_id) FROM tenant) AS "Tenants",
          (SELECT count(tenant_id) FROM tenant WHERE suspended_at IS NOT NULL) AS "Suspended",
          (SELECT count(*) FROM agent WHERE disabled_at IS NULL) AS "Users",
          (SELECT count(tenant_id) FROM inbox WHERE disconnected_at IS NULL) AS "Numbers",
          (SELECT count(tenant_id) FROM inbox WHERE disconnected_at IS NULL AND paused_at IS NOT NULL) AS "PausedNumbers",
          (SELECT count(tenant_id) FROM conversation WHERE status <> 3) AS "OpenConversations",
          (SELECT CAST(coalesce(sum(webhooks), 0) AS BIGINT) FROM webhook_hour WHERE hour >= @dayAgo) AS "Webhooks",
          (SELECT count(tenant_id) FROM error_log WHERE at >= @dayAgo) AS "Errors"
        """, new { dayAgo }))!;

    public static Task<List<PlatformNode>> Nodes(Tx tx) => tx.Query<PlatformNode>("""
        SELECT name AS "Name", version AS "Version", roles AS "Roles", started_at AS "StartedAt", seen_at AS "SeenAt" FROM platform_node ORDER BY name
        """);

    public static async Task Seen(Tx tx, PlatformNode node, long before)
    {
        await tx.Execute("DELETE FROM platform_node WHERE seen_at < @before", new { before });
        await tx.Execute("DELETE FROM webhook_hour WHERE hour < @before", new { before });
        await tx.Execute("""
            INSERT INTO platform_node (name, version, roles, started_at, seen_at) VALUES (@Name, @Version, @Roles, @StartedAt, @SeenAt)
            ON CONFLICT (name) DO UPDATE SET version = excluded.version, roles = excluded.roles, started_at = excluded.started_at, seen_at = excluded.seen_at
            """, node);
    }

    /// <summary>A process adds what it stored in this hour (its start, microseconds UTC) since it last said so.</summary>
    public static Task Stored(Tx tx, string node, long hour, long webhooks) => tx.Execute("""
        INSERT INTO webhook_hour (hour, node, webhooks) VALUES (@hour, @node, @webhooks)
        ON CONFLICT (hour, node) DO UPDATE SET webhooks = webhook_hour.webhooks + excluded.webhooks
        """, new { hour, node, webhooks });
}
