using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commerce;

/// <param name="Id">Ours.</param>
/// <param name="TrackingNumber">What customers ask for, such as TRK123456.</param>
/// <param name="ContactId">Whose order it is; null when it came without a customer.</param>
/// <param name="Status">pending, confirmed, preparing, shipped, out_for_delivery, delivered or cancelled.</param>
/// <param name="Carrier">Who brings it, or null.</param>
/// <param name="ExpectedOn">ISO date, or null.</param>
/// <param name="TotalMinor">In the currency's minor unit (cents), or null.</param>
/// <param name="Currency">ISO 4217, or null.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record OrderAnswer(
    long Id, string TrackingNumber, long? ContactId, string Status, string? Carrier, string? ExpectedOn, long? TotalMinor,
    string? Currency, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

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
            Scope.Tenant(who.Tenant), tx => OrderStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, order => new Cursor(order.Id, order.Id), Show));
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, long id) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => OrderStore.Find(tx, who.Tenant, id), http.RequestAborted) is { } order
            ? TypedResults.Ok(Show(order))
            : Problems.Refuse(Problems.NotFound);

    private static OrderAnswer Show(Order order) => new(
        order.Id, order.TrackingNumber, order.ContactId, order.Status, order.Carrier, order.ExpectedOn, order.TotalMinor, order.Currency,
        Instants.FromMicros(order.CreatedAt), Instants.FromMicros(order.UpdatedAt));
}
