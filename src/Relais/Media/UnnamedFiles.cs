using Relais.Storage;

namespace Relais.Media;

/// <summary>Files that rows named which are gone now.</summary>
internal static class UnnamedFiles
{
    /// <summary>Deletes those of them that no row names any more; one that comes in again at this moment is written anew. What is left the sweeper takes.</summary>
    public static async Task Delete(Database database, MediaFiles files, IReadOnlyCollection<string> shas, CancellationToken cancel)
    {
        var named = shas.Count == 0 ? [] : await database.Read(Scope.Pipeline, tx => MediaStore.Named(tx, [.. shas.Distinct(StringComparer.Ordinal)]), cancel);
        foreach (var sha in shas.Where(s => !named.Contains(s)))
        {
            File.Delete(files.PathOf(sha));
        }
    }
}
