using Relais.Channels;
using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Audit;

namespace Relais.Desk.Composer;

/// <summary>Products for a customer: named by their skus or by our ids.</summary>
/// <param name="Skus">1 to 30, in the order they are shown; or</param>
/// <param name="ProductIds">1 to 30 ids.</param>
/// <param name="Body">Words above them, at most 1,024 characters; null takes the usual ones.</param>
internal sealed record SendProductsBody(IReadOnlyList<string?>? Skus = null, IReadOnlyList<long>? ProductIds = null, string? Body = null)
{
    public string Field => ProductIds is null ? "skus" : "product_ids";

    public int Count => Skus?.Count ?? ProductIds?.Count ?? 0;
}

/// <summary>
/// Sends products: as product messages where a Meta catalogue is linked, as a list to tap everywhere else. A single product without a
/// catalogue is shown as its card. Like every word of a person it takes the conversation over.
/// </summary>
internal static class SendProductsApi
{
    public static void MapSendProducts(this IEndpointRouteBuilder app) => app.MapPost("/api/conversations/{id:long}/send-products", Send)
        .WithTags("Conversations").RequireAuthorization(Policies.Agent).WithName("send_products")
        .WithSummary("Send up to 30 products: as product messages when the number has a catalogue, else as a list to tap.")
        .Accepts<SendProductsBody>("application/json").Produces<DeskAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
        .NotAudited("the conversation keeps it as a message of its own");

    private static async Task<IResult> Send(HttpContext http, DeskDoor door, InboxDirectory inboxes, long id)
    {
        var (bytes, body) = await ApiBody.Read<SendProductsBody>(http.Request);
        return await door.Act(http, id, "send-products", bytes, null, async (desk, tx, who, ids) =>
        {
            if (await ConversationStore.Find(tx, who.Tenant, id) is not { } conversation)
            {
                return new DeskResult.Refused(Problems.NotFound);
            }

            if (Wrong(body) is { } wrong)
            {
                return new DeskResult.Invalid([wrong]);
            }

            var (products, unknown) = await Find(tx, who.Tenant, body);
            if (unknown is not null)
            {
                return new DeskResult.Invalid([unknown]);
            }

            DeskResult done = new DeskResult.Done();
            foreach (var content in await Contents(tx, who, conversation, products, inboxes.Find(conversation.InboxId)?.CatalogId, Clean(body.Body)))
            {
                done = await desk.Send(tx, who.Tenant, id, DeskApi.ActorOf(who), new Saying(content), ids);
                if (done is not DeskResult.Done)
                {
                    return done;
                }
            }

            return done;
        });
    }

    private static async Task<IReadOnlyList<OutboundContent>> Contents(
        Tx tx, SignedIn who, Conversation conversation, List<Product> products, string? catalogId, string? words)
    {
        var language = conversation.Language ?? who.Language;
        if (catalogId is not null || products.Count > 1)
        {
            return [ProductMessage.Of(language, products, catalogId, words)];
        }

        // A picture that is gone must not keep the words from going.
        var one = products[0];
        var card = ProductCard.Of(language, one);
        var hasPicture = one.ImageMediaId is not { } media || await ProductStore.IsPicture(tx, who.Tenant, media);
        return [.. words is null ? [] : (OutboundContent[])[new OutboundContent.Text(words)], .. hasPicture ? card : card.Skip(card.Count - 1)];
    }

    private static ContentProblem? Wrong(SendProductsBody body) =>
        body.Skus is null == body.ProductIds is null ? new ContentProblem("skus", "Name the products by skus or by product_ids, one of both.")
        : body.Count is 0 or > ProductMessage.Most ? new ContentProblem(body.Field, $"{body.Field} names 1 to {ProductMessage.Most} products.")
        : body.Body?.Length > ProductMessage.LongestBody ? new ContentProblem("body", $"body has {ProductMessage.LongestBody} characters at most.")
        : null;

    /// <summary>In the order they were named, each once.</summary>
    private static async Task<(List<Product> Products, ContentProblem? Unknown)> Find(Tx tx, long tenantId, SendProductsBody body)
    {
        var bySku = await ProductStore.OfSkus(tx, tenantId, [.. (body.Skus ?? []).OfType<string>().Distinct(StringComparer.Ordinal)]);
        var byId = await ProductStore.OfIds(tx, tenantId, [.. (body.ProductIds ?? []).Distinct()]);
        var found = body.Skus is { } skus
            ? skus.Select(sku => sku is null ? null : bySku.GetValueOrDefault(sku)).ToList()
            : body.ProductIds!.Select(byId.GetValueOrDefault).ToList();
        var hole = found.FindIndex(p => p is not { Enabled: not 0 });
        return hole < 0 ? ([.. found.OfType<Product>().DistinctBy(p => p.Id)], null)
            : ([], new ContentProblem($"{body.Field}[{hole}]", $"{body.Field}[{hole}] is no product of yours that is for sale (GET /api/products)."));
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : CustomerText.Normalise(text);
}
