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
    public const string FileName = ErasureLog.FileName;

    /// <returns>How many customers were found and erased.</returns>
    public static async Task<int> Run(Database database, string mediaFolder, string log, long since, Clock clock, CancellationToken cancel)
    {
        using var signals = new Signals();
        using var ids = new Ids(database);
        var eraser = new Eraser(database, new MediaFiles(mediaFolder), new ChangeLog(signals), ids, clock, log: null);
        var done = 0;
        await foreach (var line in File.ReadLinesAsync(log, cancel))
        {
            // The last line may be cut off where the disk was.
            if (ErasureLog.Read(line) is { } entry && entry.At >= since)
            {
                foreach (var contact in await Contacts(database, entry, cancel))
                {
                    done += await eraser.Erase(entry.TenantId, entry.AgentId, contact, cancel) is ErasureEnd.Done ? 1 : 0;
                }
            }
        }

        return done;
    }

    private static async Task<List<long>> Contacts(Database database, ErasureLine entry, CancellationToken cancel)
    {
        var names = await database.Read(Scope.Pipeline, tx => tx.Query<(string Value, long ContactId)>("""
            SELECT i.value, i.contact_id FROM contact_identity i JOIN contact k ON k.tenant_id = i.tenant_id AND k.id = i.contact_id
            WHERE i.tenant_id = @TenantId AND k.created_at <= @At AND k.erased_at IS NULL
            """, new { entry.TenantId, entry.At }), cancel);
        return [.. names.Where(n => entry.Hashes.Contains(Erased.Identity(entry.TenantId, n.Value))).Select(n => n.ContactId).Distinct()];
    }
}
