using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SimulatorHub(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SimulatorHub>>()));
        services.AddSingleton<GraphApi>();
        services.AddSingleton<TwilioApi>();
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

        MapProviders(simulator, "/graph", "/twilio");
        app.ServiceProvider.GetRequiredService<ControlApi>().Map(simulator.MapGroup("/api"));
    }

    /// <summary>The addresses a server sends to, and nothing else of the simulator.</summary>
    /// <param name="app">Where.</param>
    /// <param name="graphAt">What stands before Meta's path.</param>
    /// <param name="twilioAt">What stands before Twilio's path.</param>
    public static void MapProviders(this IEndpointRouteBuilder app, string graphAt = "", string twilioAt = "")
    {
        var graph = app.ServiceProvider.GetRequiredService<GraphApi>();
        app.MapPost(graphAt + "/{version}/{phoneNumberId}/messages", graph.Messages);
        app.MapPost(graphAt + "/{phoneNumberId}/messages", graph.Messages);

        var twilio = app.ServiceProvider.GetRequiredService<TwilioApi>();
        app.MapPost(twilioAt + "/2010-04-01/Accounts/{sid}/Messages.json", twilio.Create);
        app.MapGet(twilioAt + "/2010-04-01/Accounts/{sid}/Messages.json", twilio.List);
        app.MapPost(twilioAt + "/v2/Indicators/Typing.json", twilio.Typing);
    }
}
