using System.CommandLine;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Commands;

/// <summary><c>relais check</c>: says what is configured, what is missing and how to mend it, without changing anything.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Say what is configured, what is missing, and how to mend it.");
        command.SetAction((_, cancel) => Run(cancel));
        return command;
    }

    private static async Task<int> Run(CancellationToken cancel)
    {
        var settings = Settings.FromEnvironment();
        var isGood = settings.Problems.Count == 0;
        foreach (var problem in settings.Problems)
        {
            Console.WriteLine("✗ " + problem);
        }

        foreach (var line in EnvironmentInboxes.Lines(settings))
        {
            var isHalf = line.Contains("incomplete", StringComparison.Ordinal) || line.Contains("; ", StringComparison.Ordinal)
                && line.Contains("area=whatsapp", StringComparison.Ordinal);
            isGood &= !isHalf;
            Console.WriteLine((isHalf ? "✗ " : "· ") + line);
        }

        if (!Exists(settings))
        {
            Console.WriteLine("· Database: none yet; the first start makes it.");
            return Conclude(isGood);
        }

        try
        {
            await using var database = await ServeCommand.OpenDatabase(settings, cancel);
            Console.WriteLine($"· Database: {database.Dialect.Name} answers.");
            foreach (var (isFine, line) in await CheckInstallation.Of(database, settings, cancel))
            {
                Console.WriteLine((isFine ? "· " : "✗ ") + line);
                isGood &= isFine;
            }
        }
        catch (Exception e) when (e is NotSupportedException or FormatException or StorageUnavailableException)
        {
            Console.WriteLine("✗ Database: " + e.Message);
            isGood = false;
        }

        return Conclude(isGood);
    }

    /// <summary>Opening SQLite makes the file, and a check changes nothing.</summary>
    private static bool Exists(Settings settings) => settings.Database is { } address
        ? !address.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) || File.Exists(address["sqlite:".Length..])
        : File.Exists(Path.Combine(settings.DataFolder, "relais.db")) || File.Exists(Path.Combine(settings.DataFolder, "demo.db"));

    private static int Conclude(bool isGood)
    {
        Console.WriteLine(isGood ? "Everything that is configured fits." : "Mend the lines marked ✗, then run it again.");
        return isGood ? 0 : 1;
    }
}
