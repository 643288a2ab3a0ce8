using Relais.Commerce;

namespace Relais.Engine.Ai;

/// <summary>What the customer is told after a tap on a button about an order.</summary>
internal static class OrderTapTexts
{
    /// <summary>The answer to the tap that counted; the same each time it is asked for.</summary>
    /// <param name="language">fr, ar or en.</param>
    /// <param name="outcome">A word of <see cref="OrderOutcome"/>.</param>
    /// <param name="order">As it is now.</param>
    public static Decision Done(string language, string outcome, OrderFact order) => outcome switch
    {
        OrderOutcome.Confirmed or OrderOutcome.Cancelled => new Decision.Reply(
            OrderTexts.Status(language, new OrderFact(order.TrackingNumber, outcome, null, null))),
        OrderOutcome.ChangeRequested => new Decision.HandOff(HandoffReason.OrderChange, In(
            language,
            $"✏️ Votre demande de modification de la commande {order.TrackingNumber} est enregistrée.",
            $"✏️ تم تسجيل طلب تعديل الطلب {order.TrackingNumber}.",
            $"✏️ Your request to change order {order.TrackingNumber} is registered.")
            + "\n" + AgentTexts.HandOff(language, HandoffReason.OrderChange)),
        OrderOutcome.ChangeAsked => new Decision.Reply(WhatToChange(language, order.TrackingNumber)),
        OrderOutcome.AwaitsApproval => new Decision.Reply(Approvals.ApprovalTexts.Waits(language, order.TrackingNumber)),
        OrderOutcome.Kept => new Decision.Reply(In(
            language,
            $"C'est noté 👍 La commande {order.TrackingNumber} reste comme elle est.",
            $"حسناً 👍 يبقى الطلب {order.TrackingNumber} كما هو.",
            $"Noted 👍 Order {order.TrackingNumber} stays as it is.")),
        _ => Impossible(language, order),
    };

    /// <summary>Asked after a tap on Modify: the next message is the wish.</summary>
    public static string WhatToChange(string language, string number) => Wishes(language) + number + In(
        language,
        " ? Écrivez-le en un message, un membre de notre équipe s'en occupe.",
        "؟ اكتبه في رسالة واحدة، وسيتولى أحد أعضاء فريقنا ذلك.",
        "? Write it in one message, a member of our team will take care of it.");

    public static bool IsWishQuestion(string text) => text.StartsWith("✏️", StringComparison.Ordinal)
        && new[] { "fr", "ar", "en" }.Any(language => text.StartsWith(Wishes(language), StringComparison.Ordinal));

    /// <summary>Its state, and a person.</summary>
    public static Decision Impossible(string language, OrderFact order) => new Decision.HandOff(
        HandoffReason.OrderChange, $"{OrderTexts.Status(language, order)}\n{AgentTexts.HandOff(language, HandoffReason.OrderChange)}");

    public static string Already(string language, OrderFact order) => In(
        language, "Vous avez déjà répondu à cette question.", "لقد أجبت عن هذا السؤال من قبل.", "You have answered this question already.")
        + "\n" + OrderTexts.Status(language, order);

    public static string TooLate(string language) => In(
        language, "Ce bouton n'est plus valable ⏱️", "انتهت صلاحية هذا الزر ⏱️", "This button is no longer valid ⏱️");

    public static string Unknown(string language) => TooLate(language) + "\n" + AgentTexts.Invite(language);

    private static string Wishes(string language) => In(
        language, "✏️ Que souhaitez-vous modifier dans la commande ", "✏️ ما الذي تريد تعديله في الطلب ", "✏️ What would you like to change in order ");

    private static string In(string language, string fr, string ar, string en) => language switch { "ar" => ar, "en" => en, _ => fr };
}
