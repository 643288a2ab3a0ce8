using Relais.Commerce;
using Relais.Engine.Ai;

namespace Relais.Engine.Approvals;

/// <summary>What a customer is told of an act on their order that a person has to allow.</summary>
internal static class ApprovalTexts
{
    /// <summary>After the tap.</summary>
    public static string Waits(string language, string number) => In(
        language,
        $"⏳ Votre demande pour la commande {number} est transmise à notre équipe, qui la valide et vous répondra ici.",
        $"⏳ أُحيل طلبك بخصوص الطلبية {number} إلى فريقنا للموافقة عليه، وسيجيبك هنا.",
        $"⏳ Your request for order {number} has been passed to our team, who will approve it and answer you here.");

    /// <summary>Allowed and done.</summary>
    public static string Approved(string language, string act, string number) => act switch
    {
        OrderAct.Confirm => OrderTexts.Status(language, new OrderFact(number, OrderOutcome.Confirmed, null, null)),
        OrderAct.Cancel => OrderTexts.Status(language, new OrderFact(number, OrderOutcome.Cancelled, null, null)),
        _ => In(
            language,
            $"✏️ Votre demande de modification de la commande {number} est acceptée.",
            $"✏️ تم قبول طلب تعديل الطلب {number}.",
            $"✏️ Your request to change order {number} is accepted."),
    };

    public static string Rejected(string language, string number) => In(
        language,
        $"Votre demande pour la commande {number} n'a pas pu être acceptée. Écrivez-nous ici pour toute question.",
        $"لم نتمكن من قبول طلبك بخصوص الطلب {number}. راسلنا هنا لأي سؤال.",
        $"Your request for order {number} could not be accepted. Write to us here with any question.");

    private static string In(string language, string fr, string ar, string en) => language switch { "ar" => ar, "en" => en, _ => fr };
}
