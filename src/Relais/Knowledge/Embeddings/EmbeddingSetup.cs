using Microsoft.Extensions.AI;

namespace Relais.Knowledge.Embeddings;

/// <summary>A tenant's embedding model as it is stored.</summary>
internal sealed class EmbeddingSetup
{
    /// <summary>Between what models give to texts that speak of the same, and to any two.</summary>
    public const long UsualFloorMilli = 450;

    public long TenantId { get; init; }

    /// <summary>Null: OpenAI's.</summary>
    public string? BaseUrl { get; init; }

    public string Model { get; init; } = "";

    /// <summary>Sealed; null for a server that wants none.</summary>
    public string? Key { get; init; }

    /// <summary>Thousandths.</summary>
    public long FloorMilli { get; init; }

    /// <summary>Vectors of another revision are made anew.</summary>
    public long Revision { get; init; }

    public string? Problem { get; init; }

    /// <summary>What the key is sealed for.</summary>
    public static string KeyPlace(long tenantId) => $"embedding_model.key:{tenantId}";
}

/// <summary>Connects to an OpenAI-compatible server's embeddings.</summary>
/// <param name="baseUrl">Null: OpenAI's, or the operator's in its place.</param>
/// <param name="model">The provider's name of it.</param>
/// <param name="key">Opened; null for a server that wants none.</param>
internal delegate IEmbeddingGenerator<string, Embedding<float>> EmbeddingDoor(Uri? baseUrl, string model, string? key);
