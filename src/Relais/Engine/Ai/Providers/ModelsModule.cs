using Relais.Engine.Ai.Summaries;
using Relais.Engine.Ai.Voice;
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
        services.AddSingleton<TurnPictures>();
        services.AddSingleton<ConversationSummary>();
        services.AddSingleton<TurnModels>();
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
