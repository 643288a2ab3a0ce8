using System.CommandLine;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commands;

/// <summary><c>relais migrate</c>: brings the schema up to date without serving.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var printRoles = new Option<bool>("--print-roles")
        {
            Description = "Print the SQL an administrator of PostgreSQL runs once where Relais may not create roles.",
        };
        var command = new Command("migrate", "Bring the database's schema up to date (serve does it by itself).") { printRoles };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(printRoles), cancel));
        return command;
    }

    private static async Task<int> Run(bool printRoles, CancellationToken cancel)
    {
        var settings = Settings.FromEnvironment();
        if (settings.Problems.Count > 0)
        {
            return ServeCommand.Refuse([.. settings.Problems]);
        }

        if (printRoles)
        {
            Console.WriteLine(PostgresRoles.CreateRolesSql(settings.Database is { } address && Uri.TryCreate(address, UriKind.Absolute, out var uri)
                ? uri.UserInfo.Split(':')[0] : "relais"));
            return 0;
        }

        try
        {
            using var folder = DataFolder.Lock(settings.DataFolder);
            await using var database = await ServeCommand.OpenDatabase(settings, cancel);
            var applied = await new Migrator(database, new Clock()).Run(cancel);
            Console.WriteLine(applied.Count == 0 ? "The schema is up to date." : $"Applied {string.Join(", ", applied)}.");
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or FormatException or StorageUnavailableException)
        {
            return ServeCommand.Refuse(e.Message);
        }
    }
}
