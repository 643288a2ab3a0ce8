using Relais.Commerce;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// What the customer wants done to an order, where a tool can ask them to confirm it: in their words now, or in the question for
/// its number that we asked last. What only a person can do (a refund, a return, an exchange) is none of it.
/// </summary>
internal static class OrderAction
{
    private static readonly Phrases Cancel = new(
        """
        annuler|annulez|annule|anuler|annulation|je veux plus|je n'en veux plus|cancel|cancellation
        *الغاء*|*الغي*|*نلغي*|*تلغي*|nlghi|nelghi|nal8i|n8lghi|lghi|nanuli|nannuli|nannuler|nanuler|lghiwli|n annuler
        """);

    private static readonly Phrases Confirm = new(
        """
        confirmer|je confirme|confirmez|confirmation de ma commande|confirm|i confirm
        *تاكيد*|*اؤكد*|*اكد*|*ناكد*|*نكونفيرمي*|nconfirmi|confirmi|nconfirmer|n2aked|nakked|nakd
        """);

    private static readonly Phrases Modify = new(
        """
        modifier|modifiez|modification|changer|changez|changement|rectifier|corriger|change|modify|edit|update my order
        *تغيير*|*اغير*|*نغير*|*تعديل*|*اعدل*|*نعدل*|*تبديل*|*نبدل*|nbdel|nbedel|nbeddel|nbdl|nghayer|nghyer|nmodifi|nmodifier
        """);

    private static readonly Phrases PersonOnly = new(
        """
        remboursement|remboursé|remboursée|rembourser|remboursez|retourner|retour|renvoyer|échanger|échange|réclamation|plainte
        refund|refunded|return|exchange|complaint|complain|*ارجاع*|*استرجاع*|*ارجع*|*استبدال*|*شكوى*|*نرجع*|nrj3|nrej3|nraje3|nreje3|tarja3
        """);

    /// <summary>A word of <see cref="OrderAct"/>; null when there is none, more than one, or one for a person.</summary>
    public static string? In(CustomerBurst burst)
    {
        string? found = null;
        foreach (var message in burst.Messages)
        {
            if (PersonOnly.AreIn(message.Padded) || message.IsComplaint)
            {
                return null;
            }

            foreach (var (phrases, act) in (ReadOnlySpan<(Phrases, string)>)[(Cancel, OrderAct.Cancel), (Confirm, OrderAct.Confirm), (Modify, OrderAct.Modify)])
            {
                if (phrases.AreIn(message.Padded))
                {
                    if (found is not null && found != act)
                    {
                        return null;
                    }

                    found = act;
                }
            }
        }

        return found ?? Asked(burst.LastSaid) ?? Meant(burst);
    }

    /// <summary>Said in other words than those listed; what follows is only a question with buttons.</summary>
    private static string? Meant(CustomerBurst burst) => burst.Messages is not [var only] || !only.SpeaksOfOrder ? null
        : only.Means(Intent.Cancel) ? OrderAct.Cancel
        : only.Means(Intent.Confirm) ? OrderAct.Confirm
        : only.Means(Intent.Change) ? OrderAct.Modify
        : null;

    /// <summary>The act whose order number we asked for with our last words, or null.</summary>
    public static string? Asked(string? lastSaid) => lastSaid is null ? null
        : new[] { OrderAct.Cancel, OrderAct.Confirm, OrderAct.Modify }.FirstOrDefault(
            act => AgentTexts.Languages.Any(language => lastSaid.EndsWith(AskNumber(language, act), StringComparison.Ordinal)));

    public static string Tool(string act) => act switch
    {
        OrderAct.Confirm => AgentTools.ConfirmOrder,
        OrderAct.Cancel => AgentTools.CancelOrder,
        _ => AgentTools.ChangeOrder,
    };

    /// <summary>Asks for the number of the order to act on.</summary>
    public static string AskNumber(string language, string act) => (language, act) switch
    {
        (AgentTexts.Arabic, OrderAct.Cancel) => "ما رقم الطلب الذي تريد إلغاءه؟",
        (AgentTexts.Arabic, OrderAct.Confirm) => "ما رقم الطلب الذي تريد تأكيده؟",
        (AgentTexts.Arabic, _) => "ما رقم الطلب الذي تريد تعديله؟",
        (AgentTexts.English, OrderAct.Cancel) => "What is the number of the order you want to cancel?",
        (AgentTexts.English, OrderAct.Confirm) => "What is the number of the order you want to confirm?",
        (AgentTexts.English, _) => "What is the number of the order you want to change?",
        (_, OrderAct.Cancel) => "Quel est le numéro de la commande à annuler ?",
        (_, OrderAct.Confirm) => "Quel est le numéro de la commande à confirmer ?",
        _ => "Quel est le numéro de la commande à modifier ?",
    };

    /// <summary>The customer's open orders, by number, for them to say which.</summary>
    public static string Which(string language, string act, IEnumerable<OrderFact> open) =>
        string.Join('\n', open.Select(o => "• " + o.TrackingNumber)) + "\n" + AskNumber(language, act);

    /// <summary>Of the orders listed to us, those on which it may be done.</summary>
    public static List<OrderFact> Open(string act, IReadOnlyList<OrderFact> orders) =>
        [.. orders.Where(o => OrderAct.IsPossible(act, o.Status == "cart" ? Order.Draft : o.Status))];
}
