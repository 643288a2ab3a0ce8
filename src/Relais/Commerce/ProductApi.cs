using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Commerce;

/// <summary>A product. In a change, a field left out, or null, stays as it is.</summary>
/// <param name="Sku">The business's own id of it; one product each.</param>
/// <param name="Title">A text, or one in each of fr, ar and en.</param>
/// <param name="Description">The same.</param>
/// <param name="PriceMinor">In the currency's minor unit (cents).</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Stock">How many there are; -1: not counted.</param>
/// <param name="ImageMediaId">A picture brought with POST /api/media (JPEG or PNG, 5 MB); 0 takes it away.</param>
/// <param name="ImageUrl">Or a public https link of one; empty takes it away.</param>
/// <param name="Url">Its page in the shop; empty takes it away.</param>
/// <param name="Enabled">Whether customers see it; true when left out.</param>
internal sealed record ProductRequest(
    string? Sku, LocalText? Title, LocalText? Description, long? PriceMinor, string? Currency, long? Stock, long? ImageMediaId, string? ImageUrl,
    string? Url, bool? Enabled);

/// <param name="Id">Ours.</param>
/// <param name="Stock">Null: not counted.</param>
internal sealed record ProductJson(
    long Id, string Sku, LocalText Title, LocalText? Description, long? PriceMinor, string? Currency, long? Stock, long? ImageMediaId,
    string? ImageUrl, string? Url, bool Enabled, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ProductJson Of(Product product) => new(
        product.Id, product.Sku, product.Titles, product.Descriptions, product.PriceMinor, product.Currency, product.Stock, product.ImageMediaId,
        product.ImageUrl, product.Url, product.Enabled != 0, Instants.FromMicros(product.CreatedAt), Instants.FromMicros(product.UpdatedAt));
}

/// <summary>The signed-in tenant's products. Everyone in it reads them, admins and owners change what customers are shown.</summary>
internal static class ProductApi
{
    public const int Most = 5_000;

    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/api/products").WithTags("Products");
        products.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("list_products").WithSummary("Products, oldest first")
            .Produces<Page<ProductJson>>().ProducesProblem(400);
        products.MapGet("/{id:long}", Get).RequireAuthorization(Policies.Agent).WithName("get_product").WithSummary("One product")
            .Produces<ProductJson>().ProducesProblem(404);
        products.MapPost("/", Create).RequireAuthorization(Policies.Admin).WithName("create_product").WithSummary("Add a product")
            .WithDescription("The AI agent finds it on its next turn. Takes an Idempotency-Key.")
            .Accepts<ProductRequest>("application/json").Produces<ProductJson>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        products.MapPatch("/{id:long}", Change).RequireAuthorization(Policies.Admin).WithName("change_product").WithSummary("Change a product")
            .Accepts<ProductRequest>("application/json").Produces<ProductJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        products.MapDelete("/{id:long}", Delete).RequireAuthorization(Policies.Admin).WithName("delete_product").WithSummary("Delete a product")
            .Produces<SuccessAnswer>().ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => ProductStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, p => new Cursor(p.Id, p.Id), ProductJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => ProductStore.Find(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(ProductJson.Of(found), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Ids ids, Clock clock, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<ProductRequest>(http.Request);
        if (ProductCheck.Wrong(request) is { } wrong)
        {
            return wrong;
        }

        var now = clock.Micros;
        var product = Made(request, new Product { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), Enabled = 1, CreatedAt = now }, now);
        return await idempotency.Once(http, who, "POST /api/products", bytes, async tx =>
            await ProductStore.Count(tx, who.Tenant) >= Most ? (409, (object?)Problems.TooManyTools)
            : await NoPicture(tx, product) is { } refusal ? (400, refusal)
            : await ProductStore.Insert(tx, product) ? (201, ProductJson.Of(product)) : (409, Problems.SkuTaken));
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Clock clock, Idempotency idempotency, long id)
    {
        var (bytes, request) = await ApiBody.Read<ProductRequest>(http.Request);
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PATCH /api/products/{id}", bytes, async tx =>
        {
            if (await ProductStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            var merged = Merged(request, old);
            if (ProductCheck.Wrong(merged) is { } wrong)
            {
                return (400, wrong);
            }

            var product = Made(merged, old, Math.Max(now, old.UpdatedAt));
            return await NoPicture(tx, product) is { } refusal ? (400, refusal)
                : await ProductStore.Update(tx, product) ? (200, ProductJson.Of(product)) : (409, Problems.SkuTaken);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/products/{id}", [], async tx =>
            await ProductStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, Problems.NotFound));

    private static async Task<IResult?> NoPicture(Tx tx, Product product) =>
        product.ImageMediaId is { } media && !await ProductStore.IsPicture(tx, product.TenantId, media)
            ? Problems.Invalid400("image_media_id", "There is no such picture: bring a JPEG or PNG of 5 MB at most with POST /api/media first.") : null;

    /// <summary>The change, with what it leaves out as it was.</summary>
    public static ProductRequest Merged(ProductRequest change, Product old) => new(
        change.Sku ?? old.Sku, change.Title ?? old.Titles, change.Description ?? old.Descriptions, change.PriceMinor ?? old.PriceMinor,
        change.Currency ?? old.Currency, change.Stock ?? old.Stock, change.ImageMediaId ?? (change.ImageUrl is { Length: > 0 } ? null : old.ImageMediaId),
        change.ImageUrl ?? (change.ImageMediaId is > 0 ? null : old.ImageUrl), change.Url ?? old.Url, change.Enabled ?? (old.Enabled != 0));

    /// <summary>The product that a checked request describes.</summary>
    public static Product Made(ProductRequest asked, Product old, long now) => new()
    {
        TenantId = old.TenantId,
        Id = old.Id,
        Sku = asked.Sku!,
        Title = asked.Title!.Clean()!.Write(),
        Description = asked.Description?.Clean()?.Write(),
        PriceMinor = asked.PriceMinor,
        Currency = asked.Currency,
        Stock = asked.Stock is -1 ? null : asked.Stock,
        ImageMediaId = asked.ImageMediaId is > 0 ? asked.ImageMediaId : null,
        ImageUrl = asked.ImageUrl is { Length: > 0 } image ? image : null,
        Url = asked.Url is { Length: > 0 } url ? url : null,
        Enabled = asked.Enabled ?? true ? 1 : 0,
        CreatedAt = old.CreatedAt,
        UpdatedAt = now,
    };
}
