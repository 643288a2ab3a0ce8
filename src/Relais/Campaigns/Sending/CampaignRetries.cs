using Relais.Storage;

namespace Relais.Campaigns.Sending;

/// <summary>Which failures pass, and sending those once more.</summary>
internal static class CampaignRetries
{
    /// <summary>So often one recipient is tried: what fails five times is not a matter of time.</summary>
    private const int MostTries = 5;

    /// <summary>
    /// Codes of failures that are not the recipient's and pass or are mended: rates, the provider's own faults, a token, a payment, a
    /// template that was paused, and Meta's limit of promotions a person gets (131049; "try again in a day").
    /// </summary>
    public static IReadOnlyList<long> Passing { get; } =
    [
        0, 1, 2, 3, 4, 10, 190, 368, 80007, 130429, 131000, 131005, 131016, 131042, 131048, 131049, 131053, 131056, 131057, 131064, 132015, 133004, 134101,
        20003, 20005, 20429, 20503, 21611, 30001, 30002, 30008, 63009, 63010, 63012, 63017, 63018, 63023, 63037, 63038, 63049,
    ];

    private const string Failed = """
        FROM campaign_recipient r JOIN message m ON m.tenant_id = r.tenant_id AND m.id = r.message_id
        LEFT JOIN outbox o ON o.tenant_id = r.tenant_id AND o.message_id = r.message_id
        WHERE r.tenant_id = @tenantId AND r.campaign_id = @campaignId AND r.state = 1 AND m.status = 2 AND r.tries < @most
          AND (o.state IS NULL OR o.state = 3) AND (m.error_code {passing} OR (m.error_code IS NULL AND o.state = 3))
        """;

    /// <summary>
    /// They wait again; returns how many. The failed message stays in the thread and is no dead letter any more: nobody else sends it again.
    /// </summary>
    public static async Task<int> WaitAgain(Tx tx, long tenantId, long campaignId)
    {
        var failed = Failed.Replace("{passing}", tx.Dialect.In("codes"), StringComparison.Ordinal);
        var args = new { tenantId, campaignId, most = MostTries, codes = Passing.ToArray() };
        await tx.Execute($"UPDATE message SET retried_as = id WHERE tenant_id = @tenantId AND id IN (SELECT r.message_id {failed})", args);
        await tx.Execute($"""
            UPDATE campaign_recipient SET state = 0, at = NULL WHERE tenant_id = @tenantId AND campaign_id = @campaignId
              AND position IN (SELECT r.position {failed})
            """, args);
        await tx.Execute("""
            DELETE FROM outbox WHERE tenant_id = @tenantId AND state = 3 AND message_id IN (
              SELECT message_id FROM campaign_recipient WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND state = 0 AND message_id IS NOT NULL)
            """, args);
        return await tx.Execute("""
            UPDATE campaign_recipient SET message_id = NULL WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND state = 0 AND message_id IS NOT NULL
            """, args);
    }
}
