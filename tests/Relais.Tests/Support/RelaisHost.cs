using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Relais.Commands;
using Relais.Foundation;
using Relais.Health;
using Relais.Knowledge;
using Relais.Simulator;

namespace Relais.Tests.Support;

/// <summary>
/// The whole server on a real socket with a fresh database, and the simulator as its provider on a socket of its own, so that
/// the server can be stopped and started again while phones and provider go on. It serves the sample business (FAQs, orders).
/// </summary>
internal sealed class RelaisHost : IAsyncDisposable
{
    private TestDatabase database;
    private string folder;
    private readonly Dictionary<string, string> values;
    private readonly Action<IServiceCollection>? extra;
    private readonly ProviderHost provider;
    private WebApplication? app;
    private DataFolder? locked;

    private RelaisHost(
        TestDatabase database, string folder, Dictionary<string, string> values, Action<IServiceCollection>? extra, ProviderHost provider)
    {
        this.database = database;
        this.folder = folder;
        this.values = values;
        this.extra = extra;
        this.provider = provider;
        Http = new HttpClient { BaseAddress = provider.Server };
        Facts = new Facts(database);
    }

    public Uri Url => provider.Server;

    public SimulatorHub Simulator => provider.Simulator;

    /// <summary>Where the simulator is; the phone page is at <c>/simulator</c>.</summary>
    public string SimulatorUrl => provider.Url;

    /// <summary>The business's number at Meta.</summary>
    public SimulatedNumber Meta => provider.Meta;

    /// <summary>The business's number at Twilio.</summary>
    public SimulatedNumber Twilio => provider.Twilio;

    public HttpClient Http { get; }

    /// <summary>What the database really holds, read beside the server.</summary>
    public Facts Facts { get; private set; }

    /// <summary>What it was started with.</summary>
    public Settings Settings => Settings.From(values);

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
        var phones = await ProviderHost.Start();
        var store = await TestDatabase.CreateMigrated(kind);
        var data = Directory.CreateTempSubdirectory("relais-host-").FullName;
        var all = phones.Settings(store, data);
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var host = new RelaisHost(store, data, all, extra, phones);
        await host.StartServer();
        await host.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute("UPDATE tenant SET name = @Name", new { SampleBusiness.Name }));
        await host.Services.GetRequiredService<SampleBusiness>().Fill(
            await host.Database.Read(Relais.Storage.Scope.Directory, tx => tx.QueryFirst<long>("SELECT min(tenant_id) FROM tenant")));
        return host;
    }

    /// <summary>The stopped server is to serve from another database and folder, which it owns from now on.</summary>
    public async Task MoveTo(TestDatabase other, string otherFolder)
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        (database, folder, Facts) = (other, otherFolder, new Facts(other));
        (values["RELAIS_DATABASE"], values["RELAIS_DATA"]) = (other.Address, otherFolder);
    }

    public async Task StartServer()
    {
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

    /// <summary>A customer's chat with one of the business's numbers.</summary>
    public ChatScript Chat(SimulatedNumber number, string from) => new(this, number, from);

    /// <summary>Waits until nothing is left to do, here or at the provider.</summary>
    public async Task Settled(TimeSpan? within = null)
    {
        await Simulator.Quiet();
        await Eventually.Holds(async () => (await Facts.Unfinished()).Count == 0, "all work is done", within);
        await Simulator.Quiet();
        await Eventually.Holds(async () => (await Facts.Unfinished()).Count == 0, "all work is done", within);
    }

    /// <summary>As a person of the business would add it.</summary>
    public async Task AddFaq(string question, string answer)
    {
        var tenantId = await Facts.Count("SELECT min(tenant_id) FROM tenant");
        var id = await Services.GetRequiredService<Relais.Storage.Ids>().One();
        await Database.Write(Relais.Storage.Scope.Tenant(tenantId), tx => FaqStore.Insert(
            tx, new Faq { TenantId = tenantId, Id = id, Question = question, Answer = answer }));
    }

    /// <summary>Draws the ledger and expects every line of it to be zero.</summary>
    public async Task IsInOrder()
    {
        var ledger = await Ledger.Draw(provider, Facts, TimeSpan.FromSeconds(30));
        if (!ledger.IsClean || ledger.Uncertain.Count > 0)
        {
            throw new InvalidOperationException(ledger.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await StopServer();
        }

        Http.Dispose();
        await provider.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
