using Relais.Foundation;
using Relais.Knowledge.Documents;

namespace Relais.Knowledge;

/// <summary>The room of what a business knows: FAQs, documents, and what people's answers teach.</summary>
internal static class KnowledgeModule
{
    /// <param name="services">The host's services; Storage, Tenants and SafeHttp are among them.</param>
    /// <param name="runsWorkers">Whether this node works.</param>
    public static void AddKnowledge(this IServiceCollection services, bool runsWorkers)
    {
        services.AddSingleton<DocumentReading>();
        if (runsWorkers)
        {
            services.AddSingleton<Worker, DocumentWorker>();
        }
    }

    public static void MapKnowledge(this IEndpointRouteBuilder app)
    {
        app.MapFaqs();
        app.MapDocuments();
    }
}
