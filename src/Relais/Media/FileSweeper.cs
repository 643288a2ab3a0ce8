using Relais.Foundation;
using Relais.Storage;

namespace Relais.Media;

/// <summary>
/// Removes what no row names: uploads that broke off, and files whose process died between the file and its row. Only in the
/// folder that belongs to this database: one that another database left behind keeps its files.
/// </summary>
internal sealed class FileSweeper(Database database, MediaFiles files, ILogger<FileSweeper> log) : Worker(log)
{
    /// <summary>An upload or a download takes minutes. Real time: file times know no other clock.</summary>
    public static readonly TimeSpan YoungAge = TimeSpan.FromDays(1);

    private const int Batch = 500;

    /// <summary>Removes orphans older than <paramref name="age"/>; returns how many.</summary>
    public async Task<int> Sweep(TimeSpan age, CancellationToken cancel)
    {
        if (!Directory.Exists(files.Folder) || !await IsOwn(cancel))
        {
            return 0;
        }

        var before = TimeProvider.System.GetUtcNow().UtcDateTime - age;
        var removed = Old(Directory.Exists(files.Incoming) ? Directory.EnumerateFiles(files.Incoming) : [], before).Count(Remove);
        foreach (var batch in Old(Directory.EnumerateDirectories(files.Folder, "??").SelectMany(Directory.EnumerateFiles), before).Chunk(Batch))
        {
            var named = await database.Read(Scope.Pipeline, tx => MediaStore.Named(tx, [.. batch.Select(Path.GetFileName).OfType<string>()]), cancel);
            removed += batch.Where(path => !named.Contains(Path.GetFileName(path))).Count(path => SetAside(path, before));
        }

        if (removed > 0)
        {
            Log.LogInformation("{Count} files that nothing names were removed from {Folder}", removed, files.Folder);
        }

        return removed;
    }

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        await Sweep(YoungAge, stopping);
        return false;
    }

    /// <summary>It looks at every file, and orphans are rare.</summary>
    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromDays(1), stopping);

    private static IEnumerable<string> Old(IEnumerable<string> paths, DateTime before) => paths.Where(path => File.GetLastWriteTimeUtc(path) < before);

    private static bool Remove(string path)
    {
        File.Delete(path);
        return true;
    }

    /// <summary>
    /// The same bytes may be coming in again right now: their file takes the name with a new time. So the file is moved away
    /// first, and goes back when it turns out to be that one.
    /// </summary>
    private bool SetAside(string path, DateTime before)
    {
        Directory.CreateDirectory(files.Incoming);
        var aside = Path.Combine(files.Incoming, $"{Path.GetFileName(path)}.aside");
        File.Move(path, aside, overwrite: true);
        if (File.GetLastWriteTimeUtc(aside) >= before)
        {
            File.Move(aside, path, overwrite: true);
            return false;
        }

        File.Delete(aside);
        return true;
    }

    /// <summary>The folder remembers its database by the moment its schema was made.</summary>
    private async Task<bool> IsOwn(CancellationToken cancel)
    {
        var mark = Path.Combine(files.Folder, "database");
        var own = (await database.Read(Scope.Pipeline, tx => tx.QueryFirst<long>("SELECT min(applied_at) FROM schema_version"), cancel)).ToString();
        if (!File.Exists(mark))
        {
            await File.WriteAllTextAsync(mark, own, cancel);
        }

        var isOwn = (await File.ReadAllTextAsync(mark, cancel)).Trim() == own;
        if (!isOwn)
        {
            Log.LogWarning("{Folder} holds the files of another database; nothing is swept there. Set RELAIS_MEDIA, or delete the file 'database' in it", files.Folder);
        }

        return isOwn;
    }
}
