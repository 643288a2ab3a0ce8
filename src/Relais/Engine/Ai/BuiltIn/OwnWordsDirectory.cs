using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>How each business's customers are understood, in memory: learned once a revision, and not again while the words are the same.</summary>
internal sealed class OwnWordsDirectory
{
    public static readonly Understanding Shipped = OwnWords.None.Learn();

    private readonly RevisionCache<(string? Words, Understanding Learned)> learned;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, (string? Words, Understanding Learned)> last = new();

    private readonly Database database;

    public OwnWordsDirectory(Database database) => (this.database, learned) = (database, new(async (tenantId, cancel) =>
    {
        var words = await database.Read(Scope.Tenant(tenantId), async tx => (await OwnWordsStore.Find(tx, tenantId))?.Published, cancel);
        return words is null ? (null, Shipped)
            : last.TryGetValue(tenantId, out var known) && known.Words == words ? known
            : last[tenantId] = (words, OwnWords.Read(words).Learn());
    }));

    /// <param name="tenantId">Whose.</param>
    /// <param name="aiRevision">As just read; 0, where nothing was ever set, costs nothing.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async ValueTask<Understanding> Of(long tenantId, long aiRevision, CancellationToken cancel) =>
        aiRevision == 0 ? Shipped : (await learned.Of(tenantId, aiRevision, cancel)).Learned;

    /// <summary>As published this moment, for what is built under another revision.</summary>
    public Task<OwnSynonyms> Synonyms(long tenantId, CancellationToken cancel) => database.Read(Scope.Tenant(tenantId), async tx =>
        (await OwnWordsStore.Published(tx, tenantId)).Synonyms is { Count: > 0 } lists ? new OwnSynonyms(lists) : OwnSynonyms.None, cancel);

    /// <summary>The turn, to be understood as its business has taught it.</summary>
    public async ValueTask<Turn> Tell(DueTurn due, Turn turn, CancellationToken cancel) =>
        due.AiRevision == 0 ? turn : turn with { Reader = (await Of(turn.TenantId, due.AiRevision, cancel)).Reader };
}
