using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commerce;

/// <param name="Id">Ours.</param>
/// <param name="TrackingNumber">What customers ask for, such as TRK123456.</param>
/// <param name="ContactId">Whose order it is; null when it came without a customer.</param>
/// <param name="Status">draft (a cart a customer sent), pending, confirmed, preparing, shipped, out_for_delivery, delivered or cancelled.</param>
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

    public static OrderAnswer Of(OrderRead read) => new(
        read.Order.Id, read.Order.TrackingNumber, read.Order.ContactId, read.Order.Status, read.Order.Carrier, read.Order.ExpectedOn,
        read.Order.TotalMinor, read.Order.Currency, read.Order.MessageId, read.Order.Note,
        read.Items.ConvertAll(i => new OrderItemAnswer(i.Line, i.ProductId, i.Name, i.Quantity, i.PriceMinor, i.Currency)),
        Instants.FromMicros(read.Order.CreatedAt), Instants.FromMicros(read.Order.UpdatedAt))
    {
        ContactName = read.CustomerName,
        Acts = [.. new[] { OrderAct.Confirm, OrderAct.Cancel }.Where(act => OrderAct.IsPossible(act, read.Order.Status))],
    };
}

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
        orders.MapGet("/", List).WithName("ListOrders").WithSummary("Orders, newest first; q looks in their numbers and their customers")
            .Produces<Page<OrderAnswer>>().ProducesProblem(400).ProducesProblem(401);
        orders.MapGet("/{id:long}", Get).WithName("GetOrder").WithSummary("One order")
            .Produces<OrderAnswer>().ProducesProblem(401).ProducesProblem(404);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query, string? q = null, string? status = null, long? contact = null)
    {
        if (query.Read(Rows, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        if (status is { Length: > 0 } && !OrderProgress.IsStatus(status))
        {
            return Problems.Invalid400("status", $"status is one of {string.Join(", ", OrderProgress.Statuses)}.");
        }

        if (q?.Length > LongestQuestion)
        {
            return Problems.Invalid400("q", $"q is longer than {LongestQuestion} characters.");
        }

        var filter = new OrderFilter(string.IsNullOrWhiteSpace(q) ? null : q.Trim(), string.IsNullOrEmpty(status) ? null : status, contact);
        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => OrderRead.Page(tx, who.Tenant, filter, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, read => new Cursor(read.Order.Id, read.Order.Id), OrderAnswer.Of));
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, long id) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => OrderRead.Find(tx, who.Tenant, id), http.RequestAborted) is { } found
            ? TypedResults.Ok(OrderAnswer.Of(found))
            : Problems.Refuse(Problems.NotFound);
}
