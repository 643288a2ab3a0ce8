using System.CommandLine;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Commands;

/// <summary><c>relais release</c>: after a restore, lets messages leave. May run beside a server, which hears of it within seconds.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var drop = new Option<bool>("--cancel-waiting") { Description = "Cancel what was waiting in the backup instead of sending it: it may have gone out after the backup was made." };
        var command = new Command("release", "After a restore, let messages leave.") { drop };
        command.SetAction((parsed, cancel) => InstallationDoor.Run(place => Release(place, parsed.GetValue(drop), Console.Out, cancel), cancel));
        return command;
    }

    internal static async Task<int> Release(InstallationDoor place, bool drop, TextWriter told, CancellationToken cancel)
    {
        using var signals = new Signals();
        var clock = new Clock();
        await new Migrator(place.Database, clock).Run(cancel);
        var hold = new OutboundHold(place.Database, new WorkQueue(signals, new NodeName("beside")), clock);
        await hold.Load(cancel);
        var waiting = await hold.Release(drop ? HeldMessages.Cancel : HeldMessages.Send, "relais release", cancel);
        await told.WriteLineAsync(waiting is null ? "Nothing was held." : $"Messages leave again; {waiting} wait to be sent.");
        return 0;
    }
}
