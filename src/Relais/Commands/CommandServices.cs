using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commands;

/// <summary>What a command that changes people needs: the configured database with its schema up to date, and the door to it.</summary>
internal static class CommandServices
{
    public static async Task<int> Run(Func<Provisioning, Task<int>> act, CancellationToken cancel)
    {
        var settings = Settings.FromEnvironment();
        if (settings.Problems.Count > 0)
        {
            return ServeCommand.Refuse([.. settings.Problems]);
        }

        try
        {
            var clock = new Clock();
            await using var database = await ServeCommand.OpenDatabase(settings, cancel);
            await new Migrator(database, clock).Run(cancel);
            using var ids = new Ids(database);
            using var passwords = new Passwords();
            return await act(new Provisioning(database, ids, passwords, clock, settings));
        }
        catch (Exception e) when (e is NotSupportedException or FormatException or StorageUnavailableException)
        {
            return ServeCommand.Refuse(e.Message);
        }
    }
}
