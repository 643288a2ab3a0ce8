using System.CommandLine;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commands;

/// <summary><c>relais serve</c>, which is also what <c>relais</c> alone does.</summary>
internal static class ServeCommand
{
    public static void AddTo(RootCommand root)
    {
        var demo = new Option<bool>("--demo") { Description = "Start the demo even if a provider or a database is configured." };
        var serve = new Command("serve", "Serve webhooks, the API and the workers (the default).") { demo };
        serve.SetAction((parsed, cancel) => Run(parsed.GetValue(demo), cancel));
        var rootDemo = new Option<bool>("--demo") { Description = "Start the demo even if a provider or a database is configured." };
        root.Add(rootDemo);
        root.Add(serve);
        root.SetAction((parsed, cancel) => Run(parsed.GetValue(rootDemo), cancel));
    }

    private static async Task<int> Run(bool demoAsked, CancellationToken cancel)
    {
        var settings = Settings.FromEnvironment();
        if (settings.Problems.Count > 0)
        {
            return Refuse([.. settings.Problems]);
        }

        var isDemo = demoAsked || (!settings.NamesProviderOrDatabase && !File.Exists(Path.Combine(settings.DataFolder, "relais.db")));
        if (isDemo && settings.ListenOnlyHere() is { } problem)
        {
            return Refuse(problem);
        }

        try
        {
            using var folder = DataFolder.Lock(settings.DataFolder);
            await using var app = ServeHost.Build(settings, folder, isDemo);
            app.Lifetime.ApplicationStarted.Register(() => Banner.Print(settings, isDemo));
            await app.RunAsync(cancel);
            return Environment.ExitCode;
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or FormatException or IOException)
        {
            return Refuse(e.Message);
        }
    }

    /// <summary>Says what has to be mended, a sentence a line, and ends with 1.</summary>
    public static int Refuse(params string[] sentences)
    {
        foreach (var sentence in sentences)
        {
            Console.Error.WriteLine(sentence);
        }

        return 1;
    }

    /// <summary>Opens the configured database for a command that may run beside a server.</summary>
    public static async Task<Database> OpenDatabase(Settings settings, CancellationToken cancel)
    {
        var database = DatabaseAddress.Open(Address(settings));
        await database.Open(cancel);
        return database;
    }

    /// <summary>True where there is a demo and nothing else.</summary>
    public static bool IsDemoOnly(Settings settings) => settings.Database is null && !settings.NamesProviderOrDatabase
        && !File.Exists(Path.Combine(settings.DataFolder, "relais.db")) && File.Exists(Path.Combine(settings.DataFolder, "demo.db"));

    /// <summary>Of the database a server would serve from.</summary>
    public static string Address(Settings settings) =>
        settings.Database ?? $"sqlite:{Path.Combine(settings.DataFolder, IsDemoOnly(settings) ? "demo.db" : "relais.db")}";
}
