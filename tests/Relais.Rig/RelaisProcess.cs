using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Relais.Commands;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Rig;

/// <summary>
/// The real executable in a process of its own, which a test may kill at any moment and start again on the same folder, port
/// and database. The provider lives on in the test's process.
/// </summary>
internal sealed class RelaisProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly TestDatabase database;
    private readonly string folder;
    private readonly bool isGuest;
    private readonly Dictionary<string, string> settings;
    private readonly HttpClient http;
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    /// <param name="database">Which database it works on.</param>
    /// <param name="provider">Its other side of the wire.</param>
    /// <param name="folder">Its data folder, which its owner removes; null makes one of its own.</param>
    /// <param name="listen">Where it listens when that is not where the provider posts.</param>
    public RelaisProcess(TestDatabase database, ProviderHost provider, string? folder, Uri? listen = null)
    {
        this.database = database;
        isGuest = folder is not null;
        this.folder = folder ?? Directory.CreateTempSubdirectory("relais-process-").FullName;
        Provider = provider;
        Facts = new Facts(database);
        settings = provider.Settings(database, this.folder);
        Url = listen ?? provider.Server;
        settings["RELAIS_URLS"] = Url.ToString().TrimEnd('/');
        http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>What it is started with: another of its commands works beside it with the same.</summary>
    public IReadOnlyDictionary<string, string> StartedWith => settings;

    /// <summary>Its data folder.</summary>
    public string Folder => folder;

    /// <summary>Its process id.</summary>
    public int Id => process!.Id;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => process is { HasExited: false };

    public ProviderHost Provider { get; }

    public Facts Facts { get; }

    /// <summary>What the processes wrote so far: the log of whatever went wrong.</summary>
    public string Output => string.Join('\n', output);

    /// <param name="kind">Which database.</param>
    /// <param name="isFirst">True for a server that has to make the schema itself.</param>
    public static async Task<RelaisProcess> Create(DatabaseKind kind, bool isFirst = false) =>
        new(isFirst ? await TestDatabase.CreateEmpty(kind) : await TestDatabase.CreateMigrated(kind), await ProviderHost.Start(), folder: null);

    /// <summary>Its PostgreSQL is reached through <paramref name="wire"/>, which a test may cut.</summary>
    public static async Task<RelaisProcess> Create(CuttableWire wire)
    {
        var created = await Create(DatabaseKind.Postgres);
        created.settings["RELAIS_DATABASE"] = wire.Through(created.database.Address);
        return created;
    }

    /// <summary>Starts it and, unless it is to die on the way, waits until it is ready.</summary>
    /// <param name="crashPoint">Where it is to kill itself, or null.</param>
    /// <param name="awaitReady">False when it cannot become ready.</param>
    public async Task Start(string? crashPoint = null, bool awaitReady = true)
    {
        process = Begun(crashPoint, "serve");
        if (awaitReady)
        {
            await Ready();
        }
    }

    /// <summary>Runs another command with the same settings, beside the server or without it; its exit code.</summary>
    /// <param name="crashPoint">Where it is to kill itself, or null.</param>
    /// <param name="arguments">The command's.</param>
    public async Task<int> Command(string? crashPoint, params string[] arguments)
    {
        using var command = Begun(crashPoint, arguments);
        await command.WaitForExitAsync().WaitAsync(StartLimit);
        return command.ExitCode;
    }

    private Process Begun(string? crashPoint, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "relais"), arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("RELAIS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        // The tests' processes live for seconds: compiling hot methods again would only take the CPU from the next one.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["CRASHPOINT"] = crashPoint;
        var begun = Process.Start(start)!;
        begun.OutputDataReceived += Keep;
        begun.ErrorDataReceived += Keep;
        begun.BeginOutputReadLine();
        begun.BeginErrorReadLine();
        return begun;
    }

    /// <summary>Another setting for the next start.</summary>
    public void Set(string key, string value) => settings[key] = value;

    /// <summary>Gives the first tenant the sample FAQs and orders, beside the running process.</summary>
    public async Task FillSample()
    {
        await using var beside = DatabaseAddress.Open(database.Address);
        await beside.Open(CancellationToken.None);
        using var ids = new Ids(beside);
        var tenantId = await beside.Read(Scope.Directory, tx => tx.QueryFirst<long>("SELECT min(tenant_id) FROM tenant"));
        await new SampleBusiness(beside, ids, new Clock()).Fill(tenantId);
    }

    /// <summary>Changes the database beside the running process, as time would.</summary>
    public async Task Write(string sql)
    {
        await using var beside = DatabaseAddress.Open(database.Address);
        await beside.Open(CancellationToken.None);
        await beside.Write(Scope.Pipeline, tx => tx.Execute(sql));
    }

    /// <summary>Gives somebody a sign-in to the first tenant, beside the running process.</summary>
    public async Task AddPerson(string email, string password)
    {
        await using var beside = DatabaseAddress.Open(database.Address);
        await beside.Open(CancellationToken.None);
        using var ids = new Ids(beside);
        using var passwords = new Passwords();
        await new Provisioning(beside, ids, passwords, new Clock(), Settings.From([])).AddAgent(email, password, "Camille", Roles.Owner, null);
    }

    /// <summary>Waits until it has killed itself.</summary>
    public async Task Died(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await process!.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException("The process did not come to its crash point. " + Output, e);
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM. Returns how long the end took.</summary>
    public async Task<TimeSpan> Terminate()
    {
        var watch = Stopwatch.StartNew();
        await Signal("TERM");
        await process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return watch.Elapsed;
    }

    public int ExitCode => process!.ExitCode;

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Kill();
        }

        process?.Dispose();
        http.Dispose();
        if (isGuest)
        {
            return;
        }

        await Provider.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null && output.Count < 500)
        {
            output.Enqueue(line.Data);
        }
    }

    /// <summary>Waits until it takes and does work.</summary>
    public Task Ready(TimeSpan? within = null) => Eventually.Holds(IsReady, "the server is ready", within ?? StartLimit);

    /// <summary>Sends a signal by its name, e.g. STOP.</summary>
    public async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> IsReady()
    {
        if (process!.HasExited)
        {
            throw new InvalidOperationException($"The server ended with {process.ExitCode} instead of starting. {Output}");
        }

        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }
}
