using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Relais.Bench.Systems;

/// <summary><c>relais serve</c> with 41 FAQs, as the yardsticks have.</summary>
internal sealed class RelaisSystem(BenchOptions options, Scratch scratch, Postgres? postgres) : IBenchSystem
{
    private const string Owner = "bench@example.com";

    public string Name => "relais-" + Database;

    public SystemKind Kind => SystemKind.Relais;

    public string Database => postgres is null ? "sqlite" : "postgres";

    public Task Prepare(CancellationToken cancel) => Task.CompletedTask;

    public async Task<Running> Start(Uri provider, CancellationToken cancel)
    {
        var folder = scratch.New(Name);
        var own = new Uri($"http://127.0.0.1:{Scratch.FreePort()}");
        var database = postgres is null ? null : await postgres.Create("relais");
        var settings = new Dictionary<string, string>
        {
            ["RELAIS_URLS"] = own.GetLeftPart(UriPartial.Authority), ["RELAIS_DATA"] = folder, ["RELAIS_LOG"] = "warning",
            ["RELAIS_QUIET_MS"] = "0", ["RELAIS_SEND_RATE"] = "0", ["RELAIS_ANSWERS_PER_MINUTE"] = "0",

            // The yardsticks send none, and each is a call to the provider beside the reply's.
            ["RELAIS_READ_RECEIPTS"] = "off", ["RELAIS_META_URL"] = provider.GetLeftPart(UriPartial.Authority),
            ["RELAIS_DATABASE"] = database?.Url ?? $"sqlite:{Path.Combine(folder, "relais.db")}",
            ["WHATSAPP_PHONE_NUMBER_ID"] = BenchSecrets.PhoneNumberId, ["WHATSAPP_APP_SECRET"] = BenchSecrets.App,
            ["WHATSAPP_ACCESS_TOKEN"] = "bench", ["WHATSAPP_WEBHOOK_VERIFY_TOKEN"] = "bench", ["WHATSAPP_BUSINESS_ACCOUNT_ID"] = BenchSecrets.BusinessAccountId,
        };
        await Shell.Run(folder, settings, cancel, options.Relais, "user", "add", "--email", Owner, "--password", "bench-password-1", "--name", "Bench", "--tenant", "Bench");
        var token = (await Shell.Run(folder, settings, cancel, options.Relais, "token", "--for", Owner)).Trim();
        var server = Pinned.Start(Cores.Server, folder, settings, options.Relais, "serve");
        List<IAsyncDisposable> owned = database is null ? [server] : [database, server];
        var processes = new Dictionary<string, int> { ["server"] = server.Id };
        if (postgres is not null)
        {
            processes["database"] = postgres.Id;
        }

        var running = new Running(new Uri(own, "/api/whatsapp/webhook"), processes, owned);
        try
        {
            await server.Answers(new Uri(own, "/health/ready"), 200, cancel);
            await AddFaqs(own, token, cancel);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    private static async Task AddFaqs(Uri own, string token, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = own };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        for (var i = 0; i < 40; i++)
        {
            await Add($"Quel est le prix de l'article {i} ?", $"L'article {i} coûte {i + 10} euros.");
        }

        await Add("Quels sont vos horaires ?", "Nous sommes ouverts du lundi au samedi, de 9 h à 19 h.");

        async Task Add(string question, string answer)
        {
            using var made = await http.PostAsJsonAsync("/api/faqs", new { question, answer }, cancel);
            made.EnsureSuccessStatusCode();
        }
    }
}
