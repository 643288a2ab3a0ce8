namespace Relais.Engine.Ai.Providers;

/// <summary>What the host needs of the models.</summary>
internal static class ModelsModule
{
    public static void AddModels(this IServiceCollection services)
    {
        services.AddSingleton<ModelHttp>();
        services.AddSingleton<ModelClients>();
        services.AddSingleton<ModelDirectory>();
        services.AddSingleton<TurnModels>();
    }

    public static void MapModels(this IEndpointRouteBuilder app)
    {
        app.MapModelSettings();
        app.MapUsage();
    }
}
