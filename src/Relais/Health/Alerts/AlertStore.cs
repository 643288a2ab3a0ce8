using Relais.Foundation;
using Relais.Storage;

namespace Relais.Health.Alerts;

/// <summary>A critical error that the team is to be told of.</summary>
internal sealed class DueAlert
{
    public long TenantId { get; init; }

    public long InboxId { get; init; }

    public string AlertKey { get; init; } = "";

    public long ErrorId { get; init; }

    public long Attempts { get; init; }

    public long? MailedAt { get; init; }

    public long? PostedAt { get; init; }
}

/// <summary>How a tenant wants to be told, and how long its logs are kept.</summary>
internal sealed class AlertSettings
{
    public string TenantName { get; init; } = "";

    public string Language { get; init; } = "fr";

    public string? Url { get; init; }

    /// <summary>Sealed.</summary>
    public string? Secret { get; init; }

    public long RetentionDays { get; init; }
}

/// <summary>Alerts in storage. <see cref="Relais.Errors.ErrorLog"/> makes them due, in the transaction of the error.</summary>
internal static class AlertStore
{
    /// <summary>Longer than mail and webhook may take together, so that no other node tells it meanwhile.</summary>
    private const long Claimed = 2 * Instants.Minute;

    /// <summary>Takes what is due; whoever takes it has two minutes before it is due again.</summary>
    public static Task<List<DueAlert>> Claim(Tx tx, long now) => tx.Query<DueAlert>("""
        UPDATE error_alert SET due_at = @until, attempts = attempts + 1
        WHERE (tenant_id, inbox_id, alert_key) IN (
          SELECT tenant_id, inbox_id, alert_key FROM error_alert WHERE due_at <= @now ORDER BY due_at LIMIT 10 {skip_locked})
        RETURNING tenant_id AS "TenantId", inbox_id AS "InboxId", alert_key AS "AlertKey", error_id AS "ErrorId", attempts AS "Attempts",
          mailed_at AS "MailedAt", posted_at AS "PostedAt"
        """, new { now, until = now + Claimed });

    /// <param name="tx">The transaction.</param>
    /// <param name="alert">As claimed: one raised anew meanwhile is left alone.</param>
    /// <param name="mailedAt">When the mail was taken, or null.</param>
    /// <param name="postedAt">When the webhook was taken, or null.</param>
    /// <param name="dueAt">When to try again, or null for never.</param>
    public static Task Settle(Tx tx, DueAlert alert, long? mailedAt, long? postedAt, long? dueAt) => tx.Execute("""
        UPDATE error_alert SET mailed_at = CAST(@mailedAt AS BIGINT), posted_at = CAST(@postedAt AS BIGINT), due_at = CAST(@dueAt AS BIGINT)
        WHERE tenant_id = @TenantId AND inbox_id = @InboxId AND alert_key = @AlertKey AND error_id = @ErrorId
        """, new { alert.TenantId, alert.InboxId, alert.AlertKey, alert.ErrorId, mailedAt, postedAt, dueAt });

    public static Task<AlertSettings?> Settings(Tx tx, long tenantId) => tx.QueryFirst<AlertSettings>("""
        SELECT name AS "TenantName", language AS "Language", alert_url AS "Url", alert_secret AS "Secret", log_retention_days AS "RetentionDays"
        FROM tenant WHERE tenant_id = @tenantId
        """, new { tenantId });

    public static Task SetUrl(Tx tx, long tenantId, string? url, string? secret) => tx.Execute(
        "UPDATE tenant SET alert_url = CAST(@url AS TEXT), alert_secret = CAST(@secret AS TEXT) WHERE tenant_id = @tenantId", new { tenantId, url, secret });

    public static Task SetRetention(Tx tx, long tenantId, long days) => tx.Execute(
        "UPDATE tenant SET log_retention_days = @days WHERE tenant_id = @tenantId", new { tenantId, days });

    /// <summary>Owners and admins who may sign in.</summary>
    public static Task<List<string>> Recipients(Tx tx, long tenantId) => tx.Query<string>("""
        SELECT email FROM membership WHERE tenant_id = @tenantId AND role IN ('owner', 'admin') AND disabled_at IS NULL ORDER BY agent_id LIMIT 50
        """, new { tenantId });
}
