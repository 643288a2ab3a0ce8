using Relais.Storage;

namespace Relais.Campaigns;

/// <summary>What became of one recipient in a batch.</summary>
internal readonly record struct Taken(
    long TenantId, long CampaignId, long Position, RecipientState State, string? Code, string? Reason, long? ConversationId, long? MessageId, long At);

/// <summary>When a campaign leaves in a time zone.</summary>
internal sealed class ZoneDue
{
    public string Zone { get; init; } = "";

    public long DueAt { get; init; }
}

/// <summary>The recipients as the worker moves them, in batches.</summary>
internal static class RecipientStore
{
    private static readonly Rows<(long TenantId, long CampaignId, Recipient R)> InsertRows = new("""
        INSERT INTO campaign_recipient (tenant_id, campaign_id, position, contact_id, phone, zone, language, variables, state, reason_code, reason, at)
        SELECT r.tenant_id, r.campaign_id, r.pos, r.contact_id, r.phone, r.zone, r.language, r.variables, r.state, r.code, r.reason, NULL
        FROM {rows} WHERE true ON CONFLICT DO NOTHING RETURNING position
        """,
        Column<(long TenantId, long CampaignId, Recipient R)>.Long("tenant_id", i => i.TenantId),
        Column<(long TenantId, long CampaignId, Recipient R)>.Long("campaign_id", i => i.CampaignId),
        Column<(long TenantId, long CampaignId, Recipient R)>.Long("pos", i => i.R.Position),
        Column<(long TenantId, long CampaignId, Recipient R)>.Long("contact_id", i => i.R.ContactId),
        Column<(long TenantId, long CampaignId, Recipient R)>.Text("phone", i => i.R.Phone),
        Column<(long TenantId, long CampaignId, Recipient R)>.Text("zone", i => i.R.Zone),
        Column<(long TenantId, long CampaignId, Recipient R)>.Text("language", i => i.R.Language),
        Column<(long TenantId, long CampaignId, Recipient R)>.Text("variables", i => Campaign.Write(i.R.Variables)),
        Column<(long TenantId, long CampaignId, Recipient R)>.Long("state", i => (long)i.R.State),
        Column<(long TenantId, long CampaignId, Recipient R)>.Text("code", i => i.R.Code),
        Column<(long TenantId, long CampaignId, Recipient R)>.Text("reason", i => i.R.Reason));

    private static readonly Rows<(long TenantId, long CampaignId, string Zone)> ZoneRows = new("""
        INSERT INTO campaign_zone (tenant_id, campaign_id, zone, due_at) SELECT r.tenant_id, r.campaign_id, r.zone, 0 FROM {rows} WHERE true
        ON CONFLICT (tenant_id, campaign_id, zone) DO NOTHING
        """,
        Column<(long TenantId, long CampaignId, string Zone)>.Long("tenant_id", z => z.TenantId),
        Column<(long TenantId, long CampaignId, string Zone)>.Long("campaign_id", z => z.CampaignId),
        Column<(long TenantId, long CampaignId, string Zone)>.Text("zone", z => z.Zone));

    private static readonly Rows<Taken> TakeRows = new("""
        UPDATE campaign_recipient SET state = r.state, reason_code = r.code, reason = r.reason, conversation_id = r.conversation_id,
          message_id = r.message_id, tries = tries + CASE WHEN r.state = 1 THEN 1 ELSE 0 END, at = r.at
        FROM {rows} WHERE campaign_recipient.tenant_id = r.tenant_id AND campaign_recipient.campaign_id = r.campaign_id
          AND campaign_recipient.position = r.pos AND +campaign_recipient.state = 0
        RETURNING campaign_recipient.position
        """,
        Column<Taken>.Long("tenant_id", t => t.TenantId),
        Column<Taken>.Long("campaign_id", t => t.CampaignId),
        Column<Taken>.Long("pos", t => t.Position),
        Column<Taken>.Long("state", t => (long)t.State),
        Column<Taken>.Text("code", t => t.Code),
        Column<Taken>.Text("reason", t => t.Reason),
        Column<Taken>.Long("conversation_id", t => t.ConversationId),
        Column<Taken>.Long("message_id", t => t.MessageId),
        Column<Taken>.Long("at", t => t.At));

    /// <summary>Returns the positions that are new: of the others the contact stands there already.</summary>
    public static async Task<HashSet<long>> Insert(Tx tx, long tenantId, long campaignId, IReadOnlyList<Recipient> recipients)
    {
        if (recipients.Count == 0)
        {
            return [];
        }

        await tx.Each(ZoneRows, [.. recipients.Where(r => r.State != RecipientState.Skipped).Select(r => r.Zone).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(z => (tenantId, campaignId, z))]);
        return [.. await tx.Each(InsertRows, [.. recipients.Select(r => (tenantId, campaignId, r))], r => r.GetInt64(0))];
    }

    /// <summary>Takes so many of an earlier check away; returns how many there were.</summary>
    public static Task<int> Clear(Tx tx, long tenantId, long campaignId, int limit) => tx.Execute("""
        DELETE FROM campaign_recipient WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND position IN (
          SELECT position FROM campaign_recipient WHERE tenant_id = @tenantId AND campaign_id = @campaignId LIMIT @limit)
        """, new { tenantId, campaignId, limit });

    public static Task ClearZones(Tx tx, long tenantId, long campaignId) =>
        tx.Execute("DELETE FROM campaign_zone WHERE tenant_id = @tenantId AND campaign_id = @campaignId", new { tenantId, campaignId });

    public static Task<List<ZoneDue>> Zones(Tx tx, long tenantId, long campaignId) => tx.Query<ZoneDue>("""
        SELECT zone AS "Zone", due_at AS "DueAt" FROM campaign_zone WHERE tenant_id = @tenantId AND campaign_id = @campaignId ORDER BY due_at, zone
        """, new { tenantId, campaignId });

    public static Task SetDue(Tx tx, long tenantId, long campaignId, string zone, long dueAt) => tx.Execute("""
        UPDATE campaign_zone SET due_at = @dueAt WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND zone = @zone
        """, new { tenantId, campaignId, zone, dueAt });

    /// <summary>The next ones whose zone's time has come (null: all zones).</summary>
    public static Task<List<WaitingRecipient>> Next(Tx tx, long tenantId, long campaignId, IReadOnlyCollection<string>? zones, int limit) => tx.Query<WaitingRecipient>($"""
        SELECT position AS "Position", contact_id AS "ContactId", zone AS "Zone", language AS "Language", variables AS "Variables" FROM campaign_recipient
        WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND state = 0
          {(zones is null ? "" : $"AND zone {tx.Dialect.In("zones")}")}
        ORDER BY position LIMIT @limit
        """, new { tenantId, campaignId, zones = zones?.ToArray(), limit });

    /// <summary>Returns how many of them still waited.</summary>
    public static async Task<int> Take(Tx tx, IReadOnlyList<Taken> taken) => taken.Count == 0 ? 0
        : (await tx.Each(TakeRows, [.. taken.OrderBy(t => t.Position)], r => r.GetInt64(0))).Count;

    /// <summary>Those who still wait get nothing any more; returns how many of at most so many there were.</summary>
    public static Task<int> SkipWaiting(Tx tx, long tenantId, long campaignId, string code, string reason, int limit, long now) => tx.Execute("""
        UPDATE campaign_recipient SET state = 2, reason_code = @code, reason = @reason, at = @now
        WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND position IN (
          SELECT position FROM campaign_recipient WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND state = 0 ORDER BY position LIMIT @limit)
        """, new { tenantId, campaignId, code, reason, limit, now });

    /// <summary>The held out count from when the others begin to get theirs.</summary>
    public static Task StampHeldOut(Tx tx, long tenantId, long campaignId, long now) => tx.Execute("""
        UPDATE campaign_recipient SET at = @now WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND state = 3 AND at IS NULL
        """, new { tenantId, campaignId, now });
}
