using Relais.Channels;

namespace Relais.Templates;

/// <summary>One language of a template that comes with Relais.</summary>
internal sealed record ShippedTemplate(TemplateDefinition Definition, IReadOnlyList<string> Meanings);

/// <summary>
/// Templates ready to be created: C's <c>welcome_message</c> and <c>order_confirmation</c> with the variables C sends them, and
/// A's delivery notification, and the question whether an order is right. None promises a day: only the order knows it.
/// </summary>
internal static class ShippedTemplates
{
    private static readonly string[] Name = ["the customer's name"];
    private static readonly string[] OrderAndTotal = ["the order's number", "the total with its currency"];
    private static readonly string[] OrderAndContent = ["the order's number", "what was ordered and the total"];
    private static readonly string[] OrderAlone = ["the order's number"];
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
        Make("order_to_confirm", "fr", "utility", OrderAndContent, ["CMD-1042", "2 × Tajine – 64,90 €"],
            "Votre commande {{1}} est enregistrée : {{2}}. Est-ce que tout est bon ? Touchez un bouton pour nous répondre.", "Confirmer", "Modifier", "Annuler"),
        Make("order_to_confirm", "ar", "utility", OrderAndContent, ["CMD-1042", "2 × طاجين – 64,90 €"],
            "تم تسجيل طلبك رقم {{1}}: {{2}}. هل كل شيء صحيح؟ اضغط على أحد الأزرار للرد علينا.", "تأكيد", "تعديل", "إلغاء"),
        Make("order_to_confirm", "en", "utility", OrderAndContent, ["CMD-1042", "2 × Tagine – €64.90"],
            "Your order {{1}} is registered: {{2}}. Is everything right? Tap a button to answer us.", "Confirm", "Modify", "Cancel"),
        Make("order_out_for_delivery", "fr", "utility", OrderAlone, ["CMD-1042"],
            "Votre commande {{1}} est en cours de livraison. Répondez à ce message si vous ne pouvez pas la recevoir."),
        Make("order_out_for_delivery", "ar", "utility", OrderAlone, ["CMD-1042"],
            "طلبك رقم {{1}} قيد التوصيل الآن. أجب عن هذه الرسالة إذا تعذّر عليك استلامه."),
        Make("order_out_for_delivery", "en", "utility", OrderAlone, ["CMD-1042"],
            "Your order {{1}} is out for delivery. Reply to this message if you cannot receive it."),
        Make("order_delivered", "fr", "utility", OrderAlone, ["CMD-1042"],
            "Votre commande {{1}} est livrée. Merci de votre confiance ! Répondez ici si quelque chose ne va pas."),
        Make("order_delivered", "ar", "utility", OrderAlone, ["CMD-1042"],
            "تم تسليم طلبك رقم {{1}}. شكرًا لثقتك بنا! راسلنا هنا إذا كانت هناك أي مشكلة."),
        Make("order_delivered", "en", "utility", OrderAlone, ["CMD-1042"],
            "Your order {{1}} has been delivered. Thank you! Reply here if something is not right."),
        Make("delivery_notification", "fr", "utility", OrderAndTracking, ["CMD-1042", "TRK123456"],
            "Bonne nouvelle : votre commande {{1}} est en route. Votre numéro de suivi est {{2}}. Envoyez-le ici pour savoir où se trouve votre colis."),
        Make("delivery_notification", "ar", "utility", OrderAndTracking, ["CMD-1042", "TRK123456"],
            "خبر سار: طلبك رقم {{1}} في الطريق إليك. رقم التتبع هو {{2}}. أرسله هنا لتعرف أين وصل طردك."),
        Make("delivery_notification", "en", "utility", OrderAndTracking, ["CMD-1042", "TRK123456"],
            "Good news: your order {{1}} is on its way. Your tracking number is {{2}}. Send it here to see where your parcel is."),
    ];

    private static ShippedTemplate Make(string name, string language, string category, string[] meanings, string[] examples, string body, params string[] replies) => new(
        new TemplateDefinition(name, language, category, new TemplateParts(body)
        {
            Buttons = [.. replies.Select(label => new TemplateButtonPart("quick_reply", label))],
            Examples = examples.Select((example, i) => (Key: $"{i + 1}", example)).ToDictionary(e => e.Key, e => e.example, StringComparer.Ordinal),
        }),
        meanings);
}
