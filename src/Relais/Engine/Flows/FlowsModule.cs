namespace Relais.Engine.Flows;

/// <summary>What the host needs of flows.</summary>
internal static class FlowsModule
{
    public static void MapFlows(this IEndpointRouteBuilder app)
    {
        app.MapFlowDrafts();
        app.MapFlowVersions();
        app.MapFlowPublishing();
        app.MapFlowExecutions();
        app.MapFlowStatistics();
    }
}
