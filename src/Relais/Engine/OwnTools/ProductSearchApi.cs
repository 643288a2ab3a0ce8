using Microsoft.AspNetCore.Mvc;
using Relais.Commerce;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.OwnTools;

/// <param name="Items">Best first, at most 10.</param>
internal sealed record ProductSearchJson(IReadOnlyList<ProductJson> Items);

/// <summary>The search that the agent uses, for people.</summary>
internal static class ProductSearchApi
{
    private const int Most = 10;
    private const int LongestQuery = 300;

    public static void MapProductSearch(this IEndpointRouteBuilder app) => app.MapGet("/api/products/search", Search)
        .WithTags("Products").RequireAuthorization(Policies.Agent).WithName("search_products")
        .WithSummary("Find products by words of any language, as the AI agent does, or by sku").Produces<ProductSearchJson>().ProducesProblem(400);

    private static async Task<IResult> Search(
        SignedIn who, Database database, ProductTools products, CancellationToken cancel, [FromQuery(Name = "q")] string? query = null)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > LongestQuery)
        {
            return Problems.Invalid400("q", $"q is what is looked for, in {LongestQuery} characters at most.");
        }

        var revision = await database.Read(Scope.Tenant(who.Tenant), tx => AiRevision.Of(tx, who.Tenant), cancel);
        return Results.Json(
            new ProductSearchJson([.. (await products.Find(who.Tenant, revision, query, Most, cancel)).Select(ProductJson.Of)]), ApiJson.Options);
    }
}
