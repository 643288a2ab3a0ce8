using System.Globalization;
using System.Text.Json;
using Relais.Changes;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Why an order is confirmed or cancelled.</summary>
/// <param name="Reason">A few words, kept with the order; may be left out.</param>
internal sealed record OrderActBody(string? Reason);

/// <summary>What changes of an order; a field left out stays.</summary>
/// <param name="Status">Where it stands now.</param>
/// <param name="Carrier">Who brings it; empty takes it away.</param>
/// <param name="ExpectedOn">2026-05-04; empty takes it away.</param>
internal sealed record OrderChangeBody(string? Status, string? Carrier, string? ExpectedOn);

/// <summary>What people do to orders. The customer is not told by it: POST /api/orders/{id}/send-recap and the desk are for that.</summary>
internal static class OrderActApi
{
    private const int LongestReason = 500;
    private const int LongestCarrier = 80;

    public static void MapOrderActs(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/orders/{id:long}").WithTags("Orders").RequireAuthorization(Policies.Agent);
        group.MapPost("/confirm", (HttpContext http, OrderDesk desk, long id) => Act(http, desk, id, OrderAct.Confirm)).WithName("confirm_order")
            .WithSummary("Confirm an order that is a draft or pending.")
            .Accepts<OrderActBody>("application/json").Produces<OrderAnswer>().ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/cancel", (HttpContext http, OrderDesk desk, long id) => Act(http, desk, id, OrderAct.Cancel)).WithName("cancel_order")
            .WithSummary("Cancel an order that has not left yet.")
            .Accepts<OrderActBody>("application/json").Produces<OrderAnswer>().ProducesProblem(404).ProducesProblem(409);
        group.MapPatch("", Change).WithName("change_order").WithSummary("Move an order on, say who brings it and when.")
            .Accepts<OrderChangeBody>("application/json").Produces<OrderAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> Act(HttpContext http, OrderDesk desk, long id, string act)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var asked = bytes.Length == 0 ? null : JsonSerializer.Deserialize<OrderActBody>(bytes, ApiJson.Options);
        var reason = CustomerText.Normalise(ShortText.OneLine(asked?.Reason ?? "")).Trim();
        var status = act == OrderAct.Confirm ? "confirmed" : "cancelled";
        return await desk.Carry(http, $"POST /api/orders/{id}/{act}", bytes, id, () => reason.Length > LongestReason
            ? (null, Problems.Invalid400("reason", $"reason is longer than {LongestReason} characters."))
            : (new OrderMove(status, OrderAct.States(act)) { Note = reason.Length == 0 ? null : $"📝 {reason}" }, null));
    }

    private static async Task<IResult> Change(HttpContext http, OrderDesk desk, long id)
    {
        var (bytes, body) = await ApiBody.Read<OrderChangeBody>(http.Request);
        return await desk.Carry(http, $"PATCH /api/orders/{id}", bytes, id, () => Read(body));
    }

    private static (OrderMove?, IResult?) Read(OrderChangeBody body)
    {
        if (body is { Status: null, Carrier: null, ExpectedOn: null })
        {
            return (null, Problems.Invalid400("status", "Name what changes: status, carrier, expected_on."));
        }

        if (body.Status is not null && !OrderProgress.IsStatus(body.Status))
        {
            return (null, Problems.Invalid400("status", $"status is one of {string.Join(", ", OrderProgress.Statuses)}."));
        }

        var carrier = body.Carrier is null ? null : CustomerText.Normalise(ShortText.OneLine(body.Carrier)).Trim();
        if (carrier?.Length > LongestCarrier)
        {
            return (null, Problems.Invalid400("carrier", $"carrier is longer than {LongestCarrier} characters."));
        }

        return body.ExpectedOn is { Length: > 0 } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? (null, Problems.Invalid400("expected_on", "expected_on is a date such as 2026-05-04, or empty."))
            : (new OrderMove(body.Status, body.Status is null ? [] : OrderProgress.From(body.Status)) { Carrier = carrier, ExpectedOn = body.ExpectedOn }, null);
    }
}

/// <param name="Status">The new one; null keeps it.</param>
/// <param name="From">The states in which that may be done.</param>
internal sealed record OrderMove(string? Status, IReadOnlyList<string> From)
{
    public string? Note { get; init; }

    public string? Carrier { get; init; }

    public string? ExpectedOn { get; init; }
}

/// <summary>
/// Changes an order in one transaction with the line in its customer's conversation. Promise: the state is looked at by the
/// statement that changes it, so of two people one is refused.
/// </summary>
internal sealed class OrderDesk(Idempotency idempotency, ConversationEvents events, ChangeLog changes, Ids ids, Clock clock)
{
    public async Task<IResult> Carry(HttpContext http, string route, byte[] body, long id, Func<(OrderMove? Move, IResult? Refused)> read)
    {
        var who = http.SignedIn();
        var range = await ids.Take(2, http.RequestAborted);
        return await idempotency.Once(http, who, route, body, async tx =>
        {
            range.Rewind();
            if (await OrderStore.Find(tx, who.Tenant, id) is not { } order)
            {
                return (404, (object?)Problems.NotFound);
            }

            var (move, refused) = read();
            if (move is null)
            {
                return (400, refused);
            }

            var now = clock.Micros;
            if (move.Status is not null
                && !await OrderStore.Change(tx, who.Tenant, id, order.ContactId ?? 0, move.From, move.Status, move.Note, now))
            {
                var stands = (await OrderStore.Find(tx, who.Tenant, id))!.Status;
                return (409, Problems.Refuse(Problems.OrderState, $"The order is {stands}: it cannot become {move.Status}."));
            }

            if (move.Carrier is not null || move.ExpectedOn is not null)
            {
                await OrderStore.Describe(tx, who.Tenant, id, move.Carrier, move.ExpectedOn, now);
            }

            if (order.ContactId is { } contact && await OutreachStore.LastConversation(tx, who.Tenant, contact) is { } place)
            {
                var type = move.Status is "confirmed" or "cancelled" ? $"order_{move.Status}" : "order_updated";
                var detail = type == "order_updated" && move.Status is not null ? $"{order.TrackingNumber}: {move.Status}" : order.TrackingNumber;
                await events.Add(tx, new ConversationEvent(who.Tenant, range.Next(), place.Id, type, who.AgentId, detail, now));
                await changes.Append(tx, [new Change(range.Next(), who.Tenant, "conversation.updated", place.Id, null, place.InboxId, now)]);
            }

            return (200, OrderAnswer.Of((await OrderRead.Find(tx, who.Tenant, id))!));
        });
    }
}
