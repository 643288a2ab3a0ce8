using Relais.Channels;
using Relais.Foundation;

namespace Relais.Commerce.Messages;

/// <summary>A choice about a product; its id is <c>product:show:&lt;id&gt;</c> or <c>product:order:&lt;id&gt;</c>.</summary>
internal readonly record struct ProductChoice(string Act, long ProductId)
{
    public const string Show = "show";
    public const string Order = "order";

    public static string Id(string act, long productId) => $"product:{act}:{productId}";

    /// <summary>Null for any other choice.</summary>
    public static ProductChoice? Read(string? choiceId) =>
        choiceId is not null && choiceId.Split(':') is ["product", Show or Order, var id] parts
        && long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var productId)
            ? new ProductChoice(parts[1], productId) : null;
}

/// <summary>
/// System C's answer to a tapped product: picture, title, price, description, stock and a button to order it. Pure. The picture goes by
/// itself: a link that has died, or a file that a provider cannot fetch, must not take the words with it.
/// </summary>
internal static class ProductCard
{
    private const int LongestDescription = 500;

    /// <param name="language">fr, ar or en.</param>
    /// <param name="product">As stored.</param>
    public static IReadOnlyList<OutboundContent> Of(string language, Product product)
    {
        var contents = new List<OutboundContent>(2);
        if (product.ImageMediaId is not null || product.ImageUrl is not null)
        {
            contents.Add(new OutboundContent.Image { MediaId = product.ImageMediaId, Link = product.ImageMediaId is null ? product.ImageUrl : null });
        }

        var body = Body(language, product);
        contents.Add(product.IsToBeHad
            ? new OutboundContent.Buttons(body, [new Choice(ProductChoice.Id(ProductChoice.Order, product.Id), In(language, "Commander", "اطلب", "Order"))])
            : new OutboundContent.Text(body));
        return contents;
    }

    /// <summary>After the button: a draft waits for a person.</summary>
    public static string Ordered(string language, string title) => In(
        language,
        $"🛒 Votre demande de commande est enregistrée : {title}. Un membre de notre équipe la vérifie et confirmera votre commande ici.",
        $"🛒 تم تسجيل طلبك: {title}. سيراجعه أحد أعضاء فريقنا ويؤكد طلبك هنا.",
        $"🛒 Your order request is registered: {title}. A member of our team will check it and confirm your order here.");

    /// <summary>Taken out of the shop, or sold out, since it was shown.</summary>
    public static string Gone(string language) => In(
        language,
        "Désolé, ce produit n'est plus disponible. Dites-moi ce que vous cherchez.",
        "عذراً، هذا المنتج لم يعد متوفراً. أخبرني عمّا تبحث.",
        "Sorry, this product is no longer available. Tell me what you are looking for.");

    private static string Body(string language, Product product)
    {
        var lines = new List<string> { $"*{ShortText.OneLine(product.Titles.In(language)).Replace("*", "", StringComparison.Ordinal)}*" };
        if (product.Price is { } price)
        {
            lines.Add(In(language, "💰 Prix : ", "💰 السعر: ", "💰 Price: ") + price.In(language));
        }

        if (product.Descriptions?.In(language) is { Length: > 0 } description)
        {
            lines.Add("");
            lines.Add(ShortText.Fit(description, LongestDescription));
            lines.Add("");
        }

        lines.Add(Stock(language, product.Stock));
        if (product.Url is { Length: <= 250 } url)
        {
            lines.Add("🔗 " + url);
        }

        return string.Join('\n', lines);
    }

    private static string Stock(string language, long? stock) => stock switch
    {
        0 => In(language, "❌ Épuisé", "❌ غير متوفر", "❌ Out of stock"),
        <= 5 => In(language, $"📦 Plus que {stock} en stock", $"📦 بقي {stock} فقط", $"📦 Only {stock} left"),
        _ => In(language, "📦 En stock", "📦 متوفر", "📦 In stock"),
    };

    private static string In(string language, string fr, string ar, string en) => language switch { "ar" => ar, "en" => en, _ => fr };
}
