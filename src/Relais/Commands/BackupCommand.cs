using System.CommandLine;
using Relais.Backups;
using Relais.Foundation;

namespace Relais.Commands;

/// <summary><c>relais backup</c>: everything into one file, while the server runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "The file to write; it must not be there yet.", Required = true };
        var encrypt = new Option<bool>("--encrypt") { Description = "Encrypt it with the passphrase in RELAIS_BACKUP_PASSPHRASE or --passphrase-file." };
        var passphraseFile = PassphraseFile();
        var withKey = new Option<bool>("--with-key") { Description = "Put the key file inside too. Whoever has the backup can then use the keys of your providers." };
        var withoutMedia = new Option<bool>("--without-media") { Description = "Leave the files of messages out, to copy their folder yourself." };
        var command = new Command("backup", "Write everything into one file while the server runs.") { to, encrypt, passphraseFile, withKey, withoutMedia };
        command.SetAction((parsed, cancel) => InstallationDoor.Run(async place =>
        {
            var passphrase = parsed.GetValue(encrypt) || parsed.GetValue(passphraseFile) is not null ? Passphrase(place.Settings, parsed.GetValue(passphraseFile)) : null;
            if (parsed.GetValue(withKey) && passphrase is null)
            {
                throw new BackupRefusedException("A key belongs into an encrypted backup only: add --encrypt.");
            }

            await Write(place, parsed.GetValue(to)!, passphrase, parsed.GetValue(withKey), !parsed.GetValue(withoutMedia), cancel);
            return 0;
        }, cancel));
        return command;
    }

    public static Option<string?> PassphraseFile() => new("--passphrase-file") { Description = "A file whose first line is the passphrase." };

    /// <exception cref="BackupRefusedException">None is given, or one too short to be worth it.</exception>
    public static string Passphrase(Settings settings, string? file)
    {
        var text = file is null ? settings.BackupPassphrase : File.ReadLines(file).FirstOrDefault()?.Trim();
        return text switch
        {
            null or "" => throw new BackupRefusedException("Set RELAIS_BACKUP_PASSPHRASE, or name a file with --passphrase-file."),
            { Length: < 12 } => throw new BackupRefusedException("The passphrase has to have at least 12 characters."),
            _ => text,
        };
    }

    /// <summary>Under another name until it is whole and on the disk, readable by its owner only.</summary>
    public static async Task<ArchiveEnd> Write(InstallationDoor place, string path, string? passphrase, bool withKey, bool withMedia, CancellationToken cancel)
    {
        if (File.Exists(path))
        {
            throw new BackupRefusedException($"{path} is there already. Name another file: a backup never takes the place of one.");
        }

        var part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            ArchiveEnd end;
            await using (var file = new FileStream(part, options))
            {
                var source = new BackupSource(place.Database, withMedia ? place.MediaFolder : null, withKey ? place.Settings.KeyFile : null, passphrase);
                end = await new Backup(source, TimeProvider.System, line => Console.WriteLine("  " + line)).Write(file, cancel);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path);
            Console.WriteLine($"{path}: {end.Tables.Values.Sum(t => t.Rows)} rows in {end.Tables.Count} tables, {end.Files} files, {new FileInfo(path).Length / 1024 / 1024.0:F1} MB"
                + (passphrase is null ? ". It is readable for whoever has it; --encrypt encrypts it." : ", encrypted."));
            return end;
        }
        finally
        {
            File.Delete(part);
        }
    }
}
