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
        command.SetAction((_, cancel) => Check(Settings.FromEnvironment(), RuntimePatch.Running, Console.Out, cancel));
        return command;
    }

    /// <returns>0 when nothing has to be mended, else 1.</returns>
    public static async Task<int> Check(Settings settings, Version running, TextWriter told, CancellationToken cancel)
    {
        var isGood = settings.Problems.Count == 0;
        foreach (var problem in settings.Problems)
        {
            told.WriteLine("✗ " + problem);
        }

        var isPatched = !RuntimePatch.IsOld(running);
        isGood &= isPatched;
        told.WriteLine(isPatched ? $"· .NET: {running}." : $"✗ .NET: {running} is older than {RuntimePatch.Built}, with which this was built: security fixes are missing. Update the ASP.NET Core runtime.");
        foreach (var line in EnvironmentInboxes.Lines(settings))
        {
            var isHalf = line.Contains("incomplete", StringComparison.Ordinal) || line.Contains("; ", StringComparison.Ordinal)
                && line.Contains("area=whatsapp", StringComparison.Ordinal);
            isGood &= !isHalf;
            told.WriteLine((isHalf ? "✗ " : "· ") + line);
        }

        if (!Exists(settings))
        {
            told.WriteLine("· Database: none yet; the first start makes it.");
            return Conclude(isGood, told);
        }

        try
        {
            await using var database = await ServeCommand.OpenDatabase(settings, cancel);
            told.WriteLine($"· Database: {database.Dialect.Name} answers.");
            foreach (var (isFine, line) in await CheckInstallation.Of(database, settings, cancel))
            {
                told.WriteLine((isFine ? "· " : "✗ ") + line);
                isGood &= isFine;
            }
        }
        catch (Exception e) when (e is NotSupportedException or FormatException or StorageUnavailableException)
        {
            told.WriteLine("✗ Database: " + e.Message);
            isGood = false;
        }

        return Conclude(isGood, told);
    }

    /// <summary>Opening SQLite makes the file, and a check changes nothing.</summary>
    private static bool Exists(Settings settings) => settings.Database is { } address
        ? !address.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) || File.Exists(address["sqlite:".Length..])
        : File.Exists(Path.Combine(settings.DataFolder, "relais.db")) || File.Exists(Path.Combine(settings.DataFolder, "demo.db"));

    private static int Conclude(bool isGood, TextWriter told)
    {
        told.WriteLine(isGood ? "Everything that is configured fits." : "Mend the lines marked ✗, then run it again.");
        return isGood ? 0 : 1;
    }
}
