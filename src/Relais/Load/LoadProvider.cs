using Relais.Simulator;

namespace Relais.Load;

/// <summary>
/// The provider of a run: the simulator's own endpoints with its checks, in this process so that one clock times both ends. Any
/// token may send, and the 24-hour window is not looked at, since every send answers a customer who just wrote.
/// </summary>
internal sealed class LoadProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private long others;
    private long refused;
    private long taken;

    private LoadProvider(WebApplication app)
    {
        this.app = app;
        Hub = app.Services.GetRequiredService<SimulatorHub>();
    }

    public SimulatorHub Hub { get; }

    /// <summary>Where it listens: the port it got, when it was asked for port 0.</summary>
    public Uri Url => new(app.Urls.First());

    /// <summary>Sends that were answered with an error, or not at all.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Calls answered well that sent nothing: read receipts and typing.</summary>
    public long Others => Interlocked.Read(ref others) - Interlocked.Read(ref taken);

    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<LoadProvider> Start(LoadOptions options, Action<Receipt> accepted, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Provider.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Services.AddSimulator();

        // A hanging send must not hold up the end of the run.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var built = builder.Build();
        var provider = new LoadProvider(built);
        built.Use(provider.Count);
        built.MapProviders();
        var hub = provider.Hub;
        hub.AcceptsAnyToken = true;
        hub.EnforceWindow = false;
        hub.Statuses = StatusPolicy.None;

        // What is kept of the past is for people who look at phones; a run looks at each send once.
        hub.AcceptedCap = 1000;
        hub.PhoneCap = 10_000;
        hub.BubblesPerChat = 1;
        hub.OnAccepted = receipt =>
        {
            Interlocked.Increment(ref provider.taken);
            accepted(receipt);
        };
        await built.StartAsync(cancel);
        return provider;
    }

    /// <summary>Counts from here on: what came before the measured run is not of it.</summary>
    public void CountAnew()
    {
        Interlocked.Exchange(ref others, 0);
        Interlocked.Exchange(ref refused, 0);
        Interlocked.Exchange(ref taken, 0);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
    }

    private async Task Count(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode >= 400 || context.RequestAborted.IsCancellationRequested)
        {
            Interlocked.Increment(ref refused);
        }
        else
        {
            Interlocked.Increment(ref others);
        }
    }
}
