using Relais.Foundation;

namespace Relais.Platform;

/// <summary>The platform administrator's room: tenants shut out, limited, entered, and what they use.</summary>
internal static class PlatformModule
{
    /// <summary>On every node, whatever its roles: each says that it lives.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton<WebhookTally>();
        services.AddSingleton<Worker, NodeWorker>();
        return services;
    }

    public static void MapPlatform(this IEndpointRouteBuilder app)
    {
        app.MapSuspension();
        app.MapEntrance();
        app.MapUsage();
        app.MapProviderPrices();
        app.MapOverview();
        app.MapUsers();
        app.MapNumbers();
    }
}
