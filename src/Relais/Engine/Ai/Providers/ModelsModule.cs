using Relais.Foundation;
using Relais.Knowledge.Embeddings;

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
        services.AddSingleton<EmbeddingDoor>(provider =>
        {
            var (http, own) = (provider.GetRequiredService<ModelHttp>(), EnvironmentModels.Addresses(provider.GetRequiredService<Settings>())[ModelCatalogue.OpenAi]);
            return (baseUrl, model, key) => new OpenAiEmbeddings(baseUrl ?? own, model, key, baseUrl is null ? http.Operators : http.Tenants);
        });
    }

    public static void MapModels(this IEndpointRouteBuilder app)
    {
        app.MapModelSettings();
        app.MapUsage();
    }
}
