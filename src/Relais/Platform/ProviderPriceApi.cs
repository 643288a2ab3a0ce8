using Relais.Campaigns.Figures;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Platform;

/// <summary>The installation's price list, with which the cost of every business's messages is reckoned.</summary>
internal static class ProviderPriceApi
{
    private const string Route = "/api/admin/message-prices";

    public static void MapProviderPrices(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Route).RequireAuthorization(Policies.Platform).WithTags("Tenants");
        group.MapGet("", Get).WithName("get_platform_message_prices").WithSummary("What the providers charge for messages").Produces<ProviderPrices>().ProducesProblem(403);
        group.MapPut("", Put).WithName("put_platform_message_prices").WithSummary("Put these prices in place of the ones there were")
            .Accepts<ProviderPrices>("application/json").Produces<ProviderPrices>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(Database database, CancellationToken cancel) =>
        Results.Json(await database.Read(Scope.Directory, ProviderPrices.Find, cancel), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock)
    {
        var (bytes, body) = await ApiBody.Read<ProviderPrices>(http.Request);
        if (PriceList.Read(body.Items, out var prices) is { } refused)
        {
            return refused;
        }

        if (body.TwilioFee is { } fee && PriceList.WrongAmount(fee.Currency, fee.Price) is { } wrong)
        {
            return Problems.Invalid400($"twilio_fee.{wrong.Field}", wrong.Sentence);
        }

        var kept = body with { Items = PriceList.Of(prices).Items };
        return await idempotency.OnceForPlatform(http, who, $"PUT {Route}", bytes, async tx =>
        {
            await kept.Keep(tx, who.AgentId, clock.Micros);
            return (200, kept);
        });
    }
}
