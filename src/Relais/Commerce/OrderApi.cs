using Relais.Commerce.Orders;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Commerce;

/// <param name="Id">Ours.</param>
/// <param name="TrackingNumber">What customers ask for, such as TRK123456.</param>
/// <param name="ContactId">Whose order it is; null when it came without a customer.</param>
/// <param name="Status">draft (a cart, or an order its customer wants changed), placed, confirmed, preparing, shipped, out_for_delivery, delivered or cancelled.</param>
/// <param name="Carrier">Who brings it, or null.</param>
/// <param name="ExpectedOn">ISO date, or null.</param>
/// <param name="TotalMinor">In the currency's minor unit (cents), or null.</param>
/// <param name="Currency">ISO 4217, or null.</param>
/// <param name="MessageId">The message whose cart it was drafted from, or null.</param>
/// <param name="Note">What the customer wrote beside the cart, or null.</param>
/// <param name="Items">Its lines; empty for an order that is known by its number only.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record OrderAnswer(
    long Id, string TrackingNumber, long? ContactId, string Status, string? Carrier, string? ExpectedOn, long? TotalMinor,
    string? Currency, long? MessageId, string? Note, IReadOnlyList<OrderItemAnswer> Items, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The customer's name, or null.</summary>
    public string? ContactName { get; init; }

    /// <summary>What may be done to it now: confirm, cancel (POST /api/orders/{id}/…).</summary>
    public IReadOnlyList<string> Acts { get; init; } = [];

    /// <summary>What people say; null for an order that is known by its tracking number only.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Where it goes, or null.</summary>
    public string? Address { get; init; }

    /// <summary>When its customer was asked to confirm it, or null.</summary>
    public DateTimeOffset? ConfirmationSentAt { get; init; }

    /// <summary>When it was confirmed, or null.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>How often its customer was reminded to confirm it.</summary>
    public long Reminders { get; init; }

    /// <summary>Since when it is listed for a call, or null.</summary>
    public DateTimeOffset? CallAt { get; init; }

    /// <summary>Why the last message about it was not sent, or null.</summary>
    public string? MessageProblem { get; init; }

    /// <summary>Its history, oldest first; of one order alone.</summary>
    public IReadOnlyList<OrderMoveAnswer>? Moves { get; init; }

    /// <summary>What its customer was told of its statuses; of one order alone.</summary>
    public IReadOnlyList<OrderNoticeSentAnswer>? Notices { get; init; }

    public static OrderAnswer Of(OrderRead read) => new(
        read.Order.Id, read.Order.TrackingNumber, read.Order.ContactId, read.Order.Status, read.Order.Carrier, read.Order.ExpectedOn,
        read.Order.TotalMinor, read.Order.Currency, read.Order.MessageId, read.Order.Note,
        read.Items.ConvertAll(i => new OrderItemAnswer(i.Line, i.ProductId, i.Name, i.Quantity, i.PriceMinor, i.Currency)),
        Instants.FromMicros(read.Order.CreatedAt), Instants.FromMicros(read.Order.UpdatedAt))
    {
        ContactName = read.CustomerName,
        OrderNumber = read.Order.OrderNumber,
        Address = read.Order.Address,
        ConfirmationSentAt = When(read.Order.ConfirmationSentAt),
        ConfirmedAt = When(read.Order.ConfirmedAt),
        Reminders = read.Order.Reminders,
        CallAt = When(read.Order.CallAt),
        MessageProblem = read.Order.MessageProblem,
        Moves = read.Moves?.ConvertAll(m => new OrderMoveAnswer(m.FromStatus, m.ToStatus, m.Actor, m.AgentId, m.AgentName, m.Why, Instants.FromMicros(m.CreatedAt))),
        Notices = read.Notices?.ConvertAll(n => new OrderNoticeSentAnswer(n.Status, n.MessageId, n.ProblemCode, n.Problem, Instants.FromMicros(n.CreatedAt))),
        Acts = [.. new[] { OrderAct.Confirm, OrderAct.Cancel }.Where(act => OrderAct.IsPossible(act, read.Order.Status))],
    };

    private static DateTimeOffset? When(long? at) => at is { } micros ? Instants.FromMicros(micros) : null;
}

/// <param name="From">Null: it was made.</param>
/// <param name="To">The status it came to.</param>
/// <param name="Actor">person, customer, courier, system.</param>
/// <param name="AgentId">The person, or null.</param>
/// <param name="AgentName">Their name, or null.</param>
/// <param name="Why">A few words, or null.</param>
/// <param name="At">ISO-8601 UTC.</param>
internal sealed record OrderMoveAnswer(string? From, string To, string Actor, long? AgentId, string? AgentName, string? Why, DateTimeOffset At);

/// <param name="Status">Of which status.</param>
/// <param name="MessageId">The message; null when it was refused.</param>
/// <param name="ProblemCode">Why it was refused, or null.</param>
/// <param name="Problem">The same in a sentence.</param>
/// <param name="At">ISO-8601 UTC.</param>
internal sealed record OrderNoticeSentAnswer(string Status, long? MessageId, string? ProblemCode, string? Problem, DateTimeOffset At);

/// <param name="Line">1, 2, 3 …</param>
/// <param name="ProductId">The retailer's id in the catalogue.</param>
/// <param name="Name">For people, or null.</param>
/// <param name="Quantity">How many.</param>
/// <param name="PriceMinor">Of one, in the currency's minor unit; null when it was not told.</param>
/// <param name="Currency">ISO 4217, or null.</param>
internal sealed record OrderItemAnswer(long Line, string ProductId, string? Name, long Quantity, long? PriceMinor, string? Currency);

/// <summary>The orders of the signed-in tenant; what people do to them is the desk's (Desk/OrderActApi).</summary>
internal static class OrderApi
{
    private const int Rows = 50;
    private const int LongestQuestion = 200;

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/orders").RequireAuthorization(Policies.Agent).WithTags("Orders");
        orders.MapGet("/", List).WithName("ListOrders").WithSummary("Orders, newest first; q looks in their numbers and their customers, to_call=true gives those that wait for a call")
            .Produces<Page<OrderAnswer>>().ProducesProblem(400).ProducesProblem(401);
        orders.MapGet("/{id:long}", Get).WithName("GetOrder").WithSummary("One order")
            .Produces<OrderAnswer>().ProducesProblem(401).ProducesProblem(404);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query, string? q = null, string? status = null, long? contact = null,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "to_call")] bool? toCall = null)
    {
        if (query.Read(Rows, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        if (status is { Length: > 0 } && !OrderMachine.IsStatus(status))
        {
            return Problems.Invalid400("status", $"status is one of {string.Join(", ", OrderMachine.Statuses)}.");
        }

        if (q?.Length > LongestQuestion)
        {
            return Problems.Invalid400("q", $"q is longer than {LongestQuestion} characters.");
        }

        var filter = new OrderFilter(string.IsNullOrWhiteSpace(q) ? null : q.Trim(), string.IsNullOrEmpty(status) ? null : status, contact) { ToCall = toCall ?? false, Sight = Sight.Of(who) };
        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => OrderRead.Page(tx, who.Tenant, filter, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, read => new Cursor(read.Order.Id, read.Order.Id), OrderAnswer.Of));
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, long id) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => OrderRead.Find(tx, who.Tenant, id), http.RequestAborted) is { } found
            ? TypedResults.Ok(OrderAnswer.Of(found))
            : Problems.Refuse(Problems.NotFound);
}
