using System.Collections.Concurrent;
using Relais.Foundation;
using Relais.Knowledge.Documents;
using Relais.Knowledge.Embeddings;
using Relais.Storage;

namespace Relais.Knowledge.Search;

/// <summary>The words that mean the same to a business, as published this moment.</summary>
internal delegate Task<OwnSynonyms> SynonymsOf(long tenantId, CancellationToken cancel);

/// <summary>Each tenant's knowledge in memory, as it was when its FAQs or its AI settings last changed.</summary>
internal sealed class KnowledgeSearch
{
    /// <summary>Customers wait: a model that takes longer is left out of this search.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Database database;
    private readonly EmbeddingDirectory embeddings;
    private readonly SynonymsOf synonyms;
    private readonly ConcurrentDictionary<long, KnowledgeIndex> latest = new();
    private readonly RevisionCache<KnowledgeIndex> indexes;

    public KnowledgeSearch(Database database, EmbeddingDirectory embeddings, SynonymsOf synonyms)
    {
        this.database = database;
        this.embeddings = embeddings;
        this.synonyms = synonyms;
        indexes = new(Build);
    }

    /// <param name="tenantId">Whose.</param>
    /// <param name="faqRevision">As read with the turn.</param>
    /// <param name="aiRevision">As read with the turn.</param>
    /// <param name="language">The customer's; asked for only when something is searched.</param>
    public KnowledgeDesk For(long tenantId, long faqRevision, long aiRevision, Func<string> language) =>
        // Both only grow, so their sum moves whenever one does.
        new((question, cancel) => Find(tenantId, faqRevision + aiRevision, question, language(), cancel));

    private async Task<KnowledgeIndex> Build(long tenantId, CancellationToken cancel)
    {
        var (faqs, passages, vectors, floor) = await database.Read(Scope.Tenant(tenantId), async tx => (
            await FaqStore.All(tx, tenantId), await DocumentStore.Passages(tx, tenantId),
            await VectorStore.All(tx, tenantId), await EmbeddingStore.Find(tx, tenantId)), cancel);
        return latest[tenantId] = KnowledgeIndex.Build(
            faqs, passages, vectors, (floor?.FloorMilli ?? EmbeddingSetup.UsualFloorMilli) / 1000.0, await synonyms(tenantId, cancel),
            latest.GetValueOrDefault(tenantId));
    }

    private async Task<KnowledgeMatches> Find(long tenantId, long revision, string question, string language, CancellationToken cancel)
    {
        var index = await indexes.Of(tenantId, revision, cancel);
        var vector = index.HasVectors ? await embeddings.Of(question, tenantId, Patience, cancel) : null;
        return index.Find(question, language, vector);
    }
}

/// <summary>The knowledge as one turn asks it: a question that is asked twice is looked up once.</summary>
internal sealed class KnowledgeDesk(Func<string, CancellationToken, Task<KnowledgeMatches>> find)
{
    private readonly Dictionary<string, KnowledgeMatches> known = new(StringComparer.Ordinal);

    public async Task<KnowledgeMatches> Find(string question, CancellationToken cancel)
    {
        if (!known.TryGetValue(question, out var matches))
        {
            known[question] = matches = await find(question, cancel);
        }

        return matches;
    }
}
