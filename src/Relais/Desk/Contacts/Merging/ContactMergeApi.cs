using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Contacts.Merging;

/// <param name="OtherId">The contact that becomes part of this one.</param>
/// <param name="CloseOlder">True: where both have an open conversation on a number, the older is closed; else that is refused.</param>
internal sealed record MergeBody(long? OtherId, bool CloseOlder = false);

/// <param name="MergeId">To undo it by.</param>
/// <param name="ContactId">Who has everything now.</param>
/// <param name="OtherId">Whose it was.</param>
/// <param name="Conversations">How many were moved.</param>
/// <param name="Orders">How many were moved.</param>
internal sealed record MergedJson(long MergeId, long ContactId, long OtherId, int Conversations, int Orders);

/// <param name="Success">Always true; errors are problem documents.</param>
/// <param name="ContactId">One of the two.</param>
/// <param name="OtherId">The other.</param>
internal sealed record UndoneMergeJson(bool Success, long ContactId, long OtherId);

/// <param name="Contact">Who may be the same person.</param>
/// <param name="Reasons">phone, email, name: what both have.</param>
internal sealed record MergeSuggestionJson(ContactJson Contact, IReadOnlyList<string> Reasons);

/// <param name="Items">The surest first, ten at most.</param>
internal sealed record MergeSuggestionsJson(IReadOnlyList<MergeSuggestionJson> Items);

/// <summary>Two contacts that are one person.</summary>
internal static class ContactMergeApi
{
    private const int Most = 10;

    public static void MapContactMerges(this IEndpointRouteBuilder app)
    {
        var contact = app.MapGroup("/api/contacts/{id:long}").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        contact.MapGet("/merge-suggestions", Suggest).WithName("suggest_merges").WithSummary("Customers with the same number, e-mail address or name.")
            .Produces<MergeSuggestionsJson>().ProducesProblem(404);
        contact.MapPost("/merge", Merge).WithName("merge_contacts").WithSummary("Make one customer of two; can be undone.")
            .Accepts<MergeBody>("application/json").Produces<MergedJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        app.MapPost("/api/contact-merges/{id:long}/undo", Undo).WithTags("Contacts").RequireAuthorization(Policies.Agent).WithName("undo_merge")
            .WithSummary("Give back what a merge moved.").Produces<UndoneMergeJson>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> Merge(HttpContext http, SignedIn who, Idempotency idempotency, ContactMerges merges, Ids ids, long id)
    {
        var (bytes, body) = await ApiBody.Read<MergeBody>(http.Request);
        var range = await ids.Take(ContactMerges.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/contacts/{id}/merge", bytes, async tx =>
        {
            range.Rewind();
            return await merges.Merge(tx, who, id, body.OtherId ?? 0, body.CloseOlder, range);
        });
    }

    private static async Task<IResult> Undo(HttpContext http, SignedIn who, Idempotency idempotency, ContactMerges merges, Ids ids, long id)
    {
        var range = await ids.Take(ContactMerges.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/contact-merges/{id}/undo", [], async tx =>
        {
            range.Rewind();
            return await merges.Undo(tx, who, id, range);
        });
    }

    private static async Task<IResult> Suggest(SignedIn who, Database database, long id, CancellationToken cancel)
    {
        var found = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            if (await ContactCardStore.Find(tx, who.Tenant, id) is not { } card)
            {
                return null;
            }

            var likeness = Likeness.To(card);
            var alike = await ContactSearchStore.Where(tx, who.Tenant, k => k.Id != id && likeness.Reasons(k).Count > 0, Most);
            var cards = (await ContactCardStore.Some(tx, who.Tenant, alike.ConvertAll(k => k.Id))).ToDictionary(c => c.Id);
            return alike.Select(k => new MergeSuggestionJson(ContactJson.Of(cards[k.Id]), likeness.Reasons(k)))
                .OrderByDescending(s => s.Reasons.Count).ThenByDescending(s => s.Contact.Id).ToList();
        }, cancel);
        return found is null ? Problems.Refuse(Problems.NotFound) : Results.Json(new MergeSuggestionsJson(found), ApiJson.Options);
    }
}
