using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace Relais.Engine.Ai.Providers;

/// <summary>Embeddings of OpenAI and every server that speaks its API, over the official package (its adapter for this interface does not restore here).</summary>
internal sealed class OpenAiEmbeddings(Uri baseUrl, string model, string? key, HttpClient http) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingClient client = new(model, new ApiKeyCredential(key ?? "none"), new OpenAIClientOptions
    {
        Endpoint = baseUrl,
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = TimeSpan.FromMinutes(1),
    });

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = await client.GenerateEmbeddingsAsync(values, cancellationToken: cancellationToken);
        return [.. answer.Value.OrderBy(e => e.Index).Select(e => new Embedding<float>(e.ToFloats()))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The client's transport is the installation's.
    }
}
