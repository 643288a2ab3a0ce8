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
    string? Currency, long? MessageId, string? Note, IReadOnlyList<OrderItemAnswer> Items, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Line">1, 2, 3 …</param>
/// <param name="ProductId">The retailer's id in the catalogue.</param>
/// <param name="Name">For people, or null.</param>
/// <param name="Quantity">How many.</param>
/// <param name="PriceMinor">Of one, in the currency's minor unit; null when it was not told.</param>
/// <param name="Currency">ISO 4217, or null.</param>
internal sealed record OrderItemAnswer(long Line, string ProductId, string? Name, long Quantity, long? PriceMinor, string? Currency);

/// <summary>The orders of the signed-in tenant, read only so far.</summary>
internal static class OrderApi
{
    private const int Rows = 50;

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/orders").RequireAuthorization(Policies.Agent).WithTags("Orders");
        orders.MapGet("/", List).WithName("ListOrders").WithSummary("Orders, newest first")
            .Produces<Page<OrderAnswer>>().ProducesProblem(400).ProducesProblem(401);
        orders.MapGet("/{id:long}", Get).WithName("GetOrder").WithSummary("One order")
            .Produces<OrderAnswer>().ProducesProblem(401).ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(Rows, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant),
            async tx => await WithItems(tx, who.Tenant, await OrderStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1)),
            http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, order => new Cursor(order.Order.Id, order.Order.Id), Show));
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, long id) =>
        await database.Read(
            Scope.Tenant(who.Tenant),
            async tx => await OrderStore.Find(tx, who.Tenant, id) is { } order ? await WithItems(tx, who.Tenant, [order]) : [],
            http.RequestAborted) is [var found]
            ? TypedResults.Ok(Show(found))
            : Problems.Refuse(Problems.NotFound);

    private static async Task<List<(Order Order, List<OrderItem> Items)>> WithItems(Tx tx, long tenantId, List<Order> orders)
    {
        var items = (await OrderStore.Items(tx, tenantId, orders.ConvertAll(o => o.Id))).ToLookup(i => i.OrderId);
        return orders.ConvertAll(o => (o, items[o.Id].ToList()));
    }

    private static OrderAnswer Show((Order Order, List<OrderItem> Items) found) => new(
        found.Order.Id, found.Order.TrackingNumber, found.Order.ContactId, found.Order.Status, found.Order.Carrier, found.Order.ExpectedOn,
        found.Order.TotalMinor, found.Order.Currency, found.Order.MessageId, found.Order.Note,
        found.Items.ConvertAll(i => new OrderItemAnswer(i.Line, i.ProductId, i.Name, i.Quantity, i.PriceMinor, i.Currency)),
        Instants.FromMicros(found.Order.CreatedAt), Instants.FromMicros(found.Order.UpdatedAt));
}
