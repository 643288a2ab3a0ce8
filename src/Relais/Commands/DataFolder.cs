namespace Relais.Commands;

/// <summary>
/// The folder that belongs to one installation. One process at a time may serve from it or change its schema; the lock is the
/// operating system's, so it goes with the process however that ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream? file;

    private DataFolder(string path, FileStream? file)
    {
        Path = path;
        this.file = file;
    }

    public string Path { get; }

    /// <exception cref="InvalidOperationException">Another process holds it; the message says what to do.</exception>
    public static DataFolder Lock(string path)
    {
        if (!OperatingSystem.IsWindows() && !Directory.Exists(path))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(path);
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return new DataFolder(full, new FileStream(
                System.IO.Path.Combine(full, "relais.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"Another Relais already runs from {full}. Stop it first, or give this one a folder of its own with RELAIS_DATA.", e);
        }
    }

    /// <summary>For a command that may run beside a server: it is not locked, and its name for leases is not used.</summary>
    public static DataFolder Beside(string path) => new(System.IO.Path.GetFullPath(path), null);

    /// <summary>The name this installation's leases are held under: given, or made once and kept beside the data.</summary>
    public string NodeName(string? given)
    {
        if (given is not null || file is null)
        {
            return given ?? "beside";
        }

        var kept = System.IO.Path.Combine(Path, "node");
        if (!File.Exists(kept))
        {
            File.WriteAllText(kept, "node-" + Guid.NewGuid().ToString("N")[..12]);
        }

        return File.ReadAllText(kept).Trim();
    }

    public void Dispose() => file?.Dispose();
}
