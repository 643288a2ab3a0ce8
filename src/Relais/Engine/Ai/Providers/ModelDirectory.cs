using System.Security.Cryptography;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// Who is asked in each tenant's turns, in memory with keys opened: the tenant's models in their order, else those of the operator's environment, else the built-in
/// agent alone. Read at start, after each change here, and every few seconds for what other nodes changed: a turn costs no query for it.
/// </summary>
internal sealed class ModelDirectory : IDisposable
{
    private readonly Database database;
    private readonly Secrets secrets;
    private readonly ModelClients clients;
    private readonly IReadOnlyList<Model> operators;
    private readonly IReadOnlyDictionary<string, Uri> addresses;
    private volatile Dictionary<long, TenantModels> tenants = [];

    public ModelDirectory(Database database, Secrets secrets, ModelClients clients, Settings settings)
    {
        this.database = database;
        this.secrets = secrets;
        this.clients = clients;
        addresses = EnvironmentModels.Addresses(settings);
        operators = [.. EnvironmentModels.Of(settings).Select(Connect)];
    }

    /// <summary>Raised when a tenant's models changed.</summary>
    public Signal Changed { get; } = new();

    public bool IsLoaded { get; private set; }

    /// <summary>In the order they are tried; empty when the built-in agent answers alone.</summary>
    public IReadOnlyList<Model> Of(long tenantId) => tenants.GetValueOrDefault(tenantId)?.Models ?? operators;

    public async Task Load(CancellationToken cancel)
    {
        var (rows, redacting) = await database.Read(Scope.Directory, async tx => (await ModelStore.Enabled(tx), (await ModelStore.Redacting(tx)).ToHashSet()), cancel);
        var old = tenants;

        // The operator's models are everybody's: a tenant that wants placeholders gets its own way to them.
        var setups = rows.GroupBy(r => r.TenantId).ToDictionary(g => g.Key, g => g.Select(Setup).ToList());
        foreach (var tenant in redacting)
        {
            setups[tenant] = (setups.GetValueOrDefault(tenant) ?? [.. operators.Select(m => m.Setup)]).ConvertAll(s => s with { Redacts = true });
        }

        tenants = setups.ToDictionary(t => t.Key, t => new TenantModels(
            [.. t.Value.Select(setup => Kept(old.GetValueOrDefault(t.Key), setup) ?? Connect(setup))]));
        IsLoaded = true;
    }

    public void Dispose() => Changed.Dispose();

    /// <summary>The same configuration keeps its connection and how it fared.</summary>
    private static Model? Kept(TenantModels? old, ModelSetup setup) => old?.Models.FirstOrDefault(m => m.Setup == setup);

    private Model Connect(ModelSetup setup) => new(
        setup, setup.Redacts ? new RedactingChatClient(clients.Connect(setup)) : clients.Connect(setup), TimeProvider.System);

    private ModelSetup Setup(StoredModel row) => new(
        row.Provider, row.Model,
        row.BaseUrl is null ? addresses[row.Provider] : new Uri(row.BaseUrl),
        Open(row),
        row.TemperatureMilli / 1000.0, row.PriceIn, row.PriceOut, IsTenants: row.BaseUrl is not null)
    {
        ReadsImages = ReadsImages(row),
    };

    public static bool ReadsImages(StoredModel row) => row.ReadsImages is { } told ? told != 0 : ModelCatalogue.ReadsImages(row.Model);

    /// <summary>A key sealed under another key file is as good as none: the provider refuses, and the error log tells.</summary>
    private string? Open(StoredModel row)
    {
        try
        {
            return row.Key is null ? null : secrets.Open(row.Key, ModelStore.KeyPlace(row.TenantId, row.Id));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record TenantModels(IReadOnlyList<Model> Models);
}

/// <summary>Keeps the directory fresh.</summary>
internal sealed class ModelRefresher(ModelDirectory directory, Voice.TranscriptionDirectory voices, ILogger<ModelRefresher> log) : Worker(log)
{
    protected override async Task<bool> Round(CancellationToken stopping)
    {
        await directory.Load(stopping);
        await voices.Load(stopping);
        return false;
    }

    protected override Task Idle(CancellationToken stopping) => directory.Changed.Wait(TimeSpan.FromSeconds(5), stopping);
}
