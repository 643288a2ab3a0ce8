using Relais.Storage;

namespace Relais.Campaigns;

/// <summary>A campaign at which the worker is to look.</summary>
internal sealed class DueCampaign
{
    public long TenantId { get; init; }

    public long Id { get; init; }
}

/// <summary>Campaigns. What moves one names the states it may come from, so that of two who try one is told no.</summary>
internal static class CampaignStore
{
    private const string Select = """
        SELECT tenant_id AS "TenantId", id AS "Id", name AS "Name", inbox_id AS "InboxId", state AS "State", template AS "Template",
          audience AS "Audience", schedule AS "Schedule", pace AS "Pace", hold_out AS "HoldOut", seed AS "Seed", fill_cursor AS "FillCursor",
          starts_after AS "StartsAfter", paced_until AS "PacedUntil", next_at AS "NextAt", sweep AS "Sweep", wait_code AS "WaitCode", wait_reason AS "WaitReason",
          reason_code AS "ReasonCode", reason AS "Reason", upload_id AS "UploadId", upload_columns AS "UploadColumns", total AS "Total",
          waiting AS "Waiting", taken AS "Taken", skipped AS "Skipped", held_out AS "HeldOut", agent_id AS "AgentId", started_by AS "StartedBy",
          created_at AS "CreatedAt", updated_at AS "UpdatedAt", started_at AS "StartedAt", ended_at AS "EndedAt"
        FROM campaign
        """;

    public static Task<Campaign?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Campaign>($"{Select} WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>Takes the row until the end of the transaction: what a person and the worker do to a campaign follows one another.</summary>
    public static async Task<Campaign?> Hold(Tx tx, long tenantId, long id, long now) =>
        await tx.Execute("UPDATE campaign SET updated_at = @now WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, now }) == 0
            ? null : await Find(tx, tenantId, id);

    /// <summary>Newest first.</summary>
    public static Task<List<Campaign>> Page(Tx tx, long tenantId, string? state, long before, int limit) => tx.Query<Campaign>($"""
        {Select} WHERE tenant_id = @tenantId AND id < @before {(state is null ? "" : "AND state = @state")} ORDER BY id DESC LIMIT @limit
        """, new { tenantId, state, before, limit });

    /// <summary>
    /// Of every tenant, the longest due first. One that was looked at in the future was so before the clock was set back: it must not stand
    /// still for as long.
    /// </summary>
    public static Task<List<DueCampaign>> Due(Tx tx, long now, int limit) => tx.Query<DueCampaign>("""
        SELECT tenant_id AS "TenantId", id AS "Id" FROM campaign
        WHERE next_at IS NOT NULL AND (next_at <= @now OR (updated_at > @now AND next_at > @far AND (sweep = 1 OR state IN ('checking', 'running'))))
        ORDER BY next_at LIMIT @limit
        """, new { now, far = now + Campaign.LongestRest, limit });

    public static Task Insert(Tx tx, Campaign c) => tx.Execute("""
        INSERT INTO campaign (tenant_id, id, name, inbox_id, state, template, audience, schedule, pace, hold_out, seed, agent_id, created_at, updated_at)
        VALUES (@TenantId, @Id, @Name, @InboxId, 'draft', @Template, @Audience, @Schedule, @Pace, @HoldOut, @Seed, @AgentId, @CreatedAt, @CreatedAt)
        """, c);

    /// <summary>Its settings; what was checked is to be checked again.</summary>
    public static Task Change(Tx tx, Campaign c) => tx.Execute("""
        UPDATE campaign SET name = @Name, inbox_id = @InboxId, template = @Template, audience = @Audience, schedule = @Schedule, pace = @Pace,
          hold_out = @HoldOut, state = 'draft', reason_code = NULL, reason = NULL, updated_at = @UpdatedAt
        WHERE tenant_id = @TenantId AND id = @Id AND state IN ('draft', 'checked')
        """, c);

    /// <summary>What may be changed at any time before it ends.</summary>
    public static Task ChangePace(Tx tx, long tenantId, long id, long pace) =>
        tx.Execute("UPDATE campaign SET pace = @pace, paced_until = 0 WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, pace });

    public static Task Reschedule(Tx tx, long tenantId, long id, string schedule) =>
        tx.Execute("UPDATE campaign SET schedule = @schedule WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, schedule });

    /// <summary>A file was brought: its rows count now.</summary>
    public static Task Uploaded(Tx tx, long tenantId, long id, long uploadId, string columns, long now) => tx.Execute("""
        UPDATE campaign SET upload_id = @uploadId, upload_columns = @columns, audience = '{"kind":"csv"}', state = 'draft', updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state IN ('draft', 'checked')
        """, new { tenantId, id, uploadId, columns, now });

    /// <summary>The audience is read from its beginning; what was there before goes first.</summary>
    public static Task Check(Tx tx, long tenantId, long id, bool starts, long? by, long now) => tx.Execute("""
        UPDATE campaign SET state = 'checking', fill_cursor = -1, starts_after = @starts, started_by = @by, next_at = @now, reason_code = NULL, reason = NULL,
          total = 0, waiting = 0, taken = 0, skipped = 0, held_out = 0, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state IN ('draft', 'checked')
        """, new { tenantId, id, starts = starts ? 1L : 0, by, now });

    public static Task Filled(Tx tx, long tenantId, long id, long cursor, long now) => tx.Execute("""
        UPDATE campaign SET fill_cursor = @cursor, next_at = @now WHERE tenant_id = @tenantId AND id = @id AND state = 'checking'
        """, new { tenantId, id, cursor, now });

    public static Task Move(Tx tx, long tenantId, long id, string state, long? nextAt, long now, string? code = null, string? reason = null) => tx.Execute("""
        UPDATE campaign SET state = @state, next_at = CAST(@nextAt AS BIGINT), reason_code = CAST(@code AS TEXT), reason = CAST(@reason AS TEXT),
          wait_code = NULL, wait_reason = NULL, fill_cursor = NULL, updated_at = @now,
          started_at = CASE WHEN @state = 'running' THEN coalesce(started_at, @now) ELSE started_at END,
          ended_at = CASE WHEN @state IN ('done', 'cancelled') THEN @now WHEN @state = 'running' THEN NULL ELSE ended_at END
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, state, nextAt, now, code, reason });

    public static Task Started(Tx tx, long tenantId, long id, long? by) => tx.Execute(
        "UPDATE campaign SET started_by = CAST(@by AS BIGINT), starts_after = 0 WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, by });

    public static Task Swept(Tx tx, long tenantId, long id, bool isMore, long? nextAt) => tx.Execute("""
        UPDATE campaign SET sweep = @sweep, next_at = CAST(@nextAt AS BIGINT) WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, sweep = isMore ? 1L : 0, nextAt });

    /// <summary>After a batch, or when none could be taken.</summary>
    public static Task Paced(Tx tx, long tenantId, long id, long pacedUntil, long nextAt, CampaignWait? wait) => tx.Execute("""
        UPDATE campaign SET paced_until = @pacedUntil, next_at = @nextAt, wait_code = CAST(@code AS TEXT), wait_reason = CAST(@reason AS TEXT)
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, pacedUntil, nextAt, code = wait?.Code, reason = wait?.Reason });

    /// <summary>The counts move with the recipients, in their transaction.</summary>
    public static Task Count(Tx tx, long tenantId, long id, long waiting, long taken, long skipped, long heldOut) => tx.Execute("""
        UPDATE campaign SET total = total + @waiting + @taken + @skipped + @heldOut, waiting = waiting + @waiting, taken = taken + @taken,
          skipped = skipped + @skipped, held_out = held_out + @heldOut WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, waiting, taken, skipped, heldOut });

    public static async Task Delete(Tx tx, long tenantId, long id)
    {
        foreach (var table in (string[])["campaign_zone", "campaign_recipient", "campaign_row"])
        {
            await tx.Execute($"DELETE FROM {table} WHERE tenant_id = @tenantId AND campaign_id = @id", new { tenantId, id });
        }

        await tx.Execute("DELETE FROM campaign WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
    }
}
