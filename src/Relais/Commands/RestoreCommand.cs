using System.CommandLine;
using Relais.Backups;
using Relais.Desk.Contacts.Erasing;
using Relais.Foundation;

namespace Relais.Commands;

/// <summary><c>relais restore</c>: fills an empty installation from a backup. Nothing leaves it until it is released.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "What `relais backup` wrote." };
        var database = new Option<string?>("--database") { Description = "Where to restore to instead of RELAIS_DATABASE: sqlite:PATH or postgres://… The engine may be another one than before." };
        var passphraseFile = BackupCommand.PassphraseFile();
        var erasures = new Option<string?>("--erasures") { Description = "The list of erasures of the lost installation (erasures.jsonl in its folder of files)." };
        var command = new Command("restore", "Fill an empty database from a backup; outbound messages are held until `relais release`.") { file, database, passphraseFile, erasures };
        command.SetAction((parsed, cancel) => InstallationDoor.Run(async place =>
        {
            using var folder = DataFolder.Lock(place.Settings.DataFolder);
            var passphrase = parsed.GetValue(passphraseFile) is not null || place.Settings.BackupPassphrase is not null
                ? BackupCommand.Passphrase(place.Settings, parsed.GetValue(passphraseFile)) : null;
            await Read(place, parsed.GetValue(file)!, passphrase, parsed.GetValue(erasures), cancel);
            return 0;
        }, cancel, parsed.GetValue(database)));
        return command;
    }

    public static async Task Read(InstallationDoor place, string path, string? passphrase, string? erasures, CancellationToken cancel)
    {
        var clock = new Clock();
        var target = new RestoreTarget(place.Database, place.MediaFolder, place.Settings.KeyFile, passphrase);
        var restore = new Restore(target, clock, line => Console.WriteLine("  " + line));
        ArchiveHead head;
        await using (var archive = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            head = await restore.Run(archive, cancel);
        }

        var log = erasures ?? Path.Combine(place.MediaFolder, ErasureLog.FileName);
        if (erasures is not null || File.Exists(log))
        {
            var erased = await ErasureReplay.Run(place.Database, place.MediaFolder, log, head.At, clock, cancel);
            Console.WriteLine($"  {erased} customers who were erased after the backup were erased again ({log})");
        }
        else
        {
            Console.WriteLine("  No list of erasures was found. If customers were erased after this backup, erase them again before you release messages,\n"
                + "  or restore once more with --erasures.");
        }

        var missing = await restore.Missing(cancel);
        if (missing > 0)
        {
            Console.WriteLine($"  {missing} files that messages name are not in {place.MediaFolder}" + (head.Media ? "" : ": the backup was made without them; copy the folder"));
        }

        await restore.Finish(cancel);
        Console.WriteLine($"""
            Restored as of {Instants.FromMicros(head.At):u}. Nothing leaves this installation yet: start it, look at it, and then
            `relais release` (or the button in the console) lets messages go. Make sure that the old installation does not run any more.
            """);
        if (!head.Key && !File.Exists(place.Settings.KeyFile))
        {
            Console.WriteLine($"The key file is not here: put it at {place.Settings.KeyFile} before the start, or keys of providers have to be entered again.");
        }
    }
}
