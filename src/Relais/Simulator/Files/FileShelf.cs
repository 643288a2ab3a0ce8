namespace Relais.Simulator.Files;

/// <summary>The files of all numbers, in memory; the oldest go when they are more than <see cref="Cap"/> bytes together.</summary>
internal sealed class FileShelf(TimeProvider clock)
{
    private static readonly TimeSpan UploadsLast = TimeSpan.FromDays(30);
    private static readonly TimeSpan CustomersLast = TimeSpan.FromDays(7);

    private readonly Lock gate = new();
    private readonly Dictionary<string, SimulatedFile> files = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();
    private long size;

    /// <summary>Bytes kept at most. One file of the largest kind (100 MB) fits twice.</summary>
    public long Cap { get; set; } = 256L * 1024 * 1024;

    public long Size
    {
        get
        {
            lock (gate)
            {
                return size;
            }
        }
    }

    public SimulatedFile Put(SimulatedNumber owner, byte[] bytes, string mimeType, string? filename = null, bool uploaded = false)
    {
        var id = owner.Channel == SimulatedChannel.Meta ? ProviderIds.Digits() : ProviderIds.Of("ME");
        var file = new SimulatedFile(
            id, owner, bytes, mimeType, filename, clock.GetUtcNow() + (uploaded ? UploadsLast : CustomersLast));
        lock (gate)
        {
            files[id] = file;
            order.Enqueue(id);
            size += bytes.Length;
            while (size > Cap && order.TryDequeue(out var oldest))
            {
                Take(oldest);
            }
        }

        return file;
    }

    public SimulatedFile? Find(string? id)
    {
        lock (gate)
        {
            return id is not null && files.TryGetValue(id, out var file) && file.Until > clock.GetUtcNow() ? file : null;
        }
    }

    public bool Remove(string id)
    {
        lock (gate)
        {
            return Take(id);
        }
    }

    private bool Take(string id)
    {
        if (!files.Remove(id, out var file))
        {
            return false;
        }

        size -= file.Bytes.Length;
        return true;
    }
}
