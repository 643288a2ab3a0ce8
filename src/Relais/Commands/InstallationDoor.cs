using Relais.Backups;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>The configured installation, for commands that keep or move all of it.</summary>
internal sealed record InstallationDoor(Settings Settings, Database Database, string MediaFolder)
{
    /// <summary>Opens what is configured, runs the command, and says in a sentence what has to be mended.</summary>
    /// <param name="act">Returns the exit code.</param>
    /// <param name="cancel">Ctrl+C.</param>
    /// <param name="address">Another database than the configured one.</param>
    public static async Task<int> Run(Func<InstallationDoor, Task<int>> act, CancellationToken cancel, string? address = null)
    {
        var settings = Settings.FromEnvironment();
        if (settings.Problems.Count > 0)
        {
            return ServeCommand.Refuse([.. settings.Problems]);
        }

        try
        {
            var isDemo = address is null && ServeCommand.IsDemoOnly(settings);
            await using var database = DatabaseAddress.Open(address ?? ServeCommand.Address(settings));
            await database.Open(cancel);
            return await act(new InstallationDoor(settings, database, settings.MediaFolder ?? Path.Combine(settings.DataFolder, isDemo ? "demo-media" : "media")));
        }
        catch (Exception e) when (e is BackupRefusedException or InvalidOperationException or NotSupportedException or FormatException or StorageUnavailableException
            or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return ServeCommand.Refuse(e.Message);
        }
    }
}
