using Relais.Channels;
using Relais.Foundation;

namespace Relais.Commerce.Messages;

/// <summary>
/// The question before something is done to an order, with its buttons. Confirming shows the recap. Pure; fits either provider.
/// </summary>
internal static class OrderQuestion
{
    private const int LongestDetail = 300;

    /// <summary>What the question's buttons may do: one row each.</summary>
    public static IReadOnlyList<string> Acts(string act) => act == OrderAct.Confirm ? OrderRecap.Acts : [act, OrderAct.Keep];

    /// <param name="language">fr, ar or en.</param>
    /// <param name="act">confirm, cancel or modify.</param>
    /// <param name="order">What it is about.</param>
    /// <param name="detail">modify: what is to be changed.</param>
    /// <param name="nonce">Of the stored question.</param>
    public static OutboundContent.Buttons Of(string language, string act, RecapOrder order, string? detail, string nonce)
    {
        if (act == OrderAct.Confirm)
        {
            return OrderRecap.Of(language, order, nonce);
        }

        var number = ShortText.Fit(ShortText.OneLine(order.Number), 80);
        var isCancel = act == OrderAct.Cancel;
        var (question, yes, no) = language switch
        {
            "ar" => isCancel ? ($"هل تريد إلغاء الطلب {number}؟", "إلغاء الطلب", "الإبقاء عليه")
                : ($"هل تريد تعديل الطلب {number}؟ سيتولى أحد أعضاء فريقنا ذلك.", "طلب التعديل", "الإبقاء عليه"),
            "en" => isCancel ? ($"Do you want to cancel order {number}?", "Cancel the order", "Keep it")
                : ($"Do you want order {number} changed? A member of our team will do it.", "Ask for the change", "Keep it"),
            _ => isCancel ? ($"Voulez-vous annuler la commande {number} ?", "Annuler la commande", "Garder la commande")
                : ($"Voulez-vous modifier la commande {number} ? Un membre de notre équipe s'en chargera.", "Demander à modifier", "Garder la commande"),
        };
        var body = isCancel || string.IsNullOrWhiteSpace(detail) ? question
            : $"{question}\n\n« {ShortText.Fit(ShortText.OneLine(detail), LongestDetail)} »";
        return new OutboundContent.Buttons(body,
        [
            new Choice(RecapButton.Id(act, order.OrderId, nonce), yes),
            new Choice(RecapButton.Id(OrderAct.Keep, order.OrderId, nonce), no),
        ]);
    }
}
