using System.Net;
using System.Net.Sockets;

namespace Relais.Bench;

/// <summary>A folder of one session's own under the system's temporary one, gone with it.</summary>
internal sealed class Scratch : IDisposable
{
    private int last;

    public Scratch()
    {
        Folder = Directory.CreateTempSubdirectory("relais-bench-").FullName;

        // PostgreSQL runs as another user when the bench runs as root.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }

    public string Folder { get; }

    /// <summary>A new empty folder in it.</summary>
    public string New(string name) => Directory.CreateDirectory(Path.Combine(Folder, $"{++last:D3}-{name}")).FullName;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A process that ends late still writes; the temporary folder is cleaned by the system.
        }
    }
}
