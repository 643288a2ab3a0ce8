using System.Security.Cryptography;
using System.Text;

namespace Relais.Foundation;

/// <summary>A key that seals, and the name it goes by in what it sealed.</summary>
internal sealed record SealingKey(byte[] Bytes)
{
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData([.. "relais key "u8, .. Bytes]))[..8];
}

/// <summary>
/// The keys of the key file, a line each: the first one seals, the others still open what they sealed. Read again when the file
/// changed, so that keys are rotated under a running server.
/// </summary>
internal sealed class KeyRing
{
    private readonly string? path;
    private readonly Lock gate = new();
    private IReadOnlyList<SealingKey> keys;
    private (DateTime Written, long Length) seen;

    public KeyRing(IReadOnlyList<SealingKey> keys) => this.keys = keys;

    private KeyRing(string path)
    {
        this.path = path;
        (keys, seen) = (Parse(path), Stamp(path));
    }

    public IReadOnlyList<SealingKey> All
    {
        get
        {
            Refresh();
            lock (gate)
            {
                return keys;
            }
        }
    }

    public SealingKey Current => All[0];

    /// <summary>Makes the file with a first key where there is none.</summary>
    /// <exception cref="InvalidDataException">It does not hold keys.</exception>
    public static KeyRing FromFile(string path)
    {
        if (!File.Exists(path))
        {
            Write(path, [NewKey()]);
        }

        return new KeyRing(path);
    }

    public static SealingKey NewKey() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Replaces the file in one step: it holds the old keys or the new ones, and is on the disk when this returns.</summary>
    public static void Write(string path, IReadOnlyList<SealingKey> keys) =>
        Write(path, Encoding.ASCII.GetBytes(string.Join('\n', keys.Select(k => Convert.ToBase64String(k.Bytes)))));

    public static void Write(string path, byte[] content)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var created = new FileStream(full + ".new", options))
        {
            created.Write(content);
            created.Flush(flushToDisk: true);
        }

        File.Move(full + ".new", full, overwrite: true);
    }

    public SealingKey? Find(string id) => All.FirstOrDefault(k => k.Id == id);

    private static List<SealingKey> Parse(string path)
    {
        try
        {
            var parsed = File.ReadAllLines(path).Where(line => line.Trim().Length > 0).Select(line => new SealingKey(Convert.FromBase64String(line.Trim()))).ToList();
            if (parsed.Count > 0 && parsed.TrueForAll(k => k.Bytes.Length == 32))
            {
                return parsed;
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new InvalidDataException($"The key file {path} does not hold 32 bytes in base64 on each line. Restore the one this database was made with.");
    }

    private static (DateTime Written, long Length) Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    /// <summary>A file that is gone or broken leaves the keys as they are: what they sealed still opens.</summary>
    private void Refresh()
    {
        if (path is null || Stamp(path) is var now && (now == seen || now == default))
        {
            return;
        }

        lock (gate)
        {
            try
            {
                (keys, seen) = (Parse(path), now);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                seen = now;
            }
        }
    }
}
