using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Campaigns.Figures;

/// <param name="Prefix">1 to 4 digits a number begins with, without plus: 33, 212.</param>
/// <param name="Category">marketing, utility or authentication.</param>
/// <param name="Currency">ISO 4217, e.g. EUR.</param>
/// <param name="Price">Of one delivered message, with up to six decimals.</param>
internal sealed record PriceJson(string? Prefix, string? Category, string? Currency, decimal? Price);

/// <param name="Items">The whole list.</param>
internal sealed record PriceList(IReadOnlyList<PriceJson> Items);

/// <summary>What the provider charges, as the business keeps it: Meta's own list changes and is not asked for.</summary>
internal static class PriceApi
{
    private const int Most = 1000;
    private const decimal Dearest = 1000;

    public static void MapPrices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/message-prices", Get).WithTags("Campaigns").RequireAuthorization(Policies.Agent).WithName("get_message_prices")
            .WithSummary("What a delivered template costs, by country and category").Produces<PriceList>();
        app.MapPut("/api/message-prices", Put).WithTags("Campaigns").RequireAuthorization(Policies.Admin).WithName("put_message_prices")
            .WithSummary("Put this price list in place of the one there was").Accepts<PriceList>("application/json").Produces<PriceList>().ProducesProblem(400);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(Show(await database.Read(Scope.Tenant(who.Tenant), tx => PriceStore.All(tx, who.Tenant), cancel)), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, body) = await ApiBody.Read<PriceList>(http.Request);
        var items = body.Items ?? [];
        if (items.Count > Most)
        {
            return Problems.Invalid400("items", $"The list has {Most} prices at most.");
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (Wrong(items[i]) is { } wrong)
            {
                return Problems.Invalid400($"items[{i}].{wrong.Field}", wrong.Sentence);
            }
        }

        if (items.GroupBy(p => (p.Prefix, p.Category)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Problems.Invalid400("items", $"{twice.Key.Prefix} has two prices for {twice.Key.Category}.");
        }

        return await idempotency.Once(http, who, "PUT /api/message-prices", bytes, async tx =>
        {
            await PriceStore.Replace(tx, who.Tenant, [.. items.Select(p => new MessagePrice
            {
                Prefix = p.Prefix!, Category = p.Category!, Currency = p.Currency!, Micros = (long)Math.Round(p.Price!.Value * 1_000_000m),
            })]);
            return (200, Show(await PriceStore.All(tx, who.Tenant)));
        });
    }

    private static (string Field, string Sentence)? Wrong(PriceJson? price) => price switch
    {
        null => ("prefix", "A price is an object."),
        { Prefix: not { Length: > 0 and <= PriceStore.LongestPrefix } } => ("prefix", "prefix is 1 to 4 digits, such as 33 or 212."),
        { Prefix: { } p } when !p.All(char.IsAsciiDigit) || p[0] == '0' => ("prefix", "prefix is 1 to 4 digits, such as 33 or 212."),
        { Category: not ("marketing" or "utility" or "authentication") } => ("category", "category is marketing, utility or authentication."),
        { Currency: not { Length: 3 } } => ("currency", "currency is three capitals, such as EUR."),
        { Currency: { } c } when !c.All(char.IsAsciiLetterUpper) => ("currency", "currency is three capitals, such as EUR."),
        { Price: not (>= 0 and <= Dearest) } => ("price", $"price is a number from 0 to {Dearest}."),
        _ => null,
    };

    private static PriceList Show(List<MessagePrice> prices) =>
        new(prices.ConvertAll(p => new PriceJson(p.Prefix, p.Category, p.Currency, p.Micros / 1_000_000m)));
}
