namespace Relais.Bench.Systems;

/// <summary>What the machine allows: <c>relais-bench endpoint</c>, this program in a process of its own.</summary>
internal sealed class EndpointSystem(Scratch scratch, SystemKind kind, Postgres? postgres) : IBenchSystem
{
    public string Name => (kind == SystemKind.Light ? "light-" : "ceiling-") + Database;

    public SystemKind Kind => kind;

    public string Database => postgres is null ? "sqlite" : "postgres";

    public Task Prepare(CancellationToken cancel) => Task.CompletedTask;

    public async Task<Running> Start(Uri provider, CancellationToken cancel)
    {
        var folder = scratch.New(Name);
        var own = new Uri($"http://127.0.0.1:{Scratch.FreePort()}");
        var database = postgres is null ? null : await postgres.Create("ceiling");
        var server = Pinned.Start(
            Cores.Server, folder, new Dictionary<string, string>(), Environment.ProcessPath!, "endpoint", kind == SystemKind.Light ? "light" : "store",
            "--url", own.GetLeftPart(UriPartial.Authority), "--database", database?.Connection ?? Path.Combine(folder, "ceiling.db"),
            "--provider", provider.GetLeftPart(UriPartial.Authority));
        List<IAsyncDisposable> owned = database is null ? [server] : [database, server];
        var processes = new Dictionary<string, int> { ["server"] = server.Id };
        if (postgres is not null)
        {
            processes["database"] = postgres.Id;
        }

        await server.Answers(new Uri(own, "/health"), 200, cancel);
        return new Running(new Uri(own, "/webhook"), processes, owned);
    }
}
