using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Subscriptions.Delivering;
using Relais.Subscriptions.Feeding;
using Relais.Tenants;

namespace Relais.Subscriptions;

/// <summary>What was posted to a webhook, doing it again, and trying it out.</summary>
internal static class DeliveryApi
{
    public static void MapDeliveryRoutes(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/subscriptions").WithTags("Subscriptions").RequireAuthorization(Policies.Admin);
        group.MapGet("/{id:long}/deliveries", List).WithName("list_subscription_deliveries")
            .WithSummary("Events of a webhook, newest first: how each stands and what was answered (kept for seven days)")
            .Produces<Page<DeliveryJson>>().ProducesProblem(400).ProducesProblem(404);
        group.MapPost("/{id:long}/test", Test).WithName("test_subscription").WithSummary("Post a test event now and tell what is answered")
            .Produces<SubscriptionTestJson>().ProducesProblem(404);
        group.MapPost("/{id:long}/replay", Replay).WithName("replay_subscription")
            .WithSummary("Post all events since a time again, also those that were taken, each under its webhook-id")
            .Produces<ReplayedJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/deliveries/{id:long}/replay", ReplayOne).WithName("replay_subscription_delivery")
            .WithSummary("Post one event again, under its webhook-id").Produces<DeliveryJson>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, long id, [FromQuery] string? state, [AsParameters] PageQuery query)
    {
        if (await Found(database, who, id, http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var asked = DeliveryJson.StateOf(state);
        if (!string.IsNullOrEmpty(state) && asked is null)
        {
            return Problems.Invalid400("state", "state is waiting, taken or given_up, or is left out.");
        }

        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant),
            tx => DeliveryStore.Page(tx, who.Tenant, id, asked, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, d => new Cursor(d.Id, d.Id), DeliveryJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Test(HttpContext http, SignedIn who, Database database, SignedPost post, Ids ids, Clock clock, long id)
    {
        if (await Found(database, who, id, http.RequestAborted) is not { } subscription)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var range = await ids.Take(2, http.RequestAborted);
        var (own, stream, began) = (range.Next(), range.Next(), clock.Micros);
        var body = JsonSerializer.Serialize(new EventBody(EventTypes.Test, Instants.FromMicros(began), new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["subscription_id"] = id,
        }), ApiJson.Options);
        var since = TimeProvider.System.GetTimestamp();
        var end = await post.Send(subscription, own, body, http.RequestAborted);
        var took = (long)TimeProvider.System.GetElapsedTime(since).TotalMilliseconds;
        var answered = end as PostEnd.Answered;
        var problem = end is PostEnd.Failed failed ? failed.Reason : answered!.IsTaken ? null : $"It answers with status {answered.Status}.";
        await database.Write(Scope.Tenant(who.Tenant), async tx =>
        {
            // Somebody may have deleted it meanwhile.
            if (await SubscriptionStore.Find(tx, who.Tenant, id) is not null)
            {
                await DeliveryStore.InsertTest(tx, new Delivery
                {
                    TenantId = who.Tenant, Id = own, SubscriptionId = id, StreamId = stream, Type = EventTypes.Test, Body = body,
                    State = problem is null ? DeliveryState.Taken : DeliveryState.GivenUp, StatusCode = answered?.Status, Answer = answered?.Text,
                    Problem = problem, FirstAt = began, LastAt = clock.Micros, CreatedAt = began,
                });
            }
        }, CancellationToken.None);
        return Results.Json(new SubscriptionTestJson(problem is null, answered?.Status, answered?.Text, problem, took), ApiJson.Options);
    }

    private static async Task<IResult> Replay(
        HttpContext http, SignedIn who, Database database, Clock clock, Signals signals, Idempotency idempotency, long id, [FromQuery] string? since)
    {
        if (await Found(database, who, id, http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (!DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
        {
            return Problems.Invalid400("since", "since is a time such as 2026-01-31T08:00:00Z: events from it on are posted again.");
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, $"POST /api/subscriptions/{id}/replay", System.Text.Encoding.UTF8.GetBytes(since!), async tx =>
        {
            if (await SubscriptionStore.Find(tx, who.Tenant, id) is not { State: SubscriptionState.On })
            {
                return (409, (object?)Problems.SubscriptionOff);
            }

            var count = await DeliveryStore.ReplaySince(tx, who.Tenant, id, Instants.ToMicros(from), now);
            tx.AfterCommit(() => signals.Tell(LaneKind.Subscription));
            return (200, new ReplayedJson(count));
        });
    }

    private static async Task<IResult> ReplayOne(
        HttpContext http, SignedIn who, Clock clock, Signals signals, Idempotency idempotency, long id)
    {
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"POST /api/subscriptions/deliveries/{id}/replay", [], async tx =>
        {
            if (await DeliveryStore.Find(tx, who.Tenant, id) is not { } delivery)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (await SubscriptionStore.Find(tx, who.Tenant, delivery.SubscriptionId) is not { State: SubscriptionState.On })
            {
                return (409, Problems.SubscriptionOff);
            }

            await DeliveryStore.Replay(tx, delivery, now);
            tx.AfterCommit(() => signals.Tell(LaneKind.Subscription));
            return (200, DeliveryJson.Of((await DeliveryStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static Task<Subscription?> Found(Database database, SignedIn who, long id, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), tx => SubscriptionStore.Find(tx, who.Tenant, id), cancel);
}
