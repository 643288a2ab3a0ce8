using Relais.Engine.Simulations.Running;
using Relais.Knowledge;

namespace Relais.Engine.Simulations;

/// <summary>What the host needs of simulations.</summary>
internal static class SimulationsModule
{
    public static void AddSimulations(this IServiceCollection services)
    {
        services.AddSingleton<CaseRunner>();
        services.AddSingleton<SuiteRunner>();
        services.AddSingleton<SimulationModels>();
        services.AddSingleton<ChangeGate>();
        services.AddSingleton<IFaqGate>(provider => provider.GetRequiredService<ChangeGate>());
    }

    public static void MapSimulations(this IEndpointRouteBuilder app)
    {
        app.MapCases();
        app.MapRuns();
        app.MapForcedChanges();
        app.MapTestCases();
    }
}
