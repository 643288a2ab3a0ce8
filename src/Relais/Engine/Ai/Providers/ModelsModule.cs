using Relais.Engine.Ai.Summaries;
using Relais.Engine.Ai.Voice;
using Relais.Foundation;
using Relais.Knowledge.Embeddings;
using Relais.Media;

namespace Relais.Engine.Ai.Providers;

/// <summary>What the host needs of the models.</summary>
internal static class ModelsModule
{
    public static void AddModels(this IServiceCollection services)
    {
        services.AddSingleton<ModelHttp>();
        services.AddSingleton<ModelClients>();
        services.AddSingleton<ModelDirectory>();
        services.AddSingleton<ModelsAside>();
        services.AddSingleton<TurnPictures>();
        services.AddSingleton<ConversationSummary>();
        services.AddSingleton<TurnModels>();
        services.AddSingleton<EmbeddingDoor>(provider =>
        {
            var (http, own) = (provider.GetRequiredService<ModelHttp>(), EnvironmentModels.Addresses(provider.GetRequiredService<Settings>())[ModelCatalogue.OpenAi]);
            return (baseUrl, model, key) => new OpenAiEmbeddings(baseUrl ?? own, model, key, baseUrl is null ? http.Operators : http.Tenants);
        });
        services.AddSingleton<TranscriptionDirectory>();
        services.AddSingleton<Transcriber>();
        services.AddSingleton<VoiceHearing>();
        services.AddSingleton<VoiceWait>();
        services.AddSingleton<VoiceIsWrittenDown>(provider =>
        {
            var voices = provider.GetRequiredService<TranscriptionDirectory>();
            return tenantId => !voices.IsLoaded || voices.Of(tenantId) is not null;
        });
    }

    public static void MapModels(this IEndpointRouteBuilder app)
    {
        app.MapModelSettings();
        app.MapUsage();
        app.MapTranscription();
    }
}
