using System.Text.Json;
using Relais.Changes;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Contacts.Erasing;

/// <summary>That a customer was erased: by whom, when, and how much of what. Who they were is not in it.</summary>
/// <param name="Id">Of the receipt.</param>
/// <param name="ContactId">Whose it was; nobody's any more.</param>
/// <param name="AgentId">Who did it.</param>
/// <param name="Counts">Rows blanked or deleted, by table.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record ErasureJson(long Id, long ContactId, long AgentId, IReadOnlyDictionary<string, long> Counts, DateTimeOffset CreatedAt)
{
    public static ErasureJson Of(StoredErasure stored) => new(
        stored.Id, stored.ContactId, stored.AgentId, JsonSerializer.Deserialize<SortedDictionary<string, long>>(stored.Counts)!, Instants.FromMicros(stored.CreatedAt));
}

/// <summary>DELETE /api/contacts/{id}, and the receipts.</summary>
internal static class ErasureApi
{
    private const int Rows = 50;

    /// <summary>Stored webhooks looked through in one transaction.</summary>
    private const int WebhookBatch = 5_000;

    public static void MapErasures(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/contacts").WithTags("Contacts").RequireAuthorization(Policies.Admin);
        group.MapDelete("/{id:long}", Erase).WithName("erase_contact").WithSummary("Erase a customer for good: words, files, notes, names, numbers")
            .WithDescription("Conversations and orders stay as empty shells for the figures. It cannot be undone. Who writes again is a new customer.")
            .Produces<ErasureJson>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/erasures", List).WithName("list_erasures").WithSummary("Who erased whom and when, the latest first").Produces<Page<ErasureJson>>().ProducesProblem(400);
    }

    private static async Task<IResult> List(SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(Rows, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => ErasureStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1), cancel);
        return Results.Json(Page.Of(rows, limit, e => new Cursor(e.Id, e.Id), ErasureJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Erase(HttpContext http, SignedIn who, Database database, MediaFiles files, ChangeLog changes, Ids ids, Clock clock, long id)
    {
        var cancel = http.RequestAborted;
        if (await database.Read(Scope.Tenant(who.Tenant), tx => ErasureStore.Find(tx, who.Tenant, id), cancel) is not { } seen)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        // The long look through the stored webhooks is before the transaction; what came since is looked at inside.
        var (webhooks, looked) = (new List<long>(), 0L);
        while (await database.Read(Scope.Pipeline, tx => ErasureStore.Webhooks(tx, who.Tenant, seen, looked, WebhookBatch), cancel) is { Next: { } next } part)
        {
            webhooks.AddRange(part.Found);
            looked = next;
        }

        var range = await ids.Take(seen.Conversations.Count + 100, cancel);
        var (erasure, shas, isBusy) = await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var result = await Carry(tx, who, id, webhooks, looked, range, changes, clock.Micros);
            CrashPoint.Pass(CrashPoint.ContactErasing);
            return result;
        }, CancellationToken.None);
        CrashPoint.Pass(CrashPoint.ContactErased);
        if (erasure is null)
        {
            return Problems.Refuse(isBusy ? Problems.ContactBusy : Problems.NotFound);
        }

        await Remove(database, files, shas);
        return Results.Json(ErasureJson.Of(erasure), ApiJson.Options);
    }

    private static async Task<(StoredErasure? Done, List<string> Files, bool IsBusy)> Carry(
        Tx tx, SignedIn who, long id, List<long> webhooks, long looked, IdRange range, ChangeLog changes, long now)
    {
        if (await ErasureStore.Find(tx, who.Tenant, id) is not { } person)
        {
            return (null, [], false);
        }

        // Its outcome would be written with the number in it; it takes a moment. More conversations than ids: somebody wrote a lot just now.
        if (await ErasureStore.IsLeaving(tx, who.Tenant, person) || range.Remaining < person.Conversations.Count + 1)
        {
            return (null, [], true);
        }

        var files = await ErasureStore.Files(tx, who.Tenant, person);
        var late = await ErasureStore.Webhooks(tx, who.Tenant, person, looked, WebhookBatch);
        var blanked = await ErasureStore.BlankWebhooks(tx, [.. webhooks.Concat(late.Found).Distinct()]);
        await ErasureStore.Tombstones(tx, who.Tenant, person, now);
        await ErasureStore.Texts(tx, who.Tenant, person);
        await ErasedRows.Blank(tx, who.Tenant, [.. person.Needles.Where(n => n.All(char.IsAsciiDigit))]);
        await ErasedRows.Uncount(tx, who.Tenant, person.Contacts);
        await ErasureStore.Keys(tx, who.Tenant, person);
        var counts = await ErasureStore.Blank(tx, who.Tenant, person, now);
        await ErasureStore.LookAgain(tx, who.Tenant, person);
        counts["received_webhook"] = blanked;
        counts["file"] = files.Count;
        var erasure = new StoredErasure { Id = range.Next(), ContactId = id, AgentId = who.AgentId, Counts = JsonSerializer.Serialize(counts.Where(c => c.Value > 0).ToDictionary()), CreatedAt = now };
        await ErasureStore.Keep(tx, who.Tenant, erasure);
        await changes.Append(tx, [.. person.Conversations.Select(c => new Change(range.Next(), who.Tenant, "conversation.updated", c, null, null, now))]);
        return (erasure, files, false);
    }

    /// <summary>Files that no row names any more; one that comes in again at this moment is written anew. What is left the sweeper takes.</summary>
    private static async Task Remove(Database database, MediaFiles files, List<string> shas)
    {
        var named = shas.Count == 0 ? [] : await database.Read(Scope.Pipeline, tx => MediaStore.Named(tx, [.. shas]), CancellationToken.None);
        foreach (var sha in shas.Where(s => !named.Contains(s)))
        {
            File.Delete(files.PathOf(sha));
        }
    }
}
