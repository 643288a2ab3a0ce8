using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.OwnTools;

/// <param name="Url">https, with {number} in path or query.</param>
/// <param name="Headers">Write-only, sealed: the key of the shop's system. Left out they stay, as long as the host does; {} takes them away.</param>
/// <param name="Enabled">True when left out.</param>
internal sealed record OrderLookupBody(string? Url, Dictionary<string, string?>? Headers = null, bool? Enabled = null);

/// <param name="Url">Null: nobody is asked.</param>
/// <param name="HeaderNames">Names of its headers; values are never shown.</param>
/// <param name="Enabled">Whether it is asked.</param>
internal sealed record OrderLookupAnswer(string? Url, IReadOnlyList<string> HeaderNames, bool Enabled);

/// <summary>Where the agent asks for an order before it looks into our own.</summary>
internal static class OrderLookupApi
{
    private static readonly JsonElement Schema = JsonDocument.Parse(
        """{"type":"object","properties":{"number":{"type":"string","description":"The order's number"}},"required":["number"]}""").RootElement.Clone();

    public static void MapOrderLookup(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/orders/lookup").WithTags("Orders").RequireAuthorization(Policies.Admin);
        group.MapGet("", Get).WithName("get_order_lookup").WithSummary("The shop's own system that is asked for orders.").Produces<OrderLookupAnswer>();
        group.MapPut("", Put).WithName("put_order_lookup").WithSummary("Name the shop's own system: asked first where an order is, for three seconds at most.")
            .Accepts<OrderLookupBody>("application/json").Produces<OrderLookupAnswer>().ProducesProblem(400);
        group.MapDelete("", Delete).WithName("delete_order_lookup").WithSummary("Ask nobody else.").Produces<SuccessAnswer>().ProducesProblem(404);
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, Secrets secrets) => TypedResults.Ok(
        Shown(await database.Read(Scope.Tenant(who.Tenant), tx => OrderLookupStore.Find(tx, who.Tenant), http.RequestAborted), secrets));

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency, SafeHttp safe, Secrets secrets, Clock clock)
    {
        var (bytes, body) = await ApiBody.Read<OrderLookupBody>(http.Request);
        if (HttpToolCheck.Wrong(new HttpToolRequest("shop_order_lookup", null, "-", Schema, "GET", body.Url, null, body.Headers, 3, RiskWord.Read, true), safe) is { } wrong)
        {
            return wrong;
        }

        if (!body.Url!.Contains("{number}", StringComparison.Ordinal))
        {
            return Problems.Invalid400("url", "url holds {number}, where the order's number goes.");
        }

        return await idempotency.Once(http, who, "PUT /api/orders/lookup", bytes, async tx =>
        {
            // A key goes to the host it was given for.
            var old = await OrderLookupStore.Find(tx, who.Tenant);
            var keeps = body.Headers is null && old is not null && Host(old.Url) == Host(body.Url);
            var stored = new StoredLookup
            {
                TenantId = who.Tenant, Url = body.Url, Enabled = body.Enabled ?? true ? 1 : 0, UpdatedAt = clock.Micros,
                Headers = keeps ? old!.Headers : SealedHeaders.Seal(
                    secrets, body.Headers?.ToDictionary(h => h.Key, h => h.Value!, StringComparer.Ordinal), StoredLookup.Place(who.Tenant)),
            };
            await OrderLookupStore.Put(tx, stored);
            return (200, Shown(stored, secrets));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency) =>
        await idempotency.Once(http, who, "DELETE /api/orders/lookup", [], async tx =>
            await OrderLookupStore.Delete(tx, who.Tenant) ? (200, new SuccessAnswer()) : (404, (object?)Problems.NotFound));

    private static string Host(string url) => new Uri(ToolRequest.Sample(url)).Authority;

    private static OrderLookupAnswer Shown(StoredLookup? stored, Secrets secrets) => stored is null ? new(null, [], false)
        : new(stored.Url, SealedHeaders.Names(secrets, stored.Headers, StoredLookup.Place(stored.TenantId)), stored.Enabled != 0);
}
