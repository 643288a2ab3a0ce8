using System.Diagnostics;
using System.Globalization;

namespace Relais.Chaos.Machines;

/// <summary>
/// An ext4 filesystem whose power can be cut: loop device, nbdfuse, and nbdkit with a write-back cache that forgets on its death
/// whatever was not flushed (see docs/reliability.md). Or a small one straight on a file, to fill.
/// </summary>
internal sealed class Volume : IAsyncDisposable
{
    private readonly string folder;
    private readonly bool isCuttable;
    private Process? nbdkit;
    private Process? nbdfuse;

    private Volume(string folder, bool isCuttable)
    {
        this.folder = folder;
        this.isCuttable = isCuttable;
    }

    /// <summary>Where it is mounted.</summary>
    public string Root => Path.Combine(folder, "mnt");

    private string Image => Path.Combine(folder, "image");

    private string Fuse => Path.Combine(folder, "fuse");

    private string Socket => Path.Combine(folder, "nbd.sock");

    /// <param name="megabytes">Its size.</param>
    /// <param name="isCuttable">False for one without the cache between.</param>
    /// <exception cref="NotSupportedException">This machine cannot; the message says what is missing.</exception>
    public static async Task<Volume> Create(int megabytes, bool isCuttable)
    {
        string[] programs = isCuttable ? ["nbdkit", "nbdfuse", "mkfs.ext4", "mount"] : ["mkfs.ext4", "mount"];
        if (programs.Where(p => !Shell.Has(p)).ToList() is { Count: > 0 } missing)
        {
            throw new NotSupportedException($"missing {string.Join(", ", missing)} (apt-get install nbdkit libnbd-bin fuse e2fsprogs).");
        }

        if (!Environment.IsPrivilegedProcess)
        {
            throw new NotSupportedException("mounting a loop device needs root.");
        }

        var volume = new Volume(Directory.CreateTempSubdirectory("relais-volume-").FullName, isCuttable);
        Directory.CreateDirectory(volume.Root);
        Directory.CreateDirectory(volume.Fuse);
        await Shell.Run("chmod", "711", volume.folder);
        await Shell.Run("truncate", "-s", $"{megabytes.ToString(CultureInfo.InvariantCulture)}M", volume.Image);
        await Shell.Run("mkfs.ext4", "-q", "-F", volume.Image);
        try
        {
            await volume.PowerOn();
        }
        catch (InvalidOperationException e)
        {
            await volume.DisposeAsync();
            throw new NotSupportedException($"the volume cannot be mounted ({e.Message}).", e);
        }

        await Shell.Run("chmod", "755", volume.Root);
        return volume;
    }

    /// <summary>The cache is gone at once; every write from now on fails.</summary>
    public async Task Cut()
    {
        nbdkit!.Kill();
        await nbdkit.WaitForExitAsync();
    }

    /// <summary>Mounts what reached the disk. Everything that had files open on it must be dead.</summary>
    public async Task PowerOn()
    {
        await Unmount();
        var disk = Image;
        if (isCuttable)
        {
            File.Delete(Socket);
            nbdkit = Shell.Start("nbdkit", "-f", "-U", Socket, "--filter=cache", "file", Image, "cache=writeback");
            await Appears(Socket);
            disk = Path.Combine(Fuse, "disk");
            nbdfuse = Shell.Start("nbdfuse", disk, $"nbd+unix://?socket={Socket}");
            await Appears(disk);
        }

        await Shell.Run("mount", "-o", "loop", disk, Root);
    }

    public async ValueTask DisposeAsync()
    {
        await Unmount();
        nbdkit?.Kill();
        nbdkit?.Dispose();
        nbdfuse?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Unmount()
    {
        if (!IsMounted(Root) && !IsMounted(Fuse))
        {
            return;
        }

        for (var attempt = 0; IsMounted(Root) && attempt < 50 && (await Shell.Try("umount", Root)).Code != 0; attempt++)
        {
            await Task.Delay(100);
        }

        if (IsMounted(Root))
        {
            throw new InvalidOperationException($"Something still uses {Root}.");
        }

        await Shell.Try("umount", "-l", Fuse);
        if (nbdfuse is { HasExited: false })
        {
            nbdfuse.Kill();
            await nbdfuse.WaitForExitAsync();
        }

        if (nbdkit is { HasExited: false })
        {
            nbdkit.Kill();
            await nbdkit.WaitForExitAsync();
        }
    }

    private static bool IsMounted(string folder) => File.ReadLines("/proc/mounts").Any(line => line.Split(' ')[1] == folder);

    private static async Task Appears(string path)
    {
        for (var attempt = 0; !Path.Exists(path); attempt++)
        {
            if (attempt == 100)
            {
                throw new InvalidOperationException($"{path} did not appear.");
            }

            await Task.Delay(50);
        }
    }
}
