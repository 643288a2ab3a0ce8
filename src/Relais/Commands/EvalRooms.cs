using Relais.Engine.Simulations;
using Relais.Engine.Simulations.Cases;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commands;

/// <summary>The rooms without the server: what answers customers, to be asked by a command. No worker runs and no port is opened.</summary>
internal sealed class EvalRooms : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string? scratch;

    private EvalRooms(ServiceProvider services, string? scratch) => (this.services, this.scratch) = (services, scratch);

    /// <param name="settings">Of the environment.</param>
    /// <param name="ownDemo">True: a fresh demo in a folder of its own, thrown away afterwards.</param>
    /// <param name="cancel">Ends the opening.</param>
    public static async Task<EvalRooms> Open(Settings settings, bool ownDemo, CancellationToken cancel)
    {
        var hasOwn = settings.Database is not null || File.Exists(Path.Combine(settings.DataFolder, "relais.db"));
        var hasDemo = File.Exists(Path.Combine(settings.DataFolder, "demo.db"));
        var made = ownDemo || (!hasOwn && !hasDemo) ? Directory.CreateTempSubdirectory("relais-eval-").FullName : null;
        var all = ServeHost.Rooms(settings, DataFolder.Beside(made ?? settings.DataFolder), demo: made is not null || !hasOwn);
        if (made is not null)
        {
            // Its rows are sealed with a key that goes with it.
            all.AddSingleton(_ => Secrets.FromFile(Path.Combine(made, "key")));
        }

        var rooms = new EvalRooms(all.BuildServiceProvider(), made);
        await rooms.Get<Database>().Open(cancel);
        await rooms.Get<Migrator>().Run(cancel);
        if (made is not null)
        {
            await rooms.Get<Demo>().SeedBusiness(cancel);
        }

        return rooms;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>By name; null takes the first there is.</summary>
    public async Task<long?> FindTenant(string? name, CancellationToken cancel) => await Get<Database>().Read(
        Scope.Directory, tx => name is null ? TenantStore.LowestId(tx) : TenantStore.IdByName(tx, name), cancel) is > 0 and var id ? id : null;

    public async Task<IReadOnlyList<SimulationCase>> StoredCases(long tenantId, CancellationToken cancel) =>
        [.. (await Get<Database>().Read(Scope.Tenant(tenantId), tx => CaseStore.All(tx, tenantId), cancel)).Select(c => CaseReader.One(c.Yaml))];

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (scratch is not null)
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
