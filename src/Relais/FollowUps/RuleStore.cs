using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps;

/// <summary>A tenant's rules. A rule nobody has saved is off, but for those made by hand.</summary>
internal static class RuleStore
{
    private const string Columns = """
        tenant_id AS "TenantId", kind AS "Kind", enabled AS "Enabled", settings AS "Settings", scan_after AS "ScanAfter",
        scanned_at AS "ScannedAt", updated_at AS "UpdatedAt"
        """;

    public static async Task<List<FollowUpRule>> All(Tx tx, long tenantId)
    {
        var stored = await tx.Query<FollowUpRule>($"SELECT {Columns} FROM follow_up_rule WHERE tenant_id = @tenantId", new { tenantId });
        return [.. RuleKinds.All.Select(kind => stored.Find(r => r.Kind == kind) ?? Unsaved(tenantId, kind))];
    }

    public static async Task<FollowUpRule> Find(Tx tx, long tenantId, string kind) => await tx.QueryFirst<FollowUpRule>(
        $"SELECT {Columns} FROM follow_up_rule WHERE tenant_id = @tenantId AND kind = @kind", new { tenantId, kind }) ?? Unsaved(tenantId, kind);

    /// <summary>Its search starts over.</summary>
    public static Task Save(Tx tx, long tenantId, string kind, bool enabled, RuleSettings settings, long now) => tx.Execute("""
        INSERT INTO follow_up_rule (tenant_id, kind, enabled, settings, scan_after, scanned_at, updated_at)
        VALUES (@tenantId, @kind, @enabled, @settings, '', 0, @now)
        ON CONFLICT (tenant_id, kind) DO UPDATE SET enabled = excluded.enabled, settings = excluded.settings, scan_after = '', scanned_at = 0,
          updated_at = excluded.updated_at
        """, new { tenantId, kind, enabled = enabled ? 1L : 0, settings = JsonSerializer.Serialize(settings, ApiJson.Options), now });

    /// <summary>Of every tenant: rules whose next round is due, or under way. A clock that went back makes them due, too.</summary>
    public static Task<List<FollowUpRule>> DueScans(Tx tx, long before, long now, int limit) => tx.Query<FollowUpRule>($"""
        SELECT {Columns} FROM follow_up_rule
        WHERE enabled = 1 AND kind <> 'by_hand' AND (scanned_at <= @before OR scanned_at > @now OR scan_after <> '')
        ORDER BY scanned_at LIMIT @limit
        """, new { before, now, limit });

    /// <summary>Where the search stands now; empty ends the round.</summary>
    public static Task Scanned(Tx tx, long tenantId, string kind, string after, long now) => tx.Execute("""
        UPDATE follow_up_rule SET scan_after = @after, scanned_at = CASE WHEN @after = '' THEN @now ELSE scanned_at END
        WHERE tenant_id = @tenantId AND kind = @kind
        """, new { tenantId, kind, after, now });

    private static FollowUpRule Unsaved(long tenantId, string kind) => new()
    {
        TenantId = tenantId, Kind = kind, Enabled = kind == RuleKinds.ByHand ? 1 : 0,
        Settings = JsonSerializer.Serialize(RuleSettings.Of(kind), ApiJson.Options),
    };
}
