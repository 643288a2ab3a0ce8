namespace Relais.Reports;

/// <summary>The room's services and routes.</summary>
internal static class ReportsModule
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddSingleton<Board>();

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapBoard();
        app.MapMetricsReport();
        app.MapReportTables();
        app.MapBehind();
    }
}
