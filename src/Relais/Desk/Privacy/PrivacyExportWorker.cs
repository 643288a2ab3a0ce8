using Relais.Desk.Contacts.Erasing;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Privacy;

/// <summary>
/// In: exports that were asked for, a lane each. Out: their files, ready for a day. A file gets its name when it is whole, so a node that
/// died leaves nothing behind that counts, and the next one begins anew.
/// </summary>
internal sealed class PrivacyExportWorker(
    Database database, HeldWork work, PrivacyArchive archive, MediaFiles files, Signals signals, Clock clock, ILogger<PrivacyExportWorker> log)
    : Worker(log)
{
    private const long KeptFor = 24 * Instants.Hour;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private long sweptAt = long.MinValue / 2;

    public static string Folder(MediaFiles files) => Path.Combine(files.Folder, "exports");

    public static string PathOf(MediaFiles files, long tenantId, long id) => Path.Combine(Folder(files), $"{tenantId}-{id}.zip");

    /// <summary>Removes files whose day is over, and those that no row wants.</summary>
    public async Task Sweep(CancellationToken cancel)
    {
        await database.Write(Scope.Pipeline, tx => PrivacyExportStore.Expire(tx, clock.Micros), cancel);
        foreach (var path in Directory.Exists(Folder(files)) ? Directory.GetFiles(Folder(files)) : [])
        {
            var parts = Path.GetFileName(path).Split('-', '.');
            var isKept = parts.Length > 2 && long.TryParse(parts[0], out var tenantId) && long.TryParse(parts[1], out var id)
                && await database.Read(Scope.Pipeline, tx => PrivacyExportStore.IsKept(tx, tenantId, id), cancel);
            if (!isKept)
            {
                File.Delete(path);
            }
        }
    }

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (Environment.TickCount64 - sweptAt > SweepEvery.TotalMilliseconds)
        {
            sweptAt = Environment.TickCount64;
            await Sweep(stopping);
        }

        return await work.Next(LaneKind.PrivacyExport, Make, stopping);
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.PrivacyExport).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Make(Lease lease, CancellationToken stopping)
    {
        var (tenantId, id) = (lease.TenantId, lease.Key);
        var (export, person, language) = await database.Read(Scope.Pipeline, async tx =>
        {
            var found = await PrivacyExportStore.Find(tx, tenantId, id);
            return (found, found is null ? null : await ErasureStore.Find(tx, tenantId, found.ContactId), (await TenantStore.Find(tx, tenantId))?.Language ?? "en");
        }, stopping);
        if (export is not { State: PrivacyExport.Waiting })
        {
            return;
        }

        if (person is null || lease.Failures >= HeldWork.MostFailures)
        {
            await database.Write(Scope.Pipeline, tx => PrivacyExportStore.Fail(tx, tenantId, id), stopping);
            return;
        }

        Directory.CreateDirectory(Folder(files));
        var path = PathOf(files, tenantId, id);
        var part = $"{path}.part";
        await using (var into = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, 64 * 1024, useAsync: true))
        {
            await archive.Write(into, tenantId, person, language,
                percent => database.Write(Scope.Pipeline, tx => PrivacyExportStore.Advance(tx, tenantId, id, percent), stopping), stopping);
            await into.FlushAsync(stopping);
            into.Flush(flushToDisk: true);
        }

        CrashPoint.Pass(CrashPoint.ExportMaking);
        File.Move(part, path, overwrite: true);
        CrashPoint.Pass(CrashPoint.ExportMade);
        var now = clock.Micros;
        if (!await database.Write(Scope.Pipeline, tx => PrivacyExportStore.Ready(tx, tenantId, id, new FileInfo(path).Length, now, now + KeptFor), CancellationToken.None))
        {
            // Erased meanwhile: nobody may have it.
            File.Delete(path);
        }
    }
}
