using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relais.Commands;
using Relais.Foundation;
using Relais.Health;
using Relais.Simulator;

namespace Relais.Tests.Support;

/// <summary>
/// The whole server on a real socket with a fresh database, and the simulator as its provider on a socket of its own, so that
/// the server can be stopped and started again while phones and provider go on. It serves the sample business (FAQs, orders).
/// </summary>
internal sealed class RelaisHost : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly string folder = Directory.CreateTempSubdirectory("relais-host-").FullName;
    private readonly Dictionary<string, string> values;
    private readonly Action<IServiceCollection>? extra;
    private readonly WebApplication provider;
    private WebApplication? app;
    private DataFolder? locked;

    private RelaisHost(TestDatabase database, Dictionary<string, string> values, Action<IServiceCollection>? extra, WebApplication provider)
    {
        this.database = database;
        this.values = values;
        this.extra = extra;
        this.provider = provider;
        Url = new Uri(values["RELAIS_URLS"] + "/");
        Simulator = provider.Services.GetRequiredService<SimulatorHub>();
        Meta = new SimulatedNumber(SimulatedChannel.Meta, "100000000000001", "+33100000001", "waba-test", "app-secret", "meta-token",
            new Uri(Url, "api/whatsapp/webhook"), "Test");
        Twilio = new SimulatedNumber(SimulatedChannel.Twilio, "+33100000002", "+33100000002", "ACtest", "auth-token", "auth-token",
            new Uri(Url, "api/whatsapp/webhook/incoming"), "Test");
        Simulator.Connect(Meta);
        Simulator.Connect(Twilio);
        Http = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    public SimulatorHub Simulator { get; }

    /// <summary>The business's number at Meta.</summary>
    public SimulatedNumber Meta { get; }

    /// <summary>The business's number at Twilio.</summary>
    public SimulatedNumber Twilio { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => app!.Services;

    public Clock Clock => Services.GetRequiredService<Clock>();

    /// <summary>PostgreSQL only: the server's database as its superuser sees it.</summary>
    public string SuperuserConnection => new Npgsql.NpgsqlConnectionStringBuilder(TestDatabase.Postgres)
    {
        Database = database.Address[(database.Address.LastIndexOf('/') + 1)..],
        Pooling = false,
    }.ConnectionString;

    public Relais.Storage.Database Database => Services.GetRequiredService<Relais.Storage.Database>();

    /// <param name="kind">Which database.</param>
    /// <param name="settings">More settings, by their environment names.</param>
    /// <param name="extra">Services to replace, e.g. the model.</param>
    public static async Task<RelaisHost> Start(
        DatabaseKind kind, Dictionary<string, string>? settings = null, Action<IServiceCollection>? extra = null)
    {
        var providerUrl = $"http://127.0.0.1:{FreePort()}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(providerUrl);
        builder.Logging.ClearProviders();
        builder.Services.AddSimulator();
        var simulator = builder.Build();
        simulator.MapSimulator();
        await simulator.StartAsync();

        var url = $"http://127.0.0.1:{FreePort()}";
        var store = await TestDatabase.CreateEmpty(kind);
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RELAIS_URLS"] = url, ["RELAIS_PUBLIC_URL"] = url, ["RELAIS_DATABASE"] = store.Address, ["RELAIS_LOG"] = "error",
            ["RELAIS_QUIET_MS"] = "50", ["RELAIS_META_URL"] = providerUrl + "/simulator/graph",
            ["RELAIS_TWILIO_URL"] = providerUrl + "/simulator/twilio", ["WHATSAPP_PHONE_NUMBER_ID"] = "100000000000001",
            ["WHATSAPP_BUSINESS_ACCOUNT_ID"] = "waba-test", ["WHATSAPP_APP_SECRET"] = "app-secret", ["WHATSAPP_ACCESS_TOKEN"] = "meta-token",
            ["WHATSAPP_WEBHOOK_VERIFY_TOKEN"] = "verify-token", ["TWILIO_ACCOUNT_SID"] = "ACtest", ["TWILIO_AUTH_TOKEN"] = "auth-token",
            ["TWILIO_WHATSAPP_NUMBER"] = "whatsapp:+33 1 00 00 00 02",
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var host = new RelaisHost(store, all, extra, simulator);
        await host.StartServer();
        await host.Services.GetRequiredService<SampleBusiness>().Fill(
            await host.Database.Read(Storage.Scope.Directory, tx => tx.QueryFirst<long>("SELECT min(tenant_id) FROM tenant")));
        return host;
    }

    public async Task StartServer()
    {
        values["RELAIS_DATA"] = folder;
        locked = DataFolder.Lock(folder);
        app = ServeHost.Build(Settings.From(values), locked, demo: false, extra);
        await app.StartAsync();
        await Eventually.Holds(() => Task.FromResult(Services.GetRequiredService<WorkHealth>().IsStarted), "the server starts");
    }

    /// <summary>As SIGTERM would.</summary>
    public async Task StopServer()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
        locked!.Dispose();
        app = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await StopServer();
        }

        Http.Dispose();
        await provider.StopAsync();
        await provider.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Waits for something that becomes true by itself. The bound is generous: machines are shared.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var until = Environment.TickCount64 + (long)(within ?? TimeSpan.FromSeconds(30)).TotalMilliseconds;
        while (!await condition())
        {
            if (Environment.TickCount64 > until)
            {
                throw new TimeoutException($"It did not come true in time that {what}.");
            }

            await Task.Delay(20);
        }
    }
}
