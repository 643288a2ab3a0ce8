using Relais.Engine.Flows.Testing;

namespace Relais.Engine.Flows;

/// <summary>Flows: parts and routes.</summary>
internal static class FlowsModule
{
    public static IServiceCollection AddFlows(this IServiceCollection services) => services
        .AddSingleton<FlowDirectory>()
        .AddSingleton<FlowFetcher>()
        .AddSingleton<FlowTurns>()
        .AddSingleton<FlowStarts>()
        .AddSingleton<FlowTestBench>();

    public static void MapFlows(this IEndpointRouteBuilder app)
    {
        app.MapFlowDrafts();
        app.MapFlowVersions();
        app.MapFlowPublishing();
        app.MapFlowStarts();
        app.MapFlowExecutions();
        app.MapFlowStatistics();
        app.MapFlowTests();
    }
}
