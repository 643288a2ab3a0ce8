using System.Security.Cryptography;
using System.Text;
using Relais.Foundation;
using Relais.Knowledge.Documents;
using Relais.Storage;

namespace Relais.Knowledge.Embeddings;

/// <summary>
/// Gives a vector to each FAQ and passage that has none of its tenant's model, some at a time. Two nodes may both do it: the
/// later wins, nothing is lost but a call.
/// </summary>
internal sealed class EmbeddingWorker(Database database, EmbeddingDirectory embeddings, ILogger<EmbeddingWorker> log) : Worker(log)
{
    private const int Batch = 64;

    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>After a failure; the model may be away for long.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, (long Revision, long Faqs, long Ai)> done = [];
    private readonly Dictionary<long, long> restsUntil = [];

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var hasMore = false;
        foreach (var setup in await database.Read(Scope.Pipeline, EmbeddingStore.All, stopping))
        {
            hasMore |= restsUntil.GetValueOrDefault(setup.TenantId) <= Environment.TickCount64 && await Place(setup, stopping);
        }

        return hasMore;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Often, stopping);

    private static string TextOf(StoredPassage passage) => $"{passage.Title}\n{passage.Heading}\n{passage.Text}";

    /// <summary>True when there is more to do.</summary>
    private async Task<bool> Place(EmbeddingSetup setup, CancellationToken stopping)
    {
        var scope = Scope.Tenant(setup.TenantId) with { IsBackground = true };
        var now = await database.Read(scope, tx => tx.QueryFirst<(long Faqs, long Ai)>(
            "SELECT faq_revision, ai_revision FROM tenant WHERE tenant_id = @TenantId", new { setup.TenantId }), stopping);
        if (done.GetValueOrDefault(setup.TenantId) == (setup.Revision, now.Faqs, now.Ai))
        {
            return false;
        }

        var all = await database.Read(scope, async tx =>
        {
            var known = await VectorStore.Digests(tx, setup.TenantId);
            var items = (await FaqStore.All(tx, setup.TenantId)).Select(f => (f.Id, Text: $"{f.Question}\n{f.Answer}"))
                .Concat((await DocumentStore.Passages(tx, setup.TenantId)).Select(p => (p.Id, Text: TextOf(p))));
            return items.Select(i => new Unplaced(i.Id, i.Text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(i.Text)))))
                .Where(i => known.GetValueOrDefault(i.Id) != i.Digest).ToList();
        }, stopping);
        var batch = all.Take(Batch).ToList();
        if (batch.Count > 0 && !await Place(setup, batch, batch.Count == all.Count, scope, stopping))
        {
            return false;
        }

        if (all.Count <= batch.Count)
        {
            // What was just written moved the revision; it is compared with once more, and found done.
            done[setup.TenantId] = batch.Count == 0 ? (setup.Revision, now.Faqs, now.Ai) : default;
        }

        return all.Count > batch.Count || batch.Count > 0;
    }

    private async Task<bool> Place(EmbeddingSetup setup, List<Unplaced> batch, bool isLast, Scope scope, CancellationToken stopping)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        within.CancelAfter(Patience);
        try
        {
            var vectors = await embeddings.Of(batch.ConvertAll(i => i.Text), setup, within.Token);
            await database.Write(scope, async tx =>
            {
                await VectorStore.Put(tx, setup.TenantId, setup.Revision, [.. batch.Zip(vectors)], isLast);
                await EmbeddingStore.Note(tx, setup.TenantId, setup.Revision, null);
            }, CancellationToken.None);
            return true;
        }
#pragma warning disable CA1031 // Whatever a model's server does wrong is told to the owner; the search goes on by words.
        catch (Exception e) when (!stopping.IsCancellationRequested && e is not StorageUnavailableException)
#pragma warning restore CA1031
        {
            restsUntil[setup.TenantId] = Environment.TickCount64 + (long)Rest.TotalMilliseconds;
            Log.LogWarning("The embedding model of tenant {Tenant} gave no vectors: {Kind}", setup.TenantId, e.GetType().Name);
            var problem = $"The model gave no vectors ({e.GetType().Name}). Check its address, name and key; it is asked again in a minute.";
            await database.Write(scope, tx => EmbeddingStore.Note(tx, setup.TenantId, setup.Revision, problem), CancellationToken.None);
            return false;
        }
    }
}
