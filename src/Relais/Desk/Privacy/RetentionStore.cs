using Relais.Desk.Contacts.Erasing;
using Relais.Storage;

namespace Relais.Desk.Privacy;

/// <summary>What each tenant keeps how long, and what is over.</summary>
internal static class RetentionStore
{
    public static async Task<RetentionDays> Read(Tx tx, long tenantId)
    {
        var rules = (await tx.Query<(string Kind, long Days)>("SELECT kind, days FROM retention_rule WHERE tenant_id = @tenantId", new { tenantId }))
            .ToDictionary(r => r.Kind, r => (long?)r.Days, StringComparer.Ordinal);
        var logs = await tx.QueryFirst<long>("SELECT log_retention_days FROM tenant WHERE tenant_id = @tenantId", new { tenantId });
        return new RetentionDays(
            rules.GetValueOrDefault("conversations"), rules.GetValueOrDefault("media"), rules.GetValueOrDefault("audit"), rules.GetValueOrDefault("webhooks"), logs).Filled();
    }

    public static async Task Write(Tx tx, long tenantId, RetentionDays days, long now)
    {
        await tx.Execute("DELETE FROM retention_rule WHERE tenant_id = @tenantId", new { tenantId });
        foreach (var (kind, kept) in ((string, long?)[])[("conversations", days.Conversations), ("media", days.Media), ("audit", days.Audit), ("webhooks", days.Webhooks)])
        {
            if (kept is not null)
            {
                await tx.Execute("INSERT INTO retention_rule (tenant_id, kind, days, set_at) VALUES (@tenantId, @kind, @kept, @now)", new { tenantId, kind, kept, now });
            }
        }

        await tx.Execute("UPDATE tenant SET log_retention_days = @logs WHERE tenant_id = @tenantId", new { tenantId, logs = days.Filled().Logs });
    }

    public static Task<List<long>> Tenants(Tx tx) => tx.Query<long>("SELECT tenant_id FROM tenant ORDER BY tenant_id");

    /// <summary>Closed conversations whose words are still there and whose time is over, the oldest first.</summary>
    public static Task<List<long>> Conversations(Tx tx, long tenantId, long before, int most) => tx.Query<long>("""
        SELECT id FROM conversation WHERE tenant_id = @tenantId AND status = 3 AND (swept_at IS NULL OR swept_at < closed_at) AND closed_at < @before
        ORDER BY closed_at LIMIT @most
        """, new { tenantId, before, most });

    /// <summary>Takes words, files' names and traces of these; tells the hashes of files whose rows forgot them.</summary>
    public static async Task<List<string>> Sweep(Tx tx, long tenantId, IReadOnlyList<long> conversations, long now)
    {
        var person = new ErasedPerson([], conversations, []);
        var files = await ErasureStore.Files(tx, tenantId, person);
        await ErasureStore.Blank(tx, tenantId, person, now, step => step.By is ErasedBy.Conversation or ErasedBy.Message or ErasedBy.FlowSession);
        await ErasureStore.LookAgain(tx, tenantId, person);
        await tx.Execute($"UPDATE conversation SET swept_at = @now WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")}",
            new { tenantId, now, ids = conversations.ToArray() });
        return files;
    }

    /// <summary>A page of what providers posted, by id: which, over which connection, when.</summary>
    public static Task<List<(long Id, long ConnectionId, long ReceivedAt)>> Webhooks(Tx tx, long after, int most) => tx.Query<(long, long, long)>(
        "SELECT id, connection_id, received_at FROM received_webhook WHERE id > @after AND state > 0 ORDER BY id LIMIT @most", new { after, most });

    public static Task<List<(long ConnectionId, long TenantId)>> Connections(Tx tx) =>
        tx.Query<(long, long)>("SELECT DISTINCT connection_id, tenant_id FROM inbox WHERE connection_id IS NOT NULL");

    public static Task<int> DeleteWebhooks(Tx tx, IReadOnlyList<long> ids) => tx.Execute(
        $"DELETE FROM received_webhook WHERE state > 0 AND id {tx.Dialect.In("ids")}", new { ids = ids.ToArray() });

    /// <summary>Forgets customers' files that are older; tells their hashes.</summary>
    public static async Task<List<string>> Media(Tx tx, long tenantId, long before, int most)
    {
        var found = await tx.Query<(long Id, string Sha)>("""
            SELECT id, sha256 FROM media WHERE tenant_id = @tenantId AND sha256 IS NOT NULL AND direction = 1 AND created_at < @before ORDER BY created_at LIMIT @most
            """, new { tenantId, before, most });
        if (found.Count > 0)
        {
            await tx.Execute($"""
                UPDATE media SET sha256 = NULL, claimed_sha256 = NULL, provider_ref = NULL, filename = '', size = NULL, mime_type = NULL, state = 2,
                  problem = 'The time for which files are kept is over.'
                WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")}
                """, new { tenantId, ids = found.ConvertAll(f => f.Id).ToArray() });
        }

        return found.ConvertAll(f => f.Sha);
    }
}
