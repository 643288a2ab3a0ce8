using System.Globalization;
using Relais.Engine.Ai;

namespace Relais.Engine.Handoffs;

/// <summary>The words of a summary for colleagues, in the reader's language.</summary>
internal static class SummaryTexts
{
    private static readonly Dictionary<string, (string Fr, string Ar, string En)> Reasons = new(StringComparer.Ordinal)
    {
        ["customer_asked"] = ("le client a demandé une personne", "طلب العميل التحدث مع شخص", "the customer asked for a person"),
        ["no_answer_found"] = ("l'assistant n'avait pas de réponse", "لم يجد المساعد جواباً", "the assistant had no answer"),
        ["order_not_found"] = ("commande introuvable", "لم يُعثر على الطلب", "the order was not found"),
        ["unreadable_message"] = ("un message que l'assistant ne peut pas lire", "رسالة لا يستطيع المساعد قراءتها", "a message the assistant cannot read"),
        ["model_failed"] = ("problème technique", "مشكل تقني", "a technical problem"),
        ["too_many_steps"] = ("problème technique", "مشكل تقني", "a technical problem"),
        ["flow_requested"] = ("demandé par le parcours", "طلبه المسار الآلي", "the flow asked for it"),
        ["cart_received"] = ("un panier à confirmer", "سلة مشتريات للتأكيد", "a cart to confirm"),
        ["budget_spent"] = ("le budget de l'assistant est épuisé", "نفدت ميزانية المساعد", "the assistant's budget is spent"),
        ["order_change"] = ("une commande à modifier", "طلب يجب تعديله", "an order to change"),
        ["auto_respond_off"] = ("l'assistant est désactivé ici", "المساعد متوقف هنا", "the assistant is switched off here"),
        ["reserved_topic"] = ("un sujet réservé à l'équipe", "موضوع مخصص للفريق", "a topic reserved for the team"),
        ["anger"] = ("le client est en colère", "العميل غاضب", "the customer is angry"),
        ["loop"] = ("la conversation tournait en rond", "كانت المحادثة تدور في حلقة", "the conversation went in circles"),
        ["failed_answers"] = ("deux réponses de suite sans résultat", "جوابان متتاليان دون نتيجة", "two answers in a row did not help"),
        ["draft"] = ("l'assistant ne fait que suggérer ici", "المساعد يقترح فقط هنا", "the assistant only suggests here"),
        ["tool_failed"] = ("un outil de la boutique a échoué", "تعطلت إحدى أدوات المتجر", "a tool of the shop failed"),
        ["automatic_replies"] = ("un programme répond à l'autre bout", "برنامج آلي يجيب في الطرف الآخر", "a program answers at the other end"),
    };

    private static readonly Dictionary<string, (string Fr, string Ar, string En)> Intents = new(StringComparer.Ordinal)
    {
        ["person"] = ("parler à une personne", "التحدث مع شخص", "talk to a person"),
        ["complaint"] = ("une réclamation", "شكوى", "a complaint"),
        ["change"] = ("modifier, annuler ou retourner", "تعديل أو إلغاء أو إرجاع", "change, cancel or return"),
        ["track"] = ("le suivi d'une commande", "تتبع طلب", "tracking an order"),
        ["question"] = ("une question", "سؤال", "a question"),
        ["courtesy"] = ("rien de précis", "لا شيء محدد", "nothing in particular"),
    };

    private static readonly Dictionary<string, (string Fr, string Ar, string En)> Languages = new(StringComparer.Ordinal)
    {
        ["fr"] = ("français", "الفرنسية", "French"), ["ar"] = ("arabe", "العربية", "Arabic"), ["en"] = ("anglais", "الإنجليزية", "English"),
    };

    /// <summary>One fact a line.</summary>
    public static string Of(string language, SummaryFacts facts)
    {
        var lines = new List<string>();
        Add("Sujet", "الموضوع", "About", Pick(language, Intents[facts.Intent]));
        Add("Commandes", "الطلبات", "Orders", string.Join(", ", facts.OrderNumbers));
        Add("Demandé", "المطلوب", "Asked", string.Join(" / ", facts.Asked.Select(a => $"« {a} »")));
        Add("Langue du client", "لغة العميل", "Customer's language", facts.CustomerLanguage is { } spoken && Languages.TryGetValue(spoken, out var named) ? Pick(language, named) : "");
        Add("Raison du transfert", "سبب التحويل", "Why it was handed off", facts.HandoffReason is { } reason ? (Reasons.TryGetValue(reason, out var words) ? Pick(language, words) : reason) : "");
        Add("Attend depuis", "ينتظر منذ", "Waiting for", facts.WaitingSeconds is { } seconds ? Duration(language, seconds) : "");
        return string.Join('\n', lines);

        void Add(string fr, string ar, string en, string value)
        {
            if (value.Length > 0)
            {
                lines.Add($"{Pick(language, (fr, ar, en))}{(language == AgentTexts.French ? " :" : ":")} {value}");
            }
        }
    }

    private static string Duration(string language, long seconds)
    {
        var (count, unit) = seconds < 3600 ? (Math.Max(1, seconds / 60), ("min", "دقيقة", "min"))
            : seconds < 48 * 3600 ? (seconds / 3600, ("h", "ساعة", "h")) : (seconds / 86400, ("j", "يوم", "d"));
        return $"{count.ToString(CultureInfo.InvariantCulture)} {Pick(language, unit)}";
    }

    private static string Pick(string language, (string Fr, string Ar, string En) text) => language switch
    {
        AgentTexts.Arabic => text.Ar,
        AgentTexts.English => text.En,
        _ => text.Fr,
    };
}
