using System.Collections.Concurrent;

namespace Relais.Foundation;

/// <summary>
/// Something of each tenant kept in memory, read again when its revision has moved. Two that find it stale may both read it;
/// the later wins.
/// </summary>
/// <param name="read">Tenant's id ⇒ what it has now.</param>
internal sealed class RevisionCache<T>(Func<long, CancellationToken, Task<T>> read)
{
    private readonly ConcurrentDictionary<long, (long Revision, T Value)> known = new();

    /// <param name="tenantId">Whose.</param>
    /// <param name="revision">As just read from the database; a value read under another one is not used.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async ValueTask<T> Of(long tenantId, long revision, CancellationToken cancel)
    {
        if (known.TryGetValue(tenantId, out var found) && found.Revision == revision)
        {
            return found.Value;
        }

        var value = await read(tenantId, cancel);
        known[tenantId] = (revision, value);
        return value;
    }
}
