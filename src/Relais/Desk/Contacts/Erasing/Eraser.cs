using System.Text.Json;
using Relais.Changes;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Desk.Contacts.Erasing;

/// <summary>How an erasure ended.</summary>
internal abstract record ErasureEnd
{
    private ErasureEnd()
    {
    }

    public sealed record Done(StoredErasure Receipt) : ErasureEnd;

    public sealed record NotFound : ErasureEnd;

    /// <summary>A message of theirs is with the provider at this moment; it takes a moment.</summary>
    public sealed record Busy : ErasureEnd;
}

/// <summary>Erases one customer: in the database in one transaction, then their files, and beside the database that it was done.</summary>
/// <param name="database">Where.</param>
/// <param name="files">Of messages.</param>
/// <param name="changes">Desks that look on hear of it.</param>
/// <param name="ids">For changes and the receipt.</param>
/// <param name="clock">When.</param>
/// <param name="log">Beside the database; null when it is read from there.</param>
internal sealed class Eraser(Database database, MediaFiles files, ChangeLog changes, Ids ids, Clock clock, ErasureLog? log)
{
    /// <summary>Stored webhooks looked through in one transaction.</summary>
    private const int WebhookBatch = 5_000;

    public async Task<ErasureEnd> Erase(long tenantId, long agentId, long id, CancellationToken cancel)
    {
        if (await database.Read(Scope.Tenant(tenantId), tx => ErasureStore.Find(tx, tenantId, id), cancel) is not { } seen)
        {
            return new ErasureEnd.NotFound();
        }

        // The long look through the stored webhooks is before the transaction; what came since is looked at inside.
        var (webhooks, looked) = (new List<long>(), 0L);
        while (await database.Read(Scope.Pipeline, tx => ErasureStore.Webhooks(tx, tenantId, seen, looked, WebhookBatch), cancel) is { Next: { } next } part)
        {
            webhooks.AddRange(part.Found);
            looked = next;
        }

        // Before it is done: one that is written down and then fails is done again after a restore, which is what was asked for.
        if (log is not null)
        {
            await log.Add(new ErasureLine(clock.Micros, tenantId, agentId, ErasureStore.Hashes(tenantId, seen)));
        }

        var range = await ids.Take(seen.Conversations.Count + 100, cancel);
        var (erasure, shas, isBusy) = await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var result = await Carry(tx, tenantId, agentId, id, webhooks, looked, range);
            CrashPoint.Pass(CrashPoint.ContactErasing);
            return result;
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.ContactErased);
        if (erasure is null)
        {
            return isBusy ? new ErasureEnd.Busy() : new ErasureEnd.NotFound();
        }

        await UnnamedFiles.Delete(database, files, shas, CancellationToken.None);
        return new ErasureEnd.Done(erasure);
    }

    private async Task<(StoredErasure? Done, List<string> Files, bool IsBusy)> Carry(
        Tx tx, long tenantId, long agentId, long id, List<long> webhooks, long looked, IdRange range)
    {
        var now = clock.Micros;
        if (await ErasureStore.Find(tx, tenantId, id) is not { } person)
        {
            return (null, [], false);
        }

        // Its outcome would be written with the number in it; it takes a moment. After a restore nothing is on its way any more. More conversations than ids: somebody wrote a lot just now.
        if ((log is not null && await ErasureStore.IsLeaving(tx, tenantId, person)) || range.Remaining < person.Conversations.Count + 1)
        {
            return (null, [], true);
        }

        var named = await ErasureStore.Files(tx, tenantId, person);
        var late = await ErasureStore.Webhooks(tx, tenantId, person, looked, WebhookBatch);
        var blanked = await ErasureStore.BlankWebhooks(tx, [.. webhooks.Concat(late.Found).Distinct()]);
        await ErasureStore.Tombstones(tx, tenantId, person, now);
        await ErasureStore.Texts(tx, tenantId, person);
        await ErasedRows.Blank(tx, tenantId, [.. person.Needles.Where(n => n.All(char.IsAsciiDigit))]);
        await ErasedRows.Uncount(tx, tenantId, person.Contacts);
        await ErasureStore.Keys(tx, tenantId, person);
        var counts = await ErasureStore.Blank(tx, tenantId, person, now);
        await ErasureStore.LookAgain(tx, tenantId, person);
        counts["received_webhook"] = blanked;
        counts["file"] = named.Count;
        var erasure = new StoredErasure { Id = range.Next(), ContactId = id, AgentId = agentId, Counts = JsonSerializer.Serialize(counts.Where(c => c.Value > 0).ToDictionary()), CreatedAt = now };
        await ErasureStore.Keep(tx, tenantId, erasure);
        await changes.Append(tx, [.. person.Conversations.Select(c => new Change(range.Next(), tenantId, "conversation.updated", c, null, null, now))]);
        return (erasure, named, false);
    }
}
