using System.Text.Json;
using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Contacts.Merging;

/// <summary>
/// Makes one contact of two and, when that was a mistake, two again. Each is one transaction. Promise: nothing is lost, the stricter
/// consent holds, and undoing brings back exactly what was moved; what came meanwhile stays where it came.
/// </summary>
internal sealed class ContactMerges(DeskActions desk, ContactNews news, Clock clock)
{
    /// <summary>Pairs of open conversations closed by one merge at most; a business has few numbers.</summary>
    private const int MostClosed = 5;

    public static int IdsNeeded => 1 + (2 * ContactNews.Most) + (MostClosed * DeskActions.IdsNeeded(null));

    /// <returns>The answer as <see cref="Idempotency"/> takes it.</returns>
    public async Task<(int Status, object? Answer)> Merge(Tx tx, SignedIn who, long id, long otherId, bool closesOlder, IdRange ids)
    {
        // In the order of their ids, as everybody takes rows.
        var first = await ContactMergeStore.Hold(tx, who.Tenant, Math.Min(id, otherId));
        var second = await ContactMergeStore.Hold(tx, who.Tenant, Math.Max(id, otherId));
        var (contact, other) = id < otherId ? (first, second) : (second, first);
        if (contact is null)
        {
            return (404, Problems.NotFound);
        }

        if (other is null || id == otherId)
        {
            return (400, Problems.Invalid400("other_id", "other_id is the id of another customer of this business."));
        }

        if ((contact.MergedInto ?? other.MergedInto) is { } into)
        {
            return (409, Problems.RefuseWith(Problems.AlreadyMerged, null, new Dictionary<string, object?> { ["merged_into"] = into }));
        }

        var pairs = await ContactMergeStore.OpenOfBoth(tx, who.Tenant, id, otherId);
        if (pairs.Count > (closesOlder ? MostClosed : 0))
        {
            return (409, Problems.RefuseWith(Problems.TwoOpenConversations, null, new Dictionary<string, object?>
            {
                ["conversation_ids"] = pairs.SelectMany(p => new[] { p.OlderId, p.NewerId }).ToArray(),
            }));
        }

        foreach (var pair in pairs)
        {
            await desk.Close(tx, who.Tenant, pair.OlderId, DeskApi.ActorOf(who), saysGoodbye: false, ids);
        }

        var after = contact.State.With(other.State, (other.LastInboundAt ?? 0) > (contact.LastInboundAt ?? 0));
        var moved = await ContactMergeStore.MoveAll(tx, who.Tenant, otherId, id) with { Before = contact.State, After = after };
        await ContactMergeStore.Write(tx, who.Tenant, id, after);
        await ContactMergeStore.Point(tx, who.Tenant, otherId, id);
        var merge = new ContactMerge
        {
            TenantId = who.Tenant, Id = ids.Next(), ContactId = id, OtherId = otherId, AgentId = who.AgentId,
            Moved = JsonSerializer.Serialize(moved), CreatedAt = clock.Micros,
        };
        await ContactMergeStore.Insert(tx, merge);
        await SearchAgain(tx, who.Tenant, id, otherId);
        await news.Tell(tx, who.Tenant, id, ids);
        return (200, new MergedJson(merge.Id, id, otherId, moved.Conversations.Count, moved.Orders.Count));
    }

    /// <returns>The answer as <see cref="Idempotency"/> takes it.</returns>
    public async Task<(int Status, object? Answer)> Undo(Tx tx, SignedIn who, long mergeId, IdRange ids)
    {
        if (await ContactMergeStore.Find(tx, who.Tenant, mergeId) is not { } merge)
        {
            return (404, Problems.NotFound);
        }

        var first = await ContactMergeStore.Hold(tx, who.Tenant, Math.Min(merge.ContactId, merge.OtherId));
        var second = await ContactMergeStore.Hold(tx, who.Tenant, Math.Max(merge.ContactId, merge.OtherId));
        var (contact, other) = merge.ContactId < merge.OtherId ? (first!, second!) : (second!, first!);
        if (contact.MergedInto is not null || !await ContactMergeStore.Undo(tx, who.Tenant, mergeId, who.AgentId, clock.Micros))
        {
            return (409, Problems.MergeUndone);
        }

        var moved = JsonSerializer.Deserialize<MovedRows>(merge.Moved)!;
        await ContactMergeStore.MoveBack(tx, who.Tenant, moved, merge.ContactId, merge.OtherId);
        await ContactMergeStore.Write(tx, who.Tenant, merge.ContactId, contact.State.Undone(moved.Before, moved.After, other.State));
        await ContactMergeStore.Write(tx, who.Tenant, merge.OtherId, other.State.Since(contact.State, moved.After));
        await ContactMergeStore.Point(tx, who.Tenant, merge.OtherId, null);
        await SearchAgain(tx, who.Tenant, merge.ContactId, merge.OtherId);
        await news.Tell(tx, who.Tenant, merge.ContactId, ids);
        await news.Tell(tx, who.Tenant, merge.OtherId, ids);
        return (200, new UndoneMergeJson(true, merge.ContactId, merge.OtherId));
    }

    /// <summary>Both are found by other numbers now.</summary>
    private static async Task SearchAgain(Tx tx, long tenantId, long one, long other)
    {
        await SearchDue.Note(tx, tenantId, SearchKind.Contact, one);
        await SearchDue.Note(tx, tenantId, SearchKind.Contact, other);
    }
}
