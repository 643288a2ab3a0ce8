using System.Text.Json;
using Relais.Changes;
using Relais.Conversations;
using Relais.Desk.Contacts.Erasing;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>Erases again, in a restored database, who was erased after the backup was made. Who they were is known by hashes alone.</summary>
internal static class ErasureReplay
{
    /// <returns>How many customers were found and erased.</returns>
    public static async Task<int> Run(Database database, string mediaFolder, string log, long since, Clock clock, CancellationToken cancel)
    {
        using var signals = new Signals();
        using var ids = new Ids(database);
        var eraser = new Eraser(database, new MediaFiles(mediaFolder), new ChangeLog(signals), ids, clock, log: null);
        var done = 0;
        foreach (var tenant in (await Lines(log, since, cancel)).GroupBy(line => line.TenantId))
        {
            var known = await Known(database, tenant.Key, cancel);
            foreach (var line in tenant)
            {
                foreach (var contact in line.Hashes.SelectMany(hash => known[hash]).Where(c => c.CreatedAt <= line.At).Select(c => c.Id).Distinct())
                {
                    done += await eraser.Erase(tenant.Key, line.AgentId, contact, cancel) is ErasureEnd.Done ? 1 : 0;
                }
            }
        }

        return done;
    }

    private static async Task<List<ErasureLine>> Lines(string log, long since, CancellationToken cancel)
    {
        var lines = new List<ErasureLine>();
        await foreach (var text in File.ReadLinesAsync(log, cancel))
        {
            // The last line may be cut off where the disk was.
            if (ErasureLog.Read(text) is { } line && line.At >= since)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    /// <summary>The customers of a tenant by the hash of each name they go by.</summary>
    private static async Task<ILookup<string, (long Id, long CreatedAt)>> Known(Database database, long tenantId, CancellationToken cancel)
    {
        var names = await database.Read(Scope.Pipeline, tx => tx.Query<(string Value, long ContactId, long CreatedAt)>("""
            SELECT i.value, i.contact_id, k.created_at FROM contact_identity i JOIN contact k ON k.tenant_id = i.tenant_id AND k.id = i.contact_id
            WHERE i.tenant_id = @tenantId AND k.erased_at IS NULL
            """, new { tenantId }), cancel);
        return names.ToLookup(n => Erased.Identity(tenantId, n.Value), n => (n.ContactId, n.CreatedAt), StringComparer.Ordinal);
    }
}
