using Relais.Engine.Simulations.Running;

namespace Relais.Engine.Simulations;

/// <summary>What the host needs of simulations.</summary>
internal static class SimulationsModule
{
    public static void AddSimulations(this IServiceCollection services)
    {
        services.AddSingleton<CaseRunner>();
        services.AddSingleton<SuiteRunner>();
    }
}
