using System.Globalization;
using System.Text.Json;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Desk.Orders;
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
/// <param name="Notify">True: the customer is told where the business has a notice for that status (GET /api/orders/notices).</param>
/// <param name="Reason">A few words why, kept with the move.</param>
internal sealed record OrderChangeBody(string? Status, string? Carrier, string? ExpectedOn, bool? Notify = null, string? Reason = null);

/// <summary>What people do to orders. The customer is told of a move only where it says notify.</summary>
internal static class OrderActApi
{
    private const int LongestReason = 500;
    private const int LongestCarrier = 80;

    public static void MapOrderActs(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/orders/{id:long}").WithTags("Orders").RequireAuthorization(Policies.Agent);
        group.MapPost("/confirm", (HttpContext http, OrderDesk desk, long id) => Act(http, desk, id, OrderAct.Confirm)).WithName("confirm_order")
            .WithSummary("Confirm an order that is a draft or placed.")
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
            : (new OrderStep(status, OrderAct.States(act)) { Note = reason.Length == 0 ? null : $"📝 {reason}", Why = reason.Length == 0 ? null : reason }, null));
    }

    private static async Task<IResult> Change(HttpContext http, OrderDesk desk, long id)
    {
        var (bytes, body) = await ApiBody.Read<OrderChangeBody>(http.Request);
        return await desk.Carry(http, $"PATCH /api/orders/{id}", bytes, id, () => Read(body));
    }

    private static (OrderStep?, IResult?) Read(OrderChangeBody body)
    {
        if (body is { Status: null, Carrier: null, ExpectedOn: null })
        {
            return (null, Problems.Invalid400("status", "Name what changes: status, carrier, expected_on."));
        }

        if (body.Status is not null && !OrderMachine.IsStatus(body.Status))
        {
            return (null, Problems.Invalid400("status", $"status is one of {string.Join(", ", OrderMachine.Statuses)}."));
        }

        var carrier = body.Carrier is null ? null : CustomerText.Normalise(ShortText.OneLine(body.Carrier)).Trim();
        if (carrier?.Length > LongestCarrier)
        {
            return (null, Problems.Invalid400("carrier", $"carrier is longer than {LongestCarrier} characters."));
        }

        var reason = CustomerText.Normalise(ShortText.OneLine(body.Reason ?? "")).Trim();
        if (reason.Length > LongestReason)
        {
            return (null, Problems.Invalid400("reason", $"reason is longer than {LongestReason} characters."));
        }

        return body.ExpectedOn is { Length: > 0 } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? (null, Problems.Invalid400("expected_on", "expected_on is a date such as 2026-05-04, or empty."))
            : (new OrderStep(body.Status, body.Status is null ? [] : OrderMachine.From(OrderActor.Person, body.Status))
            {
                Carrier = carrier, ExpectedOn = body.ExpectedOn, Notify = body.Notify ?? false, Why = reason.Length == 0 ? null : reason,
            }, null);
    }
}

/// <param name="Status">The new one; null keeps it.</param>
/// <param name="From">The states in which that may be done.</param>
internal sealed record OrderStep(string? Status, IReadOnlyList<string> From)
{
    public string? Note { get; init; }

    public string? Why { get; init; }

    public string? Carrier { get; init; }

    public string? ExpectedOn { get; init; }

    public bool Notify { get; init; }
}

/// <summary>
/// Changes an order in one transaction with the line in its customer's conversation. Promise: the state is looked at by the
/// statement that changes it, so of two people one is refused.
/// </summary>
internal sealed class OrderDesk(Idempotency idempotency, OrderNews news, Ids ids, Clock clock)
{
    public async Task<IResult> Carry(HttpContext http, string route, byte[] body, long id, Func<(OrderStep? Step, IResult? Refused)> read)
    {
        var who = http.SignedIn();
        var range = await ids.Take(OrderNews.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, route, body, async tx =>
        {
            range.Rewind();
            if (await OrderStore.Find(tx, who.Tenant, id) is not { } order)
            {
                return (404, (object?)Problems.NotFound);
            }

            var (step, refused) = read();
            if (step is null)
            {
                return (400, refused);
            }

            var now = clock.Micros;
            if (step.Status is not null && !await OrderStore.Change(
                tx, who.Tenant, id, order.ContactId ?? 0, step.From, step.Status, step.Note, new OrderBy(OrderActor.Person, who.AgentId, step.Why), now))
            {
                var stands = (await OrderStore.Find(tx, who.Tenant, id))!.Status;
                return (409, Problems.Refuse(Problems.OrderState, $"The order is {stands}: it cannot become {step.Status}."));
            }

            if (step.Carrier is not null || step.ExpectedOn is not null)
            {
                await OrderStore.Describe(tx, who.Tenant, id, step.Carrier, step.ExpectedOn, now);
            }

            var moved = (await OrderStore.Find(tx, who.Tenant, id))!;
            await news.Tell(tx, moved, step.Status, who.AgentId, range);
            if (step.Notify && step.Status is not null)
            {
                await news.Notify(tx, moved, $"person {who.AgentId}", range);
            }

            return (200, OrderAnswer.Of((await OrderRead.Find(tx, who.Tenant, id))!));
        });
    }
}
