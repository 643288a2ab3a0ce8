using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Knowledge;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>A product as a model hears of it.</summary>
/// <param name="Sku">To be named to recommend_products.</param>
/// <param name="Price">As customers read it, or null.</param>
/// <param name="InStock">Whether it can be ordered.</param>
internal sealed record ProductFact(string Sku, string Title, string? Price, bool InStock, string? Description, string? Url);

/// <summary>What search_products answers.</summary>
internal sealed record ProductsFound(IReadOnlyList<ProductFact> Products);

/// <summary>
/// The business's products as tools: searching them in words of any language, and sending some, as product messages where a
/// catalogue is linked and as a list to tap elsewhere. Neither has an effect.
/// </summary>
internal sealed class ProductTools(Database database, InboxDirectory inboxes)
{
    public const string Search = "search_products";
    public const string Recommend = "recommend_products";
    public const string Query = "query";

    private const string Skus = "skus";
    private const int MostFound = 5;
    private const int MostSent = 10;
    private const int LongestDescription = 200;

    /// <summary>Below it a product shares no more than a few letters with what was asked: a model can pass over a weak hit, not find one that is missing.</summary>
    private const double LeastScore = 0.05;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly ToolDefinition Searching = new(
        Search, ToolRisk.Read, "Searches the business's products: titles, prices, stock. Any question about products or their prices: call it first.",
        new ToolArgument(Query, 300, "What the customer looks for, in their words"));

    private static readonly ToolDefinition Recommending = new(
        Recommend, ToolRisk.Read,
        "Sends the customer products to tap and order; it ends your turn: they see pictures and prices there. Call search_products first.",
        new ToolArgument(Skus, 700, "The skus of 1 to 10 products as search_products gave them, best first, with commas between"));

    private readonly RevisionCache<ProductIndex> indexes = new(async (tenantId, cancel) =>
        ProductIndex.Build(await database.Read(Scope.Tenant(tenantId), tx => ProductStore.Enabled(tx, tenantId), cancel)));

    /// <summary>For a turn of a business that has products.</summary>
    public IEnumerable<AgentTool> For(DueTurn due, string language)
    {
        yield return new AgentTool(Searching, async (arguments, cancel) => new ToolAnswer(JsonSerializer.Serialize(
            new ProductsFound([.. (await Find(due.Turn.TenantId, due.AiRevision, arguments[Query], MostFound, cancel)).Select(p => Fact(p, language))]), Json)));
        var sent = false;
        yield return new AgentTool(Recommending, async (arguments, cancel) =>
        {
            var index = await indexes.Of(due.Turn.TenantId, due.AiRevision, cancel);
            var products = arguments[Skus].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(index.WithSku).OfType<Product>().DistinctBy(p => p.Id).Take(MostSent).ToList();
            if (products.Count == 0 || sent)
            {
                return new ToolAnswer(ToolReply.Failed(sent ? "sent_already" : "not_found").ForModel());
            }

            sent = true;
            return new ToolAnswer("""{"state":"sent"}""", [new Decision.Send(
                ProductMessage.Of(language, products, inboxes.Find(due.InboxId)?.CatalogId))]);
        });
    }

    /// <summary>Best first.</summary>
    public async Task<IReadOnlyList<Product>> Find(long tenantId, long revision, string query, int most, CancellationToken cancel) =>
        (await indexes.Of(tenantId, revision, cancel)).Find(query, most, LeastScore);

    /// <summary>What search_products answered, for a model that reads no JSON by itself; empty when it is something else.</summary>
    public static IReadOnlyList<ProductFact> Read(object? result) =>
        result is string text ? JsonSerializer.Deserialize<ProductsFound>(text, Json)?.Products ?? [] : [];

    private static ProductFact Fact(Product product, string language) => new(
        product.Sku, product.Titles.In(language), product.Price?.In(language).Replace('\u00A0', ' '), product.IsToBeHad,
        product.Descriptions?.In(language) is { } text ? ShortText.Fit(text, LongestDescription) : null, product.Url);
}

/// <summary>A tenant's products, to be found by words in any of our languages, or by sku. Immutable.</summary>
internal sealed class ProductIndex
{
    private readonly Dictionary<long, Product> byId;
    private readonly Dictionary<string, Product> bySku;
    private readonly FaqSearch search;

    private ProductIndex(List<Product> products)
    {
        byId = products.ToDictionary(p => p.Id);
        bySku = products.ToDictionary(p => p.Sku, StringComparer.OrdinalIgnoreCase);

        // An entry for each language: three titles in one would be half as like a question in one of them.
        search = FaqSearch.Build([.. products.SelectMany(p => p.Titles.All.Distinct().Select((title, at) => (
            p.Id, title, p.Descriptions?.All.Skip(at).FirstOrDefault() ?? p.Descriptions?.All.FirstOrDefault() ?? "")))]);
    }

    public static ProductIndex Build(List<Product> products) => new(products);

    public Product? WithSku(string sku) => bySku.GetValueOrDefault(sku);

    public IReadOnlyList<Product> Find(string query, int most, double least) => WithSku(query.Trim()) is { } exact
        ? [exact] : [.. search.Find(query, most * 3).Where(m => m.Score >= least).DistinctBy(m => m.Id).Take(most).Select(m => byId[m.Id])];
}
