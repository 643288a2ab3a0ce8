using Relais.Channels;
using Relais.Foundation;

namespace Relais.Commerce.Messages;

/// <param name="Id">Comes back when it is tapped.</param>
/// <param name="Name">As shown.</param>
/// <param name="Price">Or null when it is not shown.</param>
/// <param name="Description">Or null.</param>
internal sealed record RecommendedProduct(string Id, string Name, Money? Price, string? Description = null);

/// <summary>System C's list of recommended products: name, price and a few words each, ten at most. Pure.</summary>
internal static class ProductRecommendation
{
    private const int MostRows = 10;
    private const int LongestTitle = 24;
    private const int LongestDescription = 72;

    /// <summary>Body of a list, on either provider.</summary>
    private const int LongestBody = 1024;

    /// <param name="language">fr, ar or en.</param>
    /// <param name="products">At least one; those after the tenth are not shown.</param>
    /// <param name="message">Instead of the usual words, or null.</param>
    public static OutboundContent.ChoiceList Of(string language, IReadOnlyList<RecommendedProduct> products, string? message = null)
    {
        var (header, body, button, section, footer) = language switch
        {
            "ar" => ("منتجات مقترحة", "إليك اقتراحاتنا لك:", "عرض المنتجات", "اقتراحاتنا", "اختر منتجاً لمعرفة المزيد"),
            "en" => ("Recommended products", "Here is what we recommend for you:", "See the products", "Our recommendations", "Choose a product to know more"),
            _ => ("Produits recommandés", "Voici nos recommandations pour vous :", "Voir les produits", "Nos recommandations",
                "Sélectionnez un produit pour plus d'infos"),
        };
        return new OutboundContent.ChoiceList(
            string.IsNullOrWhiteSpace(message) ? body : ShortText.Fit(message, LongestBody), button,
            [new ChoiceSection([.. products.Take(MostRows).Select(p => Row(language, p))], section)])
        {
            Header = header,
            Footer = footer,
        };
    }

    public static Choice Row(string language, RecommendedProduct product)
    {
        var told = string.Join(" – ", new[] { product.Price?.In(language), product.Description is null ? null : ShortText.OneLine(product.Description) }
            .Where(part => !string.IsNullOrEmpty(part)));
        return new Choice(
            product.Id, ShortText.Fit(ShortText.OneLine(product.Name), LongestTitle), told.Length == 0 ? null : ShortText.Fit(told, LongestDescription));
    }
}
