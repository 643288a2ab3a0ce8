using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Search;

/// <summary>
/// Keeps the search's index beside the path of a message. In: numbered changes, noted contacts, orders and moved-in messages, and, once, all that was there
/// before. Out: rows of search_entry. What was read and where it goes on are written together, so nothing is left out and nothing harmed
/// when two nodes do the same or one dies.
/// </summary>
internal sealed class SearchWorker(Database database, RightOfWay way, ILogger<SearchWorker> log) : Worker(log, way, follows: true)
{
    /// <summary>A message makes about seven changes; read together they are looked at once.</summary>
    private const int ChangesRead = 6000;

    /// <summary>Rows of one write: on SQLite messages wait behind it, some milliseconds.</summary>
    private const int Batch = 500;

    /// <summary>Between two writes of what was there before: messages go first.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    /// <summary>How late a message may be found.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly (string Name, SearchKind Kind)[] Lists =
        [("contacts", SearchKind.Contact), ("orders", SearchKind.Order), ("messages", SearchKind.Message)];

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var progress = (await database.Read(Scope.Pipeline, SearchProgress.All, stopping)).ToDictionary(p => p.Name);
        var hasMore = await Follow(progress[SearchProgress.Changes], stopping);
        hasMore |= await Noted(stopping);
        if (Array.Find(Lists, l => progress[l.Name].Position > SearchProgress.Over) is { Name: not null } list)
        {
            await Task.Delay(Breath, stopping);
            await CatchUp(progress[list.Name], list.Kind, stopping);
            hasMore = true;
        }

        return hasMore;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(Pause, stopping);

    private async Task<bool> Follow(SearchProgress at, CancellationToken stopping)
    {
        var changes = await database.Read(Scope.Pipeline, tx => tx.Query<NumberedChange>("""
            SELECT seq AS "Seq", tenant_id AS "TenantId", type AS "Type", conversation_id AS "ConversationId", message_id AS "MessageId"
            FROM change WHERE seq > @Position ORDER BY seq LIMIT @most
            """, new { at.Position, most = ChangesRead }), stopping);
        if (changes.Count == 0)
        {
            return false;
        }

        if (changes[0].Seq > at.Position + 1 && await IsPruned(at.Position, stopping))
        {
            Log.LogInformation("The search was away for longer than changes are kept, and looks at everything again.");
            await database.Write(Scope.Pipeline, SearchProgress.StartOver, stopping);
            return true;
        }

        List<SearchPlace> messages =
            [.. changes.Where(c => c.MessageId is not null).Select(c => new SearchPlace(c.TenantId, SearchKind.Message, c.MessageId!.Value)).Distinct()];
        List<SearchPlace> conversations = [.. changes.Where(c => c.ConversationId is not null && c.Type != "message.updated")
            .Select(c => new SearchPlace(c.TenantId, SearchKind.Message, c.ConversationId!.Value)).Distinct()];
        var (read, asked) = await database.Read(Scope.Pipeline, async tx =>
        {
            List<SearchPlace> customers = [.. (await SearchIndexStore.CustomersOf(tx, conversations)).Distinct()];
            return (await Entries(tx, SearchKind.Message, messages, await Entries(tx, SearchKind.Contact, customers, [])), (SearchPlace[])[.. messages, .. customers]);
        }, stopping);
        await Write(read, asked, tx => at.Advance(tx, 0, changes[^1].Seq), stopping);
        return changes.Count == ChangesRead;
    }

    private async Task<bool> Noted(CancellationToken stopping)
    {
        var due = await database.Read(Scope.Pipeline, tx => SearchIndexStore.Due(tx, Batch), stopping);
        if (due.Count == 0)
        {
            return false;
        }

        var places = due.ConvertAll(d => d.Place);
        var read = await database.Read(Scope.Pipeline, async tx => await Entries(tx, SearchKind.Message, places, await Entries(
            tx, SearchKind.Order, places, await Entries(tx, SearchKind.Contact, places, []))), stopping);
        await Write(read, places, async tx =>
        {
            await SearchIndexStore.Settle(tx, due);
            return true;
        }, stopping);
        return due.Count == Batch;
    }

    private async Task CatchUp(SearchProgress at, SearchKind kind, CancellationToken stopping)
    {
        var rows = await database.Read(Scope.Pipeline, tx => SearchIndexStore.Before(tx, kind, at, Batch), stopping);
        var entries = rows.ConvertAll(row => row.Entry(kind)).OfType<SearchEntry>().ToList();
        await Write(entries, [], tx => rows.Count == 0 ? at.Advance(tx, 0, SearchProgress.Over) : at.Advance(tx, rows[^1].TenantId, rows[^1].Id), stopping);
    }

    private static async Task<List<SearchEntry>> Entries(Tx tx, SearchKind kind, IEnumerable<SearchPlace> places, List<SearchEntry> before)
    {
        var own = places.Where(p => p.Kind == kind).ToList();
        return own.Count == 0 ? before
            : [.. before, .. (await SearchIndexStore.Read(tx, kind, own)).Select(source => source.Entry(kind)).OfType<SearchEntry>()];
    }

    /// <summary>Changes that come so thick are written in several pieces; only the last of them moves on, so a piece may be written twice.</summary>
    private async Task Write(List<SearchEntry> entries, IReadOnlyList<SearchPlace> asked, Func<Tx, Task<bool>> moveOn, CancellationToken stopping)
    {
        var found = entries.Select(e => e.Id).ToHashSet();
        var gone = asked.Where(p => !found.Contains(p.Id)).ToList();
        var parts = entries.Chunk(Batch).ToList();
        foreach (var part in parts.SkipLast(1))
        {
            await database.Write(Scope.Pipeline, tx => SearchIndexStore.Put(tx, part, []), stopping);
        }

        var rest = parts.Count == 0 ? [] : parts[^1];
        await database.Write(Scope.Pipeline, async tx =>
        {
            if (await moveOn(tx))
            {
                await SearchIndexStore.Put(tx, rest, gone);
            }
        }, stopping);
    }

    private Task<bool> IsPruned(long position, CancellationToken stopping) => database.Read(Scope.Pipeline, async tx =>
        await tx.QueryFirst<long>("SELECT count(*) FROM change_pruning WHERE pruned_seq > @position", new { position }) > 0, stopping);
}
