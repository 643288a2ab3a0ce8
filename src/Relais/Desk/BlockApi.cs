using System.Text.Json;
using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Why a customer is blocked or unblocked.</summary>
/// <param name="Reason">A few words, shown to agents.</param>
internal sealed record BlockBody(string? Reason);

/// <summary>What a provider did about it.</summary>
/// <param name="InboxId">The number.</param>
/// <param name="Done">True when the provider's own list was changed.</param>
/// <param name="Detail">Why not, in one sentence.</param>
internal sealed record ProviderBlockJson(long InboxId, bool Done, string? Detail);

/// <summary>A customer, blocked or unblocked.</summary>
/// <param name="Success">Always true; errors are problem documents.</param>
/// <param name="ContactId">The customer.</param>
/// <param name="Blocked">True when nothing they write is answered and nothing is sent to them.</param>
/// <param name="Where">provider when Meta took it for at least one number, else local.</param>
/// <param name="Providers">For each number the customer has written to.</param>
internal sealed record BlockAnswer(bool Success, long ContactId, bool Blocked, string Where, IReadOnlyList<ProviderBlockJson> Providers);

/// <summary>Block and unblock: here at once, at Meta too where its rules allow it.</summary>
internal static class BlockApi
{
    private const int LongestReason = 500;

    public static void MapBlocks(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/contacts/{id:long}").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        group.MapPost("/block", (HttpContext http, BlockDoor door, long id) => Act(http, door, id, blocks: true)).WithName("block_contact")
            .WithSummary("Block a customer: what they write is kept and not answered, nothing is sent to them; at Meta too if they wrote in the last 24 hours.")
            .Accepts<BlockBody>("application/json").Produces<BlockAnswer>().ProducesProblem(404);
        group.MapPost("/unblock", (HttpContext http, BlockDoor door, long id) => Act(http, door, id, blocks: false)).WithName("unblock_contact")
            .WithSummary("Take the block back, at Meta too.").Accepts<BlockBody>("application/json").Produces<BlockAnswer>().ProducesProblem(404);
    }

    private static async Task<IResult> Act(HttpContext http, BlockDoor door, long id, bool blocks)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var reason = bytes.Length == 0 ? null : CustomerText.NormaliseOrNull(JsonSerializer.Deserialize<BlockBody>(bytes, ApiJson.Options)?.Reason?.Trim());
        if (reason?.Length > LongestReason)
        {
            return Problems.Invalid400("reason", $"reason is longer than {LongestReason} characters.");
        }

        var who = http.SignedIn();
        return await door.Act(who.Tenant, id, who.AgentId, reason, blocks, http.RequestAborted) is { } answer
            ? Results.Json(answer, ApiJson.Options)
            : Problems.Refuse(Problems.NotFound);
    }
}

/// <summary>
/// Blocks in the tenant's transaction, then asks the providers, best effort: what holds is what is written here. Doing it twice is
/// doing it once.
/// </summary>
internal sealed class BlockDoor(
    Database database, AccountSet accounts, InboxDirectory inboxes, SendAddresses addresses, ConversationEvents events, ChangeLog changes, Ids ids, Clock clock)
{
    private const string TooOld = "Meta blocks only customers who wrote in the last 24 hours: they are blocked here alone.";

    /// <summary>Null when there is no such customer.</summary>
    public async Task<BlockAnswer?> Act(long tenantId, long contactId, long agentId, string? reason, bool blocks, CancellationToken cancel)
    {
        var most = inboxes.Inboxes.Count(i => i.TenantId == tenantId) + 1;
        var range = await ids.Take(2 * most, cancel);
        var (contact, written) = await database.Write(Scope.Tenant(tenantId), async tx =>
        {
            range.Rewind();
            return await Local(tx, tenantId, contactId, agentId, reason, blocks, range);
        }, cancel);
        if (contact is null)
        {
            return null;
        }

        var providers = new List<ProviderBlockJson>();
        foreach (var at in written)
        {
            providers.Add(await AtProvider(at, contact, blocks, cancel));
        }

        var done = providers.Exists(p => p.Done);
        if (done || !blocks)
        {
            var refused = !blocks && providers.Exists(p => p is { Done: false, Detail: not null } && inboxes.Find(p.InboxId) is { IsTwilio: false });
            await database.Write(Scope.Tenant(tenantId), tx => BlockStore.SetAtProvider(
                tx, tenantId, contactId, blocks ? clock.Micros : refused ? contact.BlockedAtProvider : null), CancellationToken.None);
        }

        return new BlockAnswer(true, contactId, blocks, done ? "provider" : "local", providers);
    }

    private async Task<(BlockableContact? Contact, List<ContactedInbox> Inboxes)> Local(
        Tx tx, long tenantId, long contactId, long agentId, string? reason, bool blocks, IdRange range)
    {
        if (await BlockStore.Find(tx, tenantId, contactId) is not { } contact)
        {
            return (null, []);
        }

        var written = await BlockStore.Inboxes(tx, tenantId, contactId);
        if (blocks)
        {
            await BlockStore.Block(tx, tenantId, contactId, agentId, reason, clock.Micros);
            await BlockStore.Silence(tx, tenantId, contactId);
        }
        else
        {
            await BlockStore.Unblock(tx, tenantId, contactId);
        }

        foreach (var at in written.Where(w => w.ConversationId is not null).Take((int)range.Remaining / 2))
        {
            await events.Add(tx, new ConversationEvent(
                tenantId, range.Next(), at.ConversationId!.Value, blocks ? "blocked" : "unblocked", agentId, reason, clock.Micros));
            await changes.Append(tx, [new Change(
                range.Next(), tenantId, "conversation.updated", at.ConversationId, null, at.InboxId, clock.Micros)]);
        }

        return (contact, written);
    }

    private async Task<ProviderBlockJson> AtProvider(ContactedInbox at, BlockableContact contact, bool blocks, CancellationToken cancel)
    {
        if (inboxes.Find(at.InboxId) is not { AccessToken: { Length: > 0 } } inbox)
        {
            return new ProviderBlockJson(at.InboxId, false, "This number has no access token: the provider was not asked.");
        }

        if (!inbox.IsTwilio && blocks && !ServiceWindow.IsOpen(at.LastInboundAt, clock.Micros))
        {
            return new ProviderBlockJson(at.InboxId, false, TooOld);
        }

        if (!inbox.IsTwilio && !blocks && contact.BlockedAtProvider is null)
        {
            return new ProviderBlockJson(at.InboxId, false, null);
        }

        var customer = new SenderIdentity(contact.WaId, contact.Phone, contact.UserId);
        return await accounts[inbox.Channel].Block(addresses.Of(inbox), customer, blocks, cancel) switch
        {
            BlockOutcome.Done => new ProviderBlockJson(inbox.Id, true, null),
            BlockOutcome.Refused refused => new ProviderBlockJson(inbox.Id, false, refused.Reason),
            BlockOutcome.NotOffered none => new ProviderBlockJson(inbox.Id, false, none.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
