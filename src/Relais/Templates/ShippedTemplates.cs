using Relais.Channels;

namespace Relais.Templates;

/// <summary>One language of a template that comes with Relais.</summary>
internal sealed record ShippedTemplate(TemplateDefinition Definition, IReadOnlyList<string> Meanings);

/// <summary>
/// Templates ready to be created: C's <c>welcome_message</c> and <c>order_confirmation</c> with the variables C sends them, and
/// A's delivery notification. None promises a day: only the order knows it.
/// </summary>
internal static class ShippedTemplates
{
    private static readonly string[] Name = ["the customer's name"];
    private static readonly string[] OrderAndTotal = ["the order's number", "the total with its currency"];
    private static readonly string[] OrderAndTracking = ["the order's number", "the tracking number"];

    public static IReadOnlyList<ShippedTemplate> All { get; } =
    [
        Make("welcome_message", "fr", "marketing", Name, ["Amina"],
            "Bonjour {{1}}, bienvenue ! Nous sommes ravis de vous compter parmi nos clients. Écrivez-nous ici quand vous le souhaitez : nous vous répondrons avec plaisir."),
        Make("welcome_message", "ar", "marketing", Name, ["أمينة"],
            "مرحبًا {{1}}، أهلًا وسهلًا بك! يسعدنا أن تكون من عملائنا. راسلنا هنا في أي وقت، وسنجيبك بكل سرور."),
        Make("welcome_message", "en", "marketing", Name, ["Amina"],
            "Hello {{1}}, and welcome! We are glad to have you with us. Write to us here whenever you like: we are happy to help."),
        Make("order_confirmation", "fr", "utility", OrderAndTotal, ["CMD-1042", "64,90 €"],
            "Votre commande {{1}} est bien confirmée. Montant total : {{2}}. Nous vous préviendrons ici dès son expédition. Merci de votre confiance !"),
        Make("order_confirmation", "ar", "utility", OrderAndTotal, ["CMD-1042", "64,90 €"],
            "تم تأكيد طلبك رقم {{1}}. المبلغ الإجمالي: {{2}}. سنخبرك هنا فور شحنه. شكرًا لثقتك بنا!"),
        Make("order_confirmation", "en", "utility", OrderAndTotal, ["CMD-1042", "€64.90"],
            "Your order {{1}} is confirmed. The total is {{2}}. We will let you know here as soon as it ships. Thank you!"),
        Make("delivery_notification", "fr", "utility", OrderAndTracking, ["CMD-1042", "TRK123456"],
            "Bonne nouvelle : votre commande {{1}} est en route. Votre numéro de suivi est {{2}}. Envoyez-le ici pour savoir où se trouve votre colis."),
        Make("delivery_notification", "ar", "utility", OrderAndTracking, ["CMD-1042", "TRK123456"],
            "خبر سار: طلبك رقم {{1}} في الطريق إليك. رقم التتبع هو {{2}}. أرسله هنا لتعرف أين وصل طردك."),
        Make("delivery_notification", "en", "utility", OrderAndTracking, ["CMD-1042", "TRK123456"],
            "Good news: your order {{1}} is on its way. Your tracking number is {{2}}. Send it here to see where your parcel is."),
    ];

    private static ShippedTemplate Make(string name, string language, string category, string[] meanings, string[] examples, string body) => new(
        new TemplateDefinition(name, language, category, new TemplateParts(body)
        {
            Examples = examples.Select((example, i) => (Key: $"{i + 1}", example)).ToDictionary(e => e.Key, e => e.example, StringComparer.Ordinal),
        }),
        meanings);
}
