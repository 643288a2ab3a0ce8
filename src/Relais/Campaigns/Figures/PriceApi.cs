using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Campaigns.Figures;

/// <summary>What the provider charges, as the business keeps it: Meta's own list changes and is not asked for.</summary>
internal static class PriceApi
{
    public static void MapPrices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/message-prices", Get).WithTags("Campaigns").RequireAuthorization(Policies.Agent).WithName("get_message_prices")
            .WithSummary("What a delivered template costs, by country and category").Produces<PriceList>();
        app.MapPut("/api/message-prices", Put).WithTags("Campaigns").RequireAuthorization(Policies.Admin).WithName("put_message_prices")
            .WithSummary("Put this price list in place of the one there was").Accepts<PriceList>("application/json").Produces<PriceList>().ProducesProblem(400);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(PriceList.Of(await database.Read(Scope.Tenant(who.Tenant), tx => PriceStore.All(tx, who.Tenant), cancel)), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, body) = await ApiBody.Read<PriceList>(http.Request);
        if (PriceList.Read(body.Items, out var prices) is { } refused)
        {
            return refused;
        }

        return await idempotency.Once(http, who, "PUT /api/message-prices", bytes, async tx =>
        {
            await PriceStore.Replace(tx, who.Tenant, prices);
            return (200, PriceList.Of(await PriceStore.All(tx, who.Tenant)));
        });
    }
}
