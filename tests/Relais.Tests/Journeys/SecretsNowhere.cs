using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Relais.Backups;
using Relais.Commands;
using Relais.Foundation;
using Relais.Simulator;
using Relais.Storage;
using Relais.Tests.Engine.OwnTools;
using Relais.Tests.Support;
using Relais.Tests.Tenants.Entry;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>
/// Every secret there is goes in by its own door, a customer writes, the key is rotated; then nothing that lies on a disk holds one of
/// them in any writing: the database with its write-ahead log, a dump of PostgreSQL, a readable backup, the data folder, the log at its most detailed.
/// </summary>
public sealed partial class SecretsNowhere
{
    /// <summary>
    /// Where secrets are sealed, how often it is said there, and which columns they end up in. A new one fails the tests below until its column stands
    /// here and <see cref="Entered"/> puts a secret into it.
    /// </summary>
    private static readonly (string File, int Times, string[] Columns)[] Sealed =
    [
        ("Desk/Orders/OrderCourierApi.cs", 1, ["order_courier.secret"]),
        ("Engine/Ai/Providers/ModelApi.cs", 1, ["ai_model.sealed_key"]),
        ("Engine/Ai/Voice/TranscriptionApi.cs", 1, ["ai_transcription.sealed_key"]),
        ("Engine/OwnTools/HttpTool.cs", 2, []), // What the next three call.
        ("Engine/OwnTools/HttpToolApi.cs", 1, ["ai_tool.headers"]),
        ("Engine/OwnTools/McpServerApi.cs", 1, ["ai_mcp_server.headers"]),
        ("Engine/OwnTools/OrderLookupApi.cs", 1, ["order_lookup.headers"]),
        ("Health/Alerts/AlertApi.cs", 1, ["tenant.alert_secret"]),
        ("Inboxes/InboxConnecting.cs", 8, ["inbox.access_token", "provider_connection.secret", "provider_connection.verify_token"]),
        ("Inboxes/InboxStore.cs", 6, ["inbox.access_token", "inbox.callback_token", "provider_connection.secret", "provider_connection.verify_token"]),
        ("Knowledge/Embeddings/EmbeddingApi.cs", 1, ["embedding_model.sealed_key"]),
        ("Subscriptions/SubscriptionApi.cs", 2, ["subscription.secret", "subscription.old_secret"]),
        ("Tenants/Entry/Oidc/OidcApi.cs", 1, []), // A browser's cookie, kept nowhere.
        ("Tenants/Entry/Oidc/OidcTry.cs", 2, []),
        ("Tenants/Entry/TotpApi.cs", 1, ["totp.secret"]),
        ("Tenants/Entry/TotpCheck.cs", 2, []),
    ];

    [Theory, OnEveryDatabase]
    public async Task No_secret_is_readable_in_the_database_a_dump_a_backup_or_the_log(DatabaseKind kind)
    {
        const string seen = "Zanzibarquokka 7f3a";
        var studio = Made("studio");
        var log = new EveryLine();
        await using var relais = await RelaisHost.Start(
            kind, new() { ["RELAIS_LOG"] = "debug", ["RELAIS_STUDIO_TOKEN"] = studio }, services => services.AddSingleton<ILoggerProvider>(log));
        var number = new SimulatedNumber(SimulatedChannel.Meta, "777000111", "+33100000077", "888000222", Made("app_secret"), Made("access_token"), relais.Meta.WebhookUrl, "Boutique");
        relais.Simulator.Connect(number);
        var canaries = await Entered(relais, number);
        canaries.Add(new Canary("studio", studio));
        canaries.AddRange(KeyRing.FromFile(relais.Settings.KeyFile).All.Select(key => new Canary("the key before", key.Bytes)));

        var customer = relais.Chat(number, "+33611110901");
        await customer.Says($"Bonjour, {seen}");
        await Eventually.Holds(() => Task.FromResult(customer.Answers.Count > 0), "the customer is answered");
        (await Columns(relais)).ShouldBe([.. Sealed.SelectMany(s => s.Columns).Distinct().Order(StringComparer.Ordinal)], "every kind of secret was entered");
        await new Rotation(relais.Database, relais.Settings.KeyFile, _ => { }).Run(TimeSpan.FromMilliseconds(50), keepOld: false, CancellationToken.None);
        canaries.AddRange(KeyRing.FromFile(relais.Settings.KeyFile).All.Select(key => new Canary("the key", key.Bytes)));
        await customer.Says("Vous êtes là ?");
        await Eventually.Holds(() => Task.FromResult(customer.Answers.Count > 1), "the customer is answered under the new key");

        // What a customer wrote is found in all of them: so would a secret be.
        var written = new Canary("what the customer wrote", Encoding.UTF8.GetBytes(seen));
        var places = new Dictionary<string, byte[]>
        {
            ["database"] = kind == DatabaseKind.Sqlite ? await Files(Path.GetDirectoryName(relais.Settings.Database!["sqlite:".Length..])!) : await Dump(relais),
            ["backup"] = await BackedUp(relais),
        };
        places.Where(p => !written.IsIn(p.Value)).Select(p => p.Key).ShouldBeEmpty();
        places["data folder"] = await Files(relais.Settings.DataFolder);
        places["log"] = Encoding.UTF8.GetBytes(string.Join('\n', log.Lines));
        log.Lines.ShouldContain(line => line.StartsWith(nameof(LogLevel.Debug), StringComparison.Ordinal), "it is the most detailed one");
        await relais.StopServer();
        places["closed database"] = kind == DatabaseKind.Sqlite ? await Files(Path.GetDirectoryName(relais.Settings.Database!["sqlite:".Length..])!) : [];
        (from place in places from canary in canaries where canary.IsIn(place.Value) select $"{canary.Name} is in the {place.Key}").ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_seals_in_a_new_place_has_a_secret_looked_for()
    {
        var root = Path.Combine(Repository.Root, "src", "Relais");
        var said = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(root, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
            .Where(f => !f.Path.StartsWith("bin/", StringComparison.Ordinal) && !f.Path.StartsWith("obj/", StringComparison.Ordinal)
                && !f.Path.StartsWith("Simulator/", StringComparison.Ordinal) && f.Path != "Foundation/Secrets.cs")
            .Select(f => $"{f.Path} {Sealing().Count(f.Text)}").Where(line => !line.EndsWith(" 0", StringComparison.Ordinal));
        said.Order(StringComparer.Ordinal).ShouldBe(Sealed.Select(s => $"{s.File} {s.Times}").Order(StringComparer.Ordinal), "name its column in Sealed, and enter a secret there");
    }

    [Theory]
    [InlineData("as it is", "a+b/c'<canary>&9")]
    [InlineData("base64", "YStiL2MnPGNhbmFyeT4mOQ==")]
    [InlineData("base64 behind one byte", "eGErYi9jJzxjYW5hcnk+Jjk=")]
    [InlineData("base64 behind two bytes", "eHhhK2IvYyc8Y2FuYXJ5PiY5")]
    [InlineData("hex", "612b622f63273c63616e6172793e2639")]
    [InlineData("HEX", "612B622F63273C63616E6172793E2639")]
    [InlineData("JSON", """a\u002Bb/c\u0027\u003Ccanary\u003E\u00269""")]
    [InlineData("an address", "a%2Bb%2Fc%27%3Ccanary%3E%269")]
    public void A_secret_is_found_in_every_writing(string writing, string text)
    {
        var canary = new Canary(writing, "a+b/c'<canary>&9");
        canary.IsIn(Encoding.ASCII.GetBytes($"…{text}…")).ShouldBeTrue();
        canary.IsIn(Encoding.ASCII.GetBytes($"…{text.Replace('9', '8').Replace("jk", "jg", StringComparison.Ordinal).Replace("mO", "mM", StringComparison.Ordinal).Replace("Y5", "Y4", StringComparison.Ordinal)}…")).ShouldBeFalse();
    }

    [GeneratedRegex(@"\bSeal\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sealing();

    private static string Made(string name) => Secrets.NewToken($"{name.Replace(' ', '-')}-canary-");

    /// <summary>Every secret by its own door, with an Idempotency-Key wherever one is taken: what is answered once may not be kept to be answered again.</summary>
    private static async Task<List<Canary>> Entered(RelaisHost relais, SimulatedNumber number)
    {
        var canaries = new List<Canary>();
        string New(string name)
        {
            var text = Made(name);
            canaries.Add(new Canary(name, text));
            return text;
        }

        Dictionary<string, string> Header(string name) => new() { ["X-Key"] = New(name) };
        void Shown(string name, string text) => canaries.Add(new Canary(name, text.Length > 15 ? text : throw new InvalidOperationException($"{name} was not shown: {text}")));

        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Karim", "agent");
        canaries.AddRange([new Canary("app secret", number.Secret), new Canary("access token", number.AccessToken)]);
        (await desk.Post("/api/inboxes", new
        {
            channel = "meta", name = number.Name, phone_number_id = number.Address, business_account_id = number.Account,
            access_token = number.AccessToken, app_secret = number.Secret, verify_token = New("verify token"),
        }, "k1")).Ok();
        (await desk.Put("/api/ai/models", new { models = new[] { new { provider = "openai_compatible", model = "m", base_url = "https://models.invalid/v1", key = New("model key") } } }, "k2")).Ok();
        (await desk.Put("/api/ai/transcription", new { model = "w", base_url = "https://voice.invalid/v1", key = New("transcription key") }, "k3")).Ok();
        (await desk.Put("/api/knowledge/embeddings", new { model = "e", base_url = "https://meanings.invalid/v1", key = New("embedding key") }, "k4")).Ok();
        (await desk.Post("/api/ai/tools", OwnToolStage.Tool("points", "https://shop.invalid/points/{card}", headers: Header("tool header")), "k5")).Ok();
        (await desk.Post("/api/ai/mcp-servers", new { name = "town", url = "https://town.invalid/mcp", headers = Header("MCP header"), tools = new Dictionary<string, string>() }, "k6")).Ok();
        (await desk.Put("/api/orders/lookup", new { url = "https://shop.invalid/orders/{number}", headers = Header("order lookup header") }, "k7")).Ok();
        Shown("courier secret", (await desk.Post("/api/orders/courier", key: "k8")).Ok().Text("secret"));
        Shown("alert secret", (await desk.Patch("/api/alerts", new { alert_url = "https://alerts.invalid/" }, "k9")).Ok().Text("alert_secret"));
        var webhook = (await desk.Post("/api/subscriptions", new { url = "https://hooks.invalid/", events = new[] { "message.received" } }, "k10")).Ok();
        Shown("webhook secret before", webhook.Text("secret"));
        Shown("webhook secret", (await desk.Post($"/api/subscriptions/{webhook.Text("id")}/rotate-secret", key: "k11")).Ok().Text("secret"));

        // Kept as hashes.
        canaries.Add(new Canary("password", DeskClient.Password));
        Shown("session", desk.Token);
        Shown("API key", (await desk.Post("/api/api-keys", new { name = "scripts" }, "k12")).Ok().Text("token"));
        Shown("reset link", (await desk.Post($"/api/agents/{agent.AgentId}/reset-link", key: "k13")).Ok().Text("url").Split('#')[1]);
        Shown("invitation", (await desk.Post("/api/agents", new { email = "new@desk.example" }, "k14")).Ok().Text("invitation_url").Split('#')[1]);

        var (secret, codes) = await relais.SetUpApp(agent);
        Shown("authenticator secret", secret);
        canaries.Add(new Canary("authenticator secret's bytes", EntryStage.Bytes(secret)));
        codes.ForEach(code => Shown("recovery code", code));
        using var nobody = DeskClient.WithoutCookies(relais);
        var ticket = await nobody.TicketFor("karim@desk.example");
        Shown("ticket", ticket);
        (await nobody.Code(ticket, "000000")).Status.ShouldBe(401);
        return canaries;
    }

    /// <summary>The columns in which something sealed stands.</summary>
    private static async Task<List<string>> Columns(RelaisHost relais)
    {
        var found = new List<string>();
        await relais.Database.Snapshot(async connection =>
        {
            foreach (var table in await TableReading.Tables(connection, relais.Database.Dialect))
            {
                foreach (var column in table.Columns.Where(c => c.Kind == CellKind.Text))
                {
                    if (await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM \"{table.Name}\" WHERE \"{column.Name}\" LIKE '{Secrets.Mark}%'") > 0)
                    {
                        found.Add($"{table.Name}.{column.Name}");
                    }
                }
            }
        }, CancellationToken.None);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>The bytes of all files in there but the key's, which is what it is, and the lock's, which is empty.</summary>
    private static async Task<byte[]> Files(string folder)
    {
        using var all = new MemoryStream();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(p => Path.GetExtension(p) is not (".key" or ".lock")))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await file.CopyToAsync(all);
        }

        return all.ToArray();
    }

    private static async Task<byte[]> BackedUp(RelaisHost relais)
    {
        var path = Path.Combine(Path.GetTempPath(), $"relais-{Guid.NewGuid():N}.backup");
        await BackupCommand.Write(
            new InstallationDoor(relais.Settings, relais.Database, Path.Combine(relais.Settings.DataFolder, "media")), path, null, withKey: false, withMedia: true, CancellationToken.None);
        using var all = new MemoryStream();
        await using (var unzipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        {
            await unzipped.CopyToAsync(all);
        }

        File.Delete(path);
        return all.ToArray();
    }

    /// <summary>As pg_dump writes it; without it the test is skipped, visibly.</summary>
    private static async Task<byte[]> Dump(RelaisHost relais)
    {
        var at = new NpgsqlConnectionStringBuilder(relais.SuperuserConnection);
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse().Select(v => Path.Combine(v, "bin")) : []);
        if (places.Select(folder => Path.Combine(folder, "pg_dump")).FirstOrDefault(File.Exists) is not { } program)
        {
            Assert.Skip("pg_dump is not on this machine.");
            return [];
        }

        using var process = Process.Start(new ProcessStartInfo(program, ["-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, at.Database!]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var all = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(all);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return all.ToArray();
    }

    /// <summary>Keeps every line with what it was made of.</summary>
    private sealed class EveryLine : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"scope {Parts(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {Parts(state)} {exception}");

        public void Dispose()
        {
        }

        private static string Parts(object? state) => state is IEnumerable<KeyValuePair<string, object?>> parts ? string.Join(' ', parts.Select(p => p.Value)) : $"{state}";
    }
}
