namespace Relais.Conversations;

/// <summary>
/// The automatic messages that go with people's acts, in the customer's language (system B's "Prise en charge", "Attente" and
/// "Clôture"): ours, where the business has no words of its own (<see cref="DeskTextStore"/>).
/// </summary>
internal static class DeskTexts
{
    /// <summary>A person has taken the conversation.</summary>
    public const string TakenOver = "taken_over";

    /// <summary>The customer writes again and nobody has answered since the hand-off.</summary>
    public const string Waiting = "waiting";

    /// <summary>A person has closed it.</summary>
    public const string Closed = "closed";

    public static IReadOnlyList<string> Names { get; } = [TakenOver, Waiting, Closed];

    /// <summary>The words in braces that may stand in it.</summary>
    public static IReadOnlyList<string> Placeholders(string name) => name == Waiting ? ["business"] : ["business", "agent"];

    /// <summary>The language of ours that is nearest: French where there is none.</summary>
    public static string Language(string? language) => language is "ar" or "en" ? language : "fr";

    public static string Default(string name, string? language) => (name, Language(language)) switch
    {
        (TakenOver, "ar") => "👤 {agent} يتابع محادثتك الآن وسيجيبك.",
        (TakenOver, "en") => "👤 {agent} has taken over your conversation and will answer you.",
        (TakenOver, _) => "👤 {agent} a pris en charge votre conversation et va vous répondre.",
        (Waiting, "ar") => "تم استلام رسالتك. سيجيبك أحد مستشارينا قريباً.",
        (Waiting, "en") => "Your message has been received. An agent will answer you shortly.",
        (Waiting, _) => "Votre message a été reçu. Un agent vous répondra sous peu.",
        (_, "ar") => "تم إغلاق محادثتك الآن. شكراً لتواصلك معنا! راسلنا متى شئت لبدء محادثة جديدة.",
        (_, "en") => "Your conversation is now closed. Thank you for contacting us! Write to us at any time to start a new one.",
        _ => "Votre conversation est maintenant clôturée. Merci de nous avoir contactés ! Écrivez-nous quand vous voulez pour en ouvrir une nouvelle.",
    };

    /// <param name="text">With placeholders.</param>
    /// <param name="business">Its name.</param>
    /// <param name="agent">The person's name; the business's where nobody in particular acts.</param>
    public static string Filled(string text, string business, string? agent) => text
        .Replace("{business}", business, StringComparison.Ordinal).Replace("{agent}", agent ?? business, StringComparison.Ordinal);
}
