using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Desk.Contacts;

/// <summary>A customer whom the business adds itself.</summary>
/// <param name="Name">1 to 120 characters, or left out.</param>
/// <param name="Phone">With its country code, as people write it.</param>
/// <param name="Language">fr, ar, en, or left out.</param>
internal sealed record NewContactBody(string? Name, string? Phone, string? Language);

/// <summary>What changes of a customer; a field left out stays.</summary>
/// <param name="Name">1 to 120 characters; empty: what they show themselves is their name again.</param>
/// <param name="Language">fr, ar or en; empty: what they write in.</param>
/// <param name="IsClient">Whether they are a customer of the business already; until somebody says so, their orders tell.</param>
internal sealed record ContactChangeBody(string? Name, string? Language, bool? IsClient = null);

/// <summary>The customers of the signed-in tenant.</summary>
internal static class ContactApi
{
    private const int Rows = 50;
    private const int LongestName = 120;

    public static void MapContacts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/contacts").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        group.MapGet("", List).WithName("list_contacts").WithSummary("Customers, newest first; q looks in names, numbers and e-mail addresses, the other filters all hold.")
            .Produces<Page<ContactJson>>().ProducesProblem(400).ProducesProblem(404);
        group.MapPost("", Create).WithName("create_contact").WithSummary("Add a customer who has not written yet.")
            .Accepts<NewContactBody>("application/json").Produces<ContactJson>(201).ProducesProblem(400).ProducesProblem(409);
        group.MapGet("/{id:long}", Get).WithName("get_contact").WithSummary("One customer.").Produces<ContactJson>().ProducesProblem(404);
        group.MapPatch("/{id:long}", Change).WithName("change_contact").WithSummary("Name a customer, say what they speak, or whether they are a customer already.")
            .Accepts<ContactChangeBody>("application/json").Produces<ContactJson>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(
        SignedIn who, Database database, Clock clock, [AsParameters] PageQuery page, [AsParameters] ContactQuery query, CancellationToken cancel)
    {
        if (page.Read(Rows, out var limit, out var after) is { } wrongPage)
        {
            return wrongPage;
        }

        if (query.Read(out var rules, out var segment) is { } refused)
        {
            return refused;
        }

        var cards = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            if (await query.Filter(tx, who.Tenant, rules, segment, clock.Micros) is not { } filter)
            {
                return null;
            }

            var ids = await ContactSearchStore.Page(tx, who.Tenant, filter.SeenBy(Sight.Of(who)), after?.Id ?? long.MaxValue, limit + 1);
            return (await ContactCardStore.Some(tx, who.Tenant, ids)).OrderByDescending(c => c.Id).ToList();
        }, cancel);
        return cards is null ? Problems.Refuse(Problems.NotFound)
            : Results.Json(Page.Of(cards, limit, c => new Cursor(c.Id, c.Id), ContactJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => ContactCardStore.Find(tx, who.Tenant, id), cancel) is { } card
            ? Results.Json(ContactJson.Of(card), ApiJson.Options)
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, body) = await ApiBody.Read<NewContactBody>(http.Request);
        if (Name(body.Name) is not { } name)
        {
            return Problems.Invalid400("name", $"name has at most {LongestName} characters.");
        }

        if (PhoneNumbers.ToE164(body.Phone) is not { } phone)
        {
            return Problems.Invalid400("phone", "phone is a phone number with its country code, such as +212612345678.");
        }

        if (body.Language is not (null or "fr" or "ar" or "en"))
        {
            return Problems.Invalid400("language", "language is fr, ar or en.");
        }

        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, "POST /api/contacts", bytes, async tx =>
        {
            range.Rewind();
            var seen = new SeenContact(who.Tenant, null, phone, null, name.Length == 0 ? null : name);
            if (await ContactStore.Owner(tx, seen) is not 0 and var known)
            {
                return (Problems.ContactExists.Status, Problems.RefuseWith(
                    Problems.ContactExists, null, new Dictionary<string, object?> { ["contact_id"] = known }));
            }

            await ContactStore.Resolve(tx, [seen], range, clock.Micros);
            await SearchDue.Note(tx, who.Tenant, SearchKind.Contact, seen.ContactId);
            if (name.Length > 0)
            {
                await ContactCardStore.Name(tx, who.Tenant, seen.ContactId, name, who.AgentId);
            }

            if (body.Language is not null)
            {
                await ContactCardStore.Speak(tx, who.Tenant, seen.ContactId, body.Language);
            }

            return (201, (object?)ContactJson.Of((await ContactCardStore.Find(tx, who.Tenant, seen.ContactId))!));
        });
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Idempotency idempotency, ContactNews news, Ids ids, long id)
    {
        var (bytes, body) = await ApiBody.Read<ContactChangeBody>(http.Request);
        var range = await ids.Take(ContactNews.Most, http.RequestAborted);
        return await idempotency.Once(http, who, $"PATCH /api/contacts/{id}", bytes, async tx =>
        {
            range.Rewind();
            if (!await ConsentStore.HasContact(tx, who.Tenant, id))
            {
                return (404, (object?)Problems.NotFound);
            }

            if (Name(body.Name) is not { } name)
            {
                return (400, Problems.Invalid400("name", $"name has at most {LongestName} characters."));
            }

            if (body.Language is not (null or "" or "fr" or "ar" or "en"))
            {
                return (400, Problems.Invalid400("language", "language is fr, ar or en, or empty."));
            }

            if (body.Name is not null)
            {
                await ContactCardStore.Name(tx, who.Tenant, id, name.Length == 0 ? null : name, who.AgentId);
            }

            if (body.Language is not null)
            {
                await ContactCardStore.Speak(tx, who.Tenant, id, body.Language.Length == 0 ? null : body.Language);
            }

            if (body.IsClient is { } isClient)
            {
                await ContactCardStore.Client(tx, who.Tenant, id, isClient);
            }

            await news.Tell(tx, who.Tenant, id, range);
            return (200, ContactJson.Of((await ContactCardStore.Find(tx, who.Tenant, id))!));
        });
    }

    /// <summary>Empty when there is none; null when it is too long.</summary>
    private static string? Name(string? asked)
    {
        var name = CustomerText.Normalise(ShortText.OneLine(asked ?? "")).Trim();
        return name.Length > LongestName ? null : name;
    }
}
