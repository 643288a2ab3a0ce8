namespace Relais.Desk;

/// <summary>The automatic messages that go with a person's acts, in the customer's language (system B's "Prise en charge" and "Clôture").</summary>
internal static class DeskTexts
{
    public static string Takeover(string? language, string agentName) => language switch
    {
        "ar" => $"👤 {agentName} يتابع محادثتك الآن وسيجيبك.",
        "en" => $"👤 {agentName} has taken over your conversation and will answer you.",
        _ => $"👤 {agentName} a pris en charge votre conversation et va vous répondre.",
    };

    public static string Closing(string? language) => language switch
    {
        "ar" => "تم إغلاق محادثتك الآن. شكراً لتواصلك معنا! راسلنا متى شئت لبدء محادثة جديدة.",
        "en" => "Your conversation is now closed. Thank you for contacting us! Write to us at any time to start a new one.",
        _ => "Votre conversation est maintenant clôturée. Merci de nous avoir contactés ! Écrivez-nous quand vous voulez pour en ouvrir une nouvelle.",
    };
}
