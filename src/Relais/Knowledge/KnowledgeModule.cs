using Relais.Foundation;
using Relais.Knowledge.Candidates;
using Relais.Knowledge.Documents;
using Relais.Knowledge.Embeddings;
using Relais.Knowledge.Search;

namespace Relais.Knowledge;

/// <summary>The room of what a business knows: FAQs, documents, and what people's answers teach.</summary>
internal static class KnowledgeModule
{
    /// <param name="services">The host's services; Storage, Tenants, SafeHttp and an EmbeddingDoor are among them.</param>
    /// <param name="runsWorkers">Whether this node works.</param>
    public static void AddKnowledge(this IServiceCollection services, bool runsWorkers)
    {
        services.AddSingleton<DocumentReading>();
        services.AddSingleton<EmbeddingDirectory>();
        services.AddSingleton<KnowledgeSearch>();
        services.AddSingleton<CandidateMiner>();
        if (runsWorkers)
        {
            services.AddSingleton<Worker, DocumentWorker>();
            services.AddSingleton<Worker, EmbeddingWorker>();
            services.AddSingleton<Worker>(provider => provider.GetRequiredService<CandidateMiner>());
        }
    }

    public static void MapKnowledge(this IEndpointRouteBuilder app)
    {
        app.MapFaqs();
        app.MapDocuments();
        app.MapEmbeddings();
        app.MapCandidates();
    }
}
