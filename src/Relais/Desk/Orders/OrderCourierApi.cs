using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Orders;

/// <param name="Url">Where the courier posts; it holds the key.</param>
/// <param name="Secret">What it signs with; told once, when it is made. Null when an Idempotency-Key is repeated.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="LastAt">When a call was last let in, or null.</param>
internal sealed record CourierKeyAnswer(string Url, string? Secret, DateTimeOffset CreatedAt, DateTimeOffset? LastAt);

/// <param name="Key">Null: there is none.</param>
internal sealed record CourierKeyState(CourierKeyAnswer? Key);

/// <summary>Statuses of couriers that come through the API, and the address through which they come by themselves.</summary>
internal static class OrderCourierApi
{
    public static void MapOrderCourier(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/orders/{id:long}/courier-status", Tell).WithTags("Orders").RequireAuthorization(Policies.Agent).WithName("tell_courier_status")
            .WithSummary("What the courier says of an order; told again, or older than what is known, it has no effect.")
            .Accepts<CourierStatusBody>("application/json").Produces<CourierAnswer>().ProducesProblem(400).ProducesProblem(404);
        var admin = app.MapGroup("/api/orders/courier").WithTags("Orders").RequireAuthorization(Policies.Admin);
        admin.MapGet("", Get).WithName("get_order_courier").WithSummary("The courier's webhook; its secret is not told again.").Produces<CourierKeyState>();
        admin.MapPost("", Make).WithName("make_order_courier").WithSummary("A new address and secret for the courier; the old ones end.").Produces<CourierKeyAnswer>(201);
        admin.MapDelete("", Remove).WithName("remove_order_courier").WithSummary("End the courier's webhook.").Produces<SuccessAnswer>().ProducesProblem(404);
    }

    private static async Task<IResult> Tell(HttpContext http, SignedIn who, OrderCourier courier, Idempotency idempotency, Ids ids, long id)
    {
        var (bytes, body) = await ApiBody.Read<CourierStatusBody>(http.Request);
        var range = await ids.Take(OrderCourier.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/orders/{id}/courier-status", bytes, async tx =>
        {
            range.Rewind();
            return await OrderStore.Find(tx, who.Tenant, id) is not { } order ? (404, (object?)Problems.NotFound)
                : OrderCourier.Wrong(body) is [var wrong, ..] ? (400, Problems.Invalid400(wrong.Field, wrong.Reason))
                : (200, await courier.Apply(tx, order, body, who.AgentId, range));
        });
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, PublicAddress address) =>
        TypedResults.Ok(new CourierKeyState(await database.Read(Scope.Tenant(who.Tenant), tx => CourierStore.Find(tx, who.Tenant), http.RequestAborted) is { } key
            ? Shown(http, address, key, null) : null));

    private static async Task<IResult> Make(HttpContext http, SignedIn who, Idempotency idempotency, Secrets secrets, PublicAddress address, Clock clock)
    {
        var secret = Secrets.NewToken("rcs_");
        var key = new CourierKey
        {
            TenantId = who.Tenant, Key = Secrets.NewToken(""), Secret = secrets.Seal(secret, CourierKey.Place(who.Tenant)), CreatedAt = clock.Micros,
        };
        return await idempotency.Once(http, who, "POST /api/orders/courier", [], async tx =>
        {
            await CourierStore.Put(tx, key);
            return (201, new ToldOnce(Shown(http, address, key, null), Shown(http, address, key, secret)));
        });
    }

    private static async Task<IResult> Remove(HttpContext http, SignedIn who, Idempotency idempotency) =>
        await idempotency.Once(http, who, "DELETE /api/orders/courier", [], async tx =>
            await CourierStore.Delete(tx, who.Tenant) ? (200, new SuccessAnswer()) : (404, (object?)Problems.NotFound));

    private static CourierKeyAnswer Shown(HttpContext http, PublicAddress address, CourierKey key, string? secret) => new(
        $"{address.Url?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}"}/webhooks/courier/{key.Key}", secret,
        Instants.FromMicros(key.CreatedAt), key.LastAt is { } at ? Instants.FromMicros(at) : null);
}
