using Relais.Foundation;
using Relais.Storage;
using Relais.Subscriptions.Delivering;
using Relais.Subscriptions.Feeding;
using Relais.Tenants;

namespace Relais.Subscriptions;

/// <summary>The business's own webhooks: who is told of what.</summary>
internal static class SubscriptionApi
{
    private const int Most = 20;
    private const int LongestUrl = 2000;
    private const int LongestDescription = 200;

    public static void MapSubscriptionRoutes(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/subscriptions").WithTags("Subscriptions").RequireAuthorization(Policies.Admin);
        group.MapGet("/", List).WithName("list_subscriptions").WithSummary("The business's own webhooks").Produces<Page<SubscriptionJson>>().ProducesProblem(400);
        group.MapPost("/", Create).WithName("create_subscription").WithSummary("Have events posted to an address, signed (Standard Webhooks)")
            .WithDescription("The answer holds the secret, once. Events from now on are told; history is not.")
            .Accepts<SubscriptionRequest>("application/json").Produces<SubscriptionJson>(201).ProducesProblem(400).ProducesProblem(409);
        group.MapGet("/{id:long}", Get).WithName("get_subscription").WithSummary("One webhook, and how it does").Produces<SubscriptionJson>().ProducesProblem(404);
        group.MapPatch("/{id:long}", Change).WithName("change_subscription").WithSummary("Change a webhook, turn it off or on again")
            .Accepts<SubscriptionRequest>("application/json").Produces<SubscriptionJson>().ProducesProblem(400).ProducesProblem(404);
        group.MapDelete("/{id:long}", Delete).WithName("delete_subscription").WithSummary("Delete a webhook, with what waits for it and its log")
            .Produces<SuccessAnswer>().ProducesProblem(404);
        group.MapPost("/{id:long}/rotate-secret", Rotate).WithName("rotate_subscription_secret")
            .WithSummary("A new secret, shown once; the one before signs too for 24 hours").Produces<SubscriptionJson>().ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, Clock clock, [AsParameters] PageQuery query)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => SubscriptionStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, s => new Cursor(s.Id, s.Id), s => SubscriptionJson.Of(s, clock.Micros)), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, Clock clock, long id, CancellationToken cancel) =>
        await Found(database, who, id, cancel) is { } found ? Results.Json(SubscriptionJson.Of(found, clock.Micros), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Database database, Ids ids, Clock clock, Secrets secrets, SubscriptionDoor door)
    {
        var request = (await ApiBody.Read<SubscriptionRequest>(http.Request)).Value;
        if (Wrong(request.Url, request.Events, request.Description, door) is { } wrong)
        {
            return wrong;
        }

        var (now, secret, id) = (clock.Micros, WebhookSignature.NewSecret(), await ids.One(http.RequestAborted));
        var lastSeq = await database.Read(Scope.Directory, FeedStore.LastSeq, http.RequestAborted);
        var draft = new Subscription { TenantId = who.Tenant, Id = id };
        var made = new Subscription
        {
            TenantId = who.Tenant, Id = id, Url = request.Url!, Events = string.Join(',', Types(request.Events!)), Description = Words(request.Description),
            Secret = secrets.Seal(secret, draft.Place), State = SubscriptionState.On, StartedSeq = lastSeq, StartedAt = now, CreatedAt = now, UpdatedAt = now,
        };

        // Not through Idempotency, which would keep the answer and the secret in it.
        var fits = await database.Write(Scope.Tenant(who.Tenant), async tx =>
        {
            var hasRoom = await SubscriptionStore.Count(tx, who.Tenant) < Most;
            if (hasRoom)
            {
                await SubscriptionStore.Insert(tx, made);
            }

            return hasRoom;
        }, http.RequestAborted);
        return fits ? Results.Json(SubscriptionJson.Of(made, now) with { Secret = secret }, ApiJson.Options, statusCode: 201)
            : Problems.Refuse(Problems.TooManySubscriptions);
    }

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, Database database, Clock clock, Signals signals, SubscriptionDoor door, Idempotency idempotency, long id)
    {
        var (bytes, request) = await ApiBody.Read<SubscriptionRequest>(http.Request);
        if (await Found(database, who, id, http.RequestAborted) is not { } known)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        // An address that is not changed is not looked at again: it may have been let in by the demo.
        if (Wrong(request.Url, request.Events ?? known.Events.Split(','), request.Description, request.Url is null ? null : door) is { } wrong)
        {
            return wrong;
        }

        var now = clock.Micros;
        var lastSeq = await database.Read(Scope.Directory, FeedStore.LastSeq, http.RequestAborted);
        return await idempotency.Once(http, who, $"PATCH /api/subscriptions/{id}", bytes, async tx =>
        {
            if (await SubscriptionStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            await SubscriptionStore.Describe(
                tx, old, request.Url ?? old.Url, request.Events is null ? old.Events : string.Join(',', Types(request.Events)),
                request.Description is null ? old.Description : Words(request.Description), now);
            if (request.Enabled == true)
            {
                await SubscriptionStore.TurnOn(tx, who.Tenant, id, lastSeq, now);
                tx.AfterCommit(() => signals.Tell(LaneKind.Subscription));
            }
            else if (request.Enabled == false)
            {
                await SubscriptionStore.TurnOff(tx, who.Tenant, id, now);
            }

            return (200, SubscriptionJson.Of((await SubscriptionStore.Find(tx, who.Tenant, id))!, now));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/subscriptions/{id}", [], async tx =>
            await SubscriptionStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, Problems.NotFound));

    private static async Task<IResult> Rotate(HttpContext http, SignedIn who, Database database, Clock clock, Secrets secrets, long id)
    {
        if (await Found(database, who, id, http.RequestAborted) is not { } known)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (now, secret) = (clock.Micros, WebhookSignature.NewSecret());
        var changed = await database.Write(Scope.Tenant(who.Tenant), async tx =>
        {
            await SubscriptionStore.SetSecret(tx, who.Tenant, id, secrets.Seal(secret, known.Place), now + Instants.Day, now);
            return await SubscriptionStore.Find(tx, who.Tenant, id);
        }, http.RequestAborted);
        return changed is null ? Problems.Refuse(Problems.NotFound) : Results.Json(SubscriptionJson.Of(changed, now) with { Secret = secret }, ApiJson.Options);
    }

    private static Task<Subscription?> Found(Database database, SignedIn who, long id, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), tx => SubscriptionStore.Find(tx, who.Tenant, id), cancel);

    /// <param name="url">Looked at when there is a door.</param>
    /// <param name="events">All of them.</param>
    /// <param name="description">Or null.</param>
    /// <param name="door">Says what may be posted to; null to leave the address alone.</param>
    private static IResult? Wrong(string? url, IReadOnlyList<string?>? events, string? description, SubscriptionDoor? door) =>
        door is not null && (url is { Length: > LongestUrl } ? "It is too long." : door.Refusal(url)) is { } refusal
            ? Problems.Invalid400("url", $"url cannot be used. {refusal}")
        : events is not { Count: > 0 } || events.Any(e => e is null || !EventTypes.All.Contains(e))
            ? Problems.Invalid400("events", $"events is a list of one or more of {string.Join(", ", EventTypes.All)}.")
        : description is { Length: > LongestDescription } ? Problems.Invalid400("description", $"description has at most {LongestDescription} characters.")
        : null;

    /// <summary>Each once, in the order of the list.</summary>
    private static IEnumerable<string> Types(IReadOnlyList<string?> asked) => EventTypes.All.Where(asked.Contains);

    private static string Words(string? text) => CustomerText.Normalise(text ?? "").Trim();
}
