using System.Text.Json;
using Relais.Channels;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Orders;

/// <summary>What became of the confirmation.</summary>
/// <param name="Sent">True when it is on its way.</param>
/// <param name="Code">Why not, for programs; null when it was sent or not wanted.</param>
/// <param name="Reason">The same in a sentence.</param>
/// <param name="MessageId">The message, or null.</param>
/// <param name="IsTemplate">True when it goes as a template: the service window is closed.</param>
internal sealed record ConfirmationAnswer(bool Sent, string? Code = null, string? Reason = null, long? MessageId = null, bool IsTemplate = false)
{
    public static ConfirmationAnswer Of(OrderSaid said) => said switch
    {
        OrderSaid.Sent sent => new(true, MessageId: sent.MessageId, IsTemplate: sent.IsTemplate),
        OrderSaid.Refused no => new(false, no.Code, no.Reason),
        OrderSaid.Later => new(false, "quiet_hours", "Waits for the end of the quiet hours."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <param name="Order">As made.</param>
/// <param name="Confirmation">Null when none was wanted.</param>
internal sealed record PlacedOrder(OrderAnswer Order, ConfirmationAnswer? Confirmation);

/// <summary>What would become of an order, before it is made.</summary>
/// <param name="Ok">True: it can be made.</param>
/// <param name="Errors">Wrong fields with a sentence each; empty when it can be made.</param>
/// <param name="Phone">The number as it would be kept, E.164; or null.</param>
/// <param name="Confirmation">Whether a confirmation could be sent now; null without a customer.</param>
internal sealed record OrderCheckAnswer(bool Ok, IReadOnlyDictionary<string, string[]> Errors, string? Phone, ConfirmationAnswer? Confirmation);

/// <param name="Language">fr, ar or en; left out, the conversation's.</param>
/// <param name="InboxId">The number to write from; left out, the last one.</param>
internal sealed record ConfirmationBody(string? Language = null, long? InboxId = null);

/// <summary>Orders that people and shop systems make, with the question to the customer whether they are right.</summary>
internal static class OrderPlacingApi
{
    public static void MapOrderPlacing(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/orders").WithTags("Orders").RequireAuthorization(Policies.Agent);
        group.MapPost("", Create).WithName("create_order").WithSummary("Make an order; send_whatsapp_confirmation asks its customer whether it is right.")
            .WithDescription("Takes an Idempotency-Key. The order is made also when the confirmation cannot be sent: confirmation says why.")
            .Accepts<NewOrderBody>("application/json").Produces<PlacedOrder>(201).ProducesProblem(400);
        group.MapPost("/check", Check).WithName("check_order").WithSummary("What would be wrong with an order, and whether its confirmation could be sent; makes nothing.")
            .Accepts<NewOrderBody>("application/json").Produces<OrderCheckAnswer>();
        group.MapPost("/{id:long}/send-confirmation", SendConfirmation).WithName("send_order_confirmation")
            .WithSummary("Ask an order's customer whether it is right: Confirm, Modify, Cancel.")
            .Accepts<ConfirmationBody>("application/json").Produces<PlacedOrder>().ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/{id:long}/called", Called).WithName("order_called").WithSummary("The customer was called: the order leaves the list of those to call.")
            .Produces<OrderAnswer>().ProducesProblem(404);
    }

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Database database, OrderCreation creation, OrderConfirming confirming, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, body) = await ApiBody.Read<NewOrderBody>(http.Request);
        var country = (await database.Read(Scope.Tenant(who.Tenant), tx => TenantStore.Find(tx, who.Tenant), http.RequestAborted))!.Country;
        var (asked, problems) = NewOrderCheck.Of(body, country);
        if (asked is null)
        {
            return Wrong(problems);
        }

        var range = await ids.Take(2 + OrderCreation.IdsNeeded + OrderConfirming.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, "POST /api/orders", bytes, async tx =>
        {
            range.Rewind();
            var (contact, unknown) = await Contact(tx, who.Tenant, asked, range, clock.Micros);
            if (unknown is not null)
            {
                return (400, (object?)Wrong([unknown]));
            }

            switch (await creation.Create(tx, who.Tenant, asked, contact, new OrderBy(OrderActor.Person, who.AgentId), clock.Micros, range))
            {
                case OrderMade.Wrong no:
                    return (400, Wrong(no.Problems));
                case OrderMade.Created made:
                    var confirmation = asked.SendsConfirmation
                        ? ConfirmationAnswer.Of(await confirming.Ask(tx, made.Order, asked.Language, asked.InboxId, who.AgentId, range)) : null;
                    return (201, new PlacedOrder(OrderAnswer.Of((await OrderRead.Find(tx, who.Tenant, made.Order.Id))!), confirmation));
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
    }

    private static async Task<IResult> Check(HttpContext http, SignedIn who, Database database, OrderConfirming confirming, Clock clock)
    {
        var (_, body) = await ApiBody.Read<NewOrderBody>(http.Request);
        return await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var (asked, problems) = NewOrderCheck.Of(body, (await TenantStore.Find(tx, who.Tenant))!.Country);
            long? contact = asked?.ContactId;
            var all = problems.ToList();
            if (contact is { } known && await OutreachStore.ContactExists(tx, who.Tenant, known) == 0)
            {
                all.Add(new ContentProblem("contact_id", "There is no contact with this id."));
                contact = null;
            }

            if (contact is null && asked?.Phone is { } phone)
            {
                contact = await ContactStore.Owner(tx, new SeenContact(who.Tenant, null, phone, null, null)) is var owner and > 0 ? owner : null;
            }

            if (asked?.OrderNumber is { } number && await OrderStore.IsTaken(tx, who.Tenant, number))
            {
                all.Add(new ContentProblem("order_number", $"Another order has the number {number} already."));
            }

            var hasCustomer = contact is not null || asked?.Phone is not null;
            var draft = new Order
            {
                TenantId = who.Tenant, TrackingNumber = "TRK000000", ContactId = contact, TotalMinor = asked?.TotalMinor, Currency = asked?.Currency, CreatedAt = clock.Micros,
            };
            var refused = asked is null || !hasCustomer ? null : await confirming.Foresee(tx, draft, asked.Language, asked.InboxId);
            return TypedResults.Ok(new OrderCheckAnswer(
                all.Count == 0, all.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(p => p.Reason).ToArray(), StringComparer.Ordinal), asked?.Phone,
                !hasCustomer ? null : refused is null ? new ConfirmationAnswer(true) : ConfirmationAnswer.Of(refused)));
        }, http.RequestAborted);
    }

    private static async Task<IResult> SendConfirmation(HttpContext http, SignedIn who, OrderConfirming confirming, OrderNews news, Idempotency idempotency, Ids ids, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var body = bytes.Length == 0 ? new ConfirmationBody() : JsonSerializer.Deserialize<ConfirmationBody>(bytes, ApiJson.Options)!;
        var range = await ids.Take(OrderNews.IdsNeeded + OrderConfirming.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/orders/{id}/send-confirmation", bytes, async tx =>
        {
            range.Rewind();
            if (await OrderStore.Find(tx, who.Tenant, id) is not { } order)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (body.Language is not (null or "fr" or "ar" or "en"))
            {
                return (400, Problems.Invalid400("language", "language is fr, ar or en."));
            }

            if (order.Status != OrderMachine.Placed)
            {
                return (409, Problems.Refuse(Problems.OrderState, $"The order is {order.Status}: only a placed one is confirmed by its customer."));
            }

            var said = await confirming.Ask(tx, order, body.Language, body.InboxId, who.AgentId, range);
            await news.Tell(tx, order, null, who.AgentId, range);
            return (200, new PlacedOrder(OrderAnswer.Of((await OrderRead.Find(tx, who.Tenant, id))!), ConfirmationAnswer.Of(said)));
        });
    }

    private static async Task<IResult> Called(HttpContext http, SignedIn who, OrderNews news, Idempotency idempotency, Ids ids, Clock clock, long id)
    {
        var range = await ids.Take(OrderNews.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/orders/{id}/called", [], async tx =>
        {
            range.Rewind();
            if (await OrderStore.Find(tx, who.Tenant, id) is not { } order)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (await OrderFollowStore.Called(tx, who.Tenant, id, clock.Micros))
            {
                await news.Tell(tx, order, null, who.AgentId, range);
            }

            return (200, OrderAnswer.Of((await OrderRead.Find(tx, who.Tenant, id))!));
        });
    }

    /// <summary>The customer, made when their number is new; nobody when the order names none.</summary>
    private static async Task<(long? Contact, ContentProblem? Unknown)> Contact(Tx tx, long tenantId, NewOrder asked, IdRange ids, long now)
    {
        if (asked.ContactId is { } known)
        {
            return await OutreachStore.ContactExists(tx, tenantId, known) > 0
                ? (known, null) : (null, new ContentProblem("contact_id", "There is no contact with this id."));
        }

        if (asked.Phone is not { } phone)
        {
            return (null, null);
        }

        return (await ContactStore.OfPhone(tx, tenantId, phone, asked.Name, ids, now), null);
    }

    private static IResult Wrong(IReadOnlyList<ContentProblem> problems) => Problems.Refuse(
        Problems.Invalid, problems[0].Reason,
        problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(p => p.Reason).ToArray(), StringComparer.Ordinal));
}
