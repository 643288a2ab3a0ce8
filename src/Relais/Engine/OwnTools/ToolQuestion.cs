using Relais.Channels;
using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>What a customer is asked before a tool with an effect runs, and told after it. The words are the business's and ours, never a model's.</summary>
internal static class ToolQuestion
{
    /// <summary>Stands behind the description of each tool with an effect.</summary>
    public const string ForModels = "Asks the customer, with buttons; nothing happens before they tap. Never say that it is done.";

    /// <summary>Of a question with buttons, on either provider.</summary>
    private const int LongestBody = 1_000;

    /// <summary>Null when the values do not fit, or hold a link: what is confirmed has to be seen whole, and an address would look like the business's.</summary>
    public static OutboundContent.Buttons? Of(string language, string title, IReadOnlyDictionary<string, string> arguments, string nonce)
    {
        var lines = arguments.Select(a => $"• {a.Key.Replace('_', ' ')} : {ShortText.OneLine(a.Value)}");
        var body = string.Join('\n', [$"{title}", .. lines, "", In(language, "Vous confirmez ?", "هل تؤكد؟", "Do you confirm?")]);
        return body.Length > LongestBody || arguments.Values.Any(LinkGuard.Holds) ? null : new OutboundContent.Buttons(body,
        [
            new Choice(ToolButton.Id(ToolButton.Run, nonce), In(language, "Oui, je confirme", "نعم، أؤكد", "Yes, confirm")),
            new Choice(ToolButton.Id(ToolButton.Keep, nonce), In(language, "Non merci", "لا، شكراً", "No thanks")),
        ]);
    }

    public static string Done(string language, string title, string? message) => message is null
        ? In(language, $"✅ C'est fait : {title}", $"✅ تم: {title}", $"✅ Done: {title}") : $"✅ {title}\n{message}";

    public static string Kept(string language) => In(
        language, "C'est noté 👍 Rien n'a été fait.", "حسناً 👍 لم يتم القيام بأي شيء.", "Noted 👍 Nothing was done.");

    public static string Already(string language) => In(
        language, "Vous avez déjà répondu à cette question.", "لقد أجبت عن هذا السؤال من قبل.", "You have answered this question already.");

    public static string TooLate(string language) => In(
        language, "Ce bouton n'est plus valable ⏱️ Dites-moi si vous en avez encore besoin.",
        "انتهت صلاحية هذا الزر ⏱️ أخبرني إن كنت لا تزال بحاجة إليه.", "This button is no longer valid ⏱️ Tell me if you still need it.");

    /// <summary>It may have been carried out or not: a person looks.</summary>
    public static string Failed(string language) => In(
        language,
        "Je n'ai pas pu terminer votre demande. Un membre de notre équipe la vérifie et vous répondra ici.",
        "لم أتمكن من إتمام طلبك. سيتحقق أحد أعضاء فريقنا منه ويجيبك هنا.",
        "I could not complete your request. A member of our team will check it and answer you here.");

    private static string In(string language, string fr, string ar, string en) => language switch { "ar" => ar, "en" => en, _ => fr };
}
