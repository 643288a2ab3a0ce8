using System.CommandLine;

namespace Relais.Bench.Ceiling;

/// <summary><c>relais-bench endpoint store|light</c>: the least that could do the work, to see how far above it Relais is.</summary>
internal static class EndpointCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("what") { Description = "store: check and commit. light: check, commit, answer, commit." };
        what.AcceptOnlyFromAmong("store", "light");
        var url = new Option<string>("--url") { Required = true };
        var database = new Option<string>("--database") { Description = "A SQLite file, or an Npgsql connection string.", Required = true };
        var provider = new Option<string>("--provider") { DefaultValueFactory = _ => "http://127.0.0.1:9100" };
        var command = new Command("endpoint", "The bare endpoints of --ceiling.") { what, url, database, provider };
        command.Hidden = true;
        command.SetAction((parsed, cancel) => Serve(
            parsed.GetValue(what)!, parsed.GetValue(url)!, parsed.GetValue(database)!, new Uri(parsed.GetValue(provider)!), cancel));
        return command;
    }

    private static async Task<int> Serve(string what, string url, string database, Uri provider, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.MapGet("/health", () => "ok");
        var isPostgres = database.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        if (what == "light")
        {
            // It lives as long as the process.
            var pipeline = await LightPipeline.Start(database, provider, cancel);
            app.MapPost("/webhook", pipeline.Receive);
        }
        else
        {
            var bodies = isPostgres ? await PostgresBodies.Start(database, cancel) : SqliteBodies.Start(database);
            app.MapPost("/webhook", http => Signed.Take(http, bodies));
        }

        await app.StartAsync(cancel);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
