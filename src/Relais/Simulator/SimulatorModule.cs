using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Relais.Foundation;
using Relais.Simulator.Files;
using Relais.Simulator.Sends;
using Relais.Simulator.Templates;

namespace Relais.Simulator;

/// <summary>
/// The provider and its customers, on the other side of the wire. Mapped in demo mode and under <c>relais simulator</c>
/// only: its routes ask nobody who they are.
/// </summary>
internal static class SimulatorModule
{
    /// <summary>What the page starts with: a script of each direction, and the languages of the first users.</summary>
    private static readonly (string Number, string Name)[] FirstCustomers =
    [
        ("+212600000001", "Amina"), ("+33600000002", "Lucas"), ("+213600000003", "عمر"), ("+447700900004", "Emma"),
    ];

    public static void AddSimulator(this IServiceCollection services)
    {
        services.TryAddSingleton<TimeProvider>(_ => new Clock());
        services.AddSingleton(provider => new SimulatorHub(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SimulatorHub>>()));
        services.AddSingleton<GraphDoor>();
        services.AddSingleton<GraphContent>();
        services.AddSingleton<GraphApi>();
        services.AddSingleton<GraphObjects>();
        services.AddSingleton<GraphMedia>();
        services.AddSingleton<GraphAccount>();
        services.AddSingleton<GraphBlocks>();
        services.AddSingleton<GraphTemplates>();
        services.AddSingleton<TwilioDoor>();
        services.AddSingleton<LinkFetch>();
        services.AddSingleton<TwilioSend>();
        services.AddSingleton<TwilioApi>();
        services.AddSingleton<TwilioMedia>();
        services.AddSingleton<ContentApi>();
        services.AddSingleton<ControlSends>();
        services.AddSingleton<ControlWorld>();
        services.AddSingleton<Studio.SimulatedStudio>();
        services.AddSingleton<Studio.StudioControl>();
        services.AddSingleton<ControlApi>();
    }

    public static void MapSimulator(this IEndpointRouteBuilder app)
    {
        var hub = app.ServiceProvider.GetRequiredService<SimulatorHub>();
        foreach (var (number, name) in FirstCustomers)
        {
            hub.Phone(number, name);
        }

        var simulator = app.MapGroup("/simulator").AllowAnonymous().ExcludeFromDescription();
        SimulatorPage.Map(simulator);

        MapProviders(simulator, "/graph", "/twilio", "/simulator");
        app.ServiceProvider.GetRequiredService<ControlApi>().Map(simulator.MapGroup("/api"));
    }

    /// <summary>The addresses a server sends to, and nothing else of the simulator.</summary>
    /// <param name="app">Where.</param>
    /// <param name="graphAt">What stands before Meta's path.</param>
    /// <param name="twilioAt">What stands before Twilio's path.</param>
    /// <param name="below">What stands before both when <paramref name="app"/> is a group.</param>
    public static void MapProviders(this IEndpointRouteBuilder app, string graphAt = "", string twilioAt = "", string below = "")
    {
        var services = app.ServiceProvider;
        services.GetRequiredService<SimulatorHub>().LiesAt(below + graphAt, below + twilioAt, () => Listening(services));
        MapMeta(app, graphAt, services);
        MapTwilio(app, twilioAt, services);
    }

    private static void MapMeta(IEndpointRouteBuilder app, string at, IServiceProvider services)
    {
        var graph = services.GetRequiredService<GraphApi>();
        app.MapPost(at + "/{version}/{phoneNumberId}/messages", graph.Messages);
        app.MapPost(at + "/{phoneNumberId}/messages", graph.Messages);

        var media = services.GetRequiredService<GraphMedia>();
        app.MapPost(at + "/{version}/{phoneNumberId}/media", media.Upload);
        app.MapGet(at + "/whatsapp_business/attachments", media.Download);

        var templates = services.GetRequiredService<GraphTemplates>();
        app.MapGet(at + "/{version}/{account}/message_templates", templates.List);
        app.MapPost(at + "/{version}/{account}/message_templates", templates.Create);
        app.MapDelete(at + "/{version}/{account}/message_templates", templates.Delete);

        var account = services.GetRequiredService<GraphAccount>();
        app.MapMethods(at + "/{version}/{account}/subscribed_apps", ["GET", "POST", "DELETE"], account.SubscribedApps);
        app.MapGet(at + "/{version}/{account}/product_catalogs", account.Catalogs);
        app.MapGet(at + "/{version}/{account}/phone_numbers", account.Numbers);
        app.MapGet(at + "/debug_token", account.DebugToken);
        app.MapGet(at + "/{version}/debug_token", account.DebugToken);

        var blocks = services.GetRequiredService<GraphBlocks>();
        app.MapPost(at + "/{version}/{phoneNumberId}/block_users", blocks.Block);
        app.MapDelete(at + "/{version}/{phoneNumberId}/block_users", blocks.Unblock);
        app.MapGet(at + "/{version}/{phoneNumberId}/block_users", blocks.List);

        var objects = services.GetRequiredService<GraphObjects>();
        app.MapGet(at + "/{version}/{id}", objects.Get);
        app.MapPost(at + "/{version}/{id}", objects.Post);
        app.MapDelete(at + "/{version}/{id}", objects.Delete);
    }

    private static void MapTwilio(IEndpointRouteBuilder app, string at, IServiceProvider services)
    {
        var twilio = services.GetRequiredService<TwilioApi>();
        app.MapPost(at + "/2010-04-01/Accounts/{sid}/Messages.json", twilio.Create);
        app.MapGet(at + "/2010-04-01/Accounts/{sid}/Messages.json", twilio.List);
        app.MapGet(at + "/2010-04-01/Accounts/{sid}.json", twilio.Describe);
        app.MapPost(at + "/v2/Indicators/Typing.json", twilio.Typing);

        var media = services.GetRequiredService<TwilioMedia>();
        app.MapGet(at + "/2010-04-01/Accounts/{sid}/Messages/{message}/Media/{media}", media.Get);
        app.MapDelete(at + "/2010-04-01/Accounts/{sid}/Messages/{message}/Media/{media}", media.Delete);
        app.MapGet(at + "/cdn/{id}/{hash}", media.Cdn);

        var content = services.GetRequiredService<ContentApi>();
        app.MapPost(at + "/v1/Content", content.Create);
        app.MapGet(at + "/v1/Content", content.List);
        app.MapGet(at + "/v1/Content/{content}", content.Get);
        app.MapDelete(at + "/v1/Content/{content}", content.Delete);
        app.MapPost(at + "/v1/Content/{content}/ApprovalRequests/whatsapp", content.Submit);
        app.MapGet(at + "/v1/Content/{content}/ApprovalRequests", content.Approvals);
        app.MapGet(at + "/v1/ContentAndApprovals", content.ListWithApprovals);
    }

    // A webhook names addresses without having been asked: they come from what the host listens on.
    private static string? Listening(IServiceProvider services)
    {
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return address is null ? null : BindingAddress.Parse(address) is var parsed && parsed.Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? $"{parsed.Scheme}://127.0.0.1:{parsed.Port}" : address.TrimEnd('/');
    }
}
