using Relais.Channels;
using Relais.Foundation;

namespace Relais.Commerce.Messages;

/// <summary>
/// Products as one message, in the best form the number has: with a catalogue Meta's own product messages, which a customer puts into a
/// cart; without one (and at Twilio) a list to tap, in pages above ten. Pure.
/// </summary>
internal static class ProductMessage
{
    /// <summary>Meta's limit of one message.</summary>
    public const int Most = 30;

    /// <summary>Of an interactive message, at either provider.</summary>
    public const int LongestBody = 1024;

    private const int RowsOfList = 10;
    private const int LongestTitle = 200;

    /// <param name="language">fr, ar or en.</param>
    /// <param name="products">1 to 30.</param>
    /// <param name="catalogId">The number's linked catalogue, or null.</param>
    /// <param name="body">Instead of the usual words, or null.</param>
    public static OutboundContent Of(string language, IReadOnlyList<Product> products, string? catalogId, string? body = null)
    {
        var words = string.IsNullOrWhiteSpace(body) ? null : ShortText.Fit(body, LongestBody);
        if (catalogId is null)
        {
            return Listed(language, products, words);
        }

        if (products is [var one])
        {
            return new OutboundContent.Product(catalogId, one.Sku, words) { Shown = Shown(language, one) };
        }

        var (header, usual, section, footer) = Words(language);
        return new OutboundContent.ProductList(
            catalogId, header, words ?? usual, [new ProductSection(section, [.. products.Select(p => p.Sku)])], footer)
        {
            Shown = [.. products.Select(p => Shown(language, p))],
        };
    }

    private static OutboundContent Listed(string language, IReadOnlyList<Product> products, string? body)
    {
        var rows = products.Select(p => new RecommendedProduct(
            ProductChoice.Id(ProductChoice.Show, p.Id), p.Titles.In(language), p.Price, p.Descriptions?.In(language))).ToList();
        var list = ProductRecommendation.Of(language, rows, body);
        return products.Count <= RowsOfList ? list : new OutboundContent.Choices(list.Body, [.. rows.Select(r => ProductRecommendation.Row(language, r))], list.Button)
        {
            Language = language, Header = list.Header, Footer = list.Footer,
        };
    }

    private static ShownProduct Shown(string language, Product product) =>
        new(product.Sku, ShortText.Fit(ShortText.OneLine(product.Titles.In(language)), LongestTitle), product.Price?.In(language));

    private static (string Header, string Body, string Section, string Footer) Words(string language) => language switch
    {
        "ar" => ("منتجات مقترحة", "إليك اقتراحاتنا لك:", "اقتراحاتنا", "أضف ما يعجبك إلى السلة ثم أرسلها لنا"),
        "en" => ("Recommended products", "Here is what we recommend for you:", "Our recommendations", "Put what you like into the cart and send it to us"),
        _ => ("Produits recommandés", "Voici nos recommandations pour vous :", "Nos recommandations", "Ajoutez au panier puis envoyez-le-nous"),
    };
}
