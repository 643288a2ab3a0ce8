namespace Relais.FollowUps.Planning;

/// <summary>What is said where the business wrote nothing of its own: by rule, language and step. Never a promise, never a price.</summary>
internal static class FollowUpTexts
{
    /// <summary>Of the business, else the usual one; a step beyond the last text repeats none and says nothing.</summary>
    public static string? Of(string rule, RuleSettings settings, string language, int step)
    {
        var own = settings.Texts?.GetValueOrDefault(language);
        var all = own is { Count: > 0 } ? own : Usual(rule, language);
        return step <= all.Count ? all[step - 1] : null;
    }

    public static IReadOnlyList<string> Usual(string rule, string language) => (rule, language) switch
    {
        (RuleKinds.QuietAfterOffer, "en") =>
        [
            "Hello! We are still here about your request. Shall we go on together? Just answer here.",
            "Hello, this is our last message about your request. If it still interests you, one word here is enough.",
        ],
        (RuleKinds.QuietAfterOffer, "ar") =>
        [
            "مرحبًا! ما زلنا في خدمتك بخصوص طلبك. هل تود أن نتابع معًا؟ يكفي أن تجيب هنا.",
            "مرحبًا، هذه آخر رسالة منا بخصوص طلبك. إن كان يهمك، فكلمة واحدة هنا تكفي.",
        ],
        (RuleKinds.QuietAfterOffer, _) =>
        [
            "Bonjour ! Nous restons à votre disposition au sujet de votre demande. Souhaitez-vous que nous avancions ensemble ? Répondez simplement ici.",
            "Bonjour, c'est notre dernier message au sujet de votre demande. Si elle vous intéresse toujours, un mot ici suffit.",
        ],
        (RuleKinds.OpenOrder, "en") =>
        [
            "Hello! Your order {{order.number}} is still waiting to be confirmed. Would you like to confirm it, or do you have a question?",
            "Hello, your order {{order.number}} is not confirmed yet. Answer here if you would like us to keep it.",
        ],
        (RuleKinds.OpenOrder, "ar") =>
        [
            "مرحبًا! طلبك {{order.number}} ما زال ينتظر التأكيد. هل تود تأكيده أم لديك سؤال؟",
            "مرحبًا، طلبك {{order.number}} لم يؤكَّد بعد. أجب هنا إن أردت أن نحتفظ به.",
        ],
        (RuleKinds.OpenOrder, _) =>
        [
            "Bonjour ! Votre commande {{order.number}} attend encore votre confirmation. Souhaitez-vous la confirmer, ou avez-vous une question ?",
            "Bonjour, votre commande {{order.number}} n'est pas encore confirmée. Répondez ici si vous souhaitez que nous la gardions.",
        ],
        (RuleKinds.AppointmentMissed, "en") =>
            ["Hello! We missed each other on {{appointment.date}}. Would you like another date? Tell us here what suits you."],
        (RuleKinds.AppointmentMissed, "ar") =>
            ["مرحبًا! لم نلتقِ يوم {{appointment.date}}. هل تود موعدًا آخر؟ أخبرنا هنا بما يناسبك."],
        (RuleKinds.AppointmentMissed, _) =>
            ["Bonjour ! Nous nous sommes manqués le {{appointment.date}}. Souhaitez-vous une autre date ? Dites-nous ici ce qui vous convient."],
        (RuleKinds.Inactive, "en") => ["Hello! It has been a while. If {{business.name}} can do something for you, just write to us here."],
        (RuleKinds.Inactive, "ar") => ["مرحبًا! مر وقت طويل. إن كان بإمكان {{business.name}} خدمتك، فراسلنا هنا."],
        (RuleKinds.Inactive, _) => ["Bonjour ! Cela fait un moment. Si {{business.name}} peut faire quelque chose pour vous, écrivez-nous ici."],
        (_, "en") => ["Hello! We wanted to ask how you are getting on. Can we help you with anything?"],
        (_, "ar") => ["مرحبًا! أردنا الاطمئنان عليك. هل يمكننا مساعدتك في شيء؟"],
        _ => ["Bonjour ! Nous voulions prendre de vos nouvelles. Pouvons-nous vous aider ?"],
    };
}
