using System.CommandLine;
using Relais.Backups;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commands;

/// <summary><c>relais secrets rotate</c>: a new key for what is sealed in the database. May run beside a server.</summary>
internal static class SecretsCommand
{
    public static Command Create()
    {
        var keepOld = new Option<bool>("--keep-old") { Description = "Leave the old key in the file until the next run, to copy the file to other nodes meanwhile." };
        var rotate = new Command("rotate", "Seal every key of a provider anew under a new key. Run it again when it broke off.") { keepOld };
        rotate.SetAction((parsed, cancel) => InstallationDoor.Run(async place =>
        {
            await new Migrator(place.Database, new Clock()).Run(cancel);
            var done = await new Rotation(place.Database, place.Settings.KeyFile, line => Console.WriteLine("  " + line))
                .Run(TimeSpan.FromSeconds(3), parsed.GetValue(keepOld), cancel);
            Console.WriteLine($"{done} values are sealed under a new key. " + (parsed.GetValue(keepOld)
                ? $"The old key is still in {place.Settings.KeyFile}: copy the file to the other nodes, then run it again."
                : $"Back up {place.Settings.KeyFile} now: backups made from here on need it, older ones need the old one."));
            return 0;
        }, cancel));
        return new Command("secrets", "The key that seals providers' keys in the database.") { rotate };
    }
}
