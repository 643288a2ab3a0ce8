using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relais.Simulator;

namespace Relais.Rig;

/// <summary>The simulator on a socket of its own, with one number of each channel, and the settings that make a server theirs.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string url;

    private ProviderHost(WebApplication app, string url, Uri server)
    {
        this.app = app;
        this.url = url;
        Server = server;
        Simulator = app.Services.GetRequiredService<SimulatorHub>();
        Meta = new SimulatedNumber(SimulatedChannel.Meta, "100000000000001", "+33100000001", "waba-test", "app-secret", "meta-token",
            new Uri(server, "api/whatsapp/webhook"), "Test");
        Twilio = new SimulatedNumber(SimulatedChannel.Twilio, "+33100000002", "+33100000002", "ACtest", "auth-token", "auth-token",
            new Uri(server, "api/whatsapp/webhook/incoming"), "Test");
        Simulator.Connect(Meta);
        Simulator.Connect(Twilio);
    }

    /// <summary>Where the server is to listen.</summary>
    public Uri Server { get; }

    /// <summary>Where the simulator itself is; the phone page is at <c>/simulator</c>.</summary>
    public string Url => url;

    public SimulatorHub Simulator { get; }

    /// <summary>The business's number at Meta.</summary>
    public SimulatedNumber Meta { get; }

    /// <summary>The business's number at Twilio.</summary>
    public SimulatedNumber Twilio { get; }

    /// <param name="wire">What webhooks pass through on their way to the server; plain sockets when null.</param>
    public static async Task<ProviderHost> Start(HttpMessageHandler? wire = null)
    {
        var own = $"http://127.0.0.1:{Ports.Free()}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(own);
        builder.Logging.ClearProviders();
        builder.Services.AddSimulator();
        if (wire is not null)
        {
            builder.Services.AddSingleton(services => new SimulatorHub(
                TimeProvider.System, services.GetRequiredService<ILogger<SimulatorHub>>(), wire));
        }

        var built = builder.Build();
        built.MapSimulator();
        await built.StartAsync();
        return new ProviderHost(built, own, new Uri($"http://127.0.0.1:{Ports.Free()}/"));
    }

    /// <summary>A server's settings by their environment names.</summary>
    public Dictionary<string, string> Settings(TestDatabase database, string dataFolder) => new(StringComparer.Ordinal)
    {
        ["RELAIS_URLS"] = Server.ToString().TrimEnd('/'), ["RELAIS_PUBLIC_URL"] = Server.ToString().TrimEnd('/'),
        ["RELAIS_DATABASE"] = database.Address, ["RELAIS_DATA"] = dataFolder, ["RELAIS_LOG"] = "error", ["RELAIS_QUIET_MS"] = "50", ["RELAIS_ANSWERS_PER_MINUTE"] = "0",
        ["RELAIS_RATE_LIMIT"] = "0",
        ["RELAIS_META_URL"] = url + "/simulator/graph", ["RELAIS_TWILIO_URL"] = url + "/simulator/twilio",
        ["WHATSAPP_PHONE_NUMBER_ID"] = Meta.Address, ["WHATSAPP_BUSINESS_ACCOUNT_ID"] = Meta.Account,
        ["WHATSAPP_APP_SECRET"] = Meta.Secret, ["WHATSAPP_ACCESS_TOKEN"] = Meta.AccessToken,
        ["WHATSAPP_WEBHOOK_VERIFY_TOKEN"] = "verify-token", ["TWILIO_ACCOUNT_SID"] = Twilio.Account,
        ["TWILIO_AUTH_TOKEN"] = Twilio.Secret, ["TWILIO_WHATSAPP_NUMBER"] = "whatsapp:+33 1 00 00 00 02",
    };

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
