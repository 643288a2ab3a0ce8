using System.Diagnostics;

namespace Relais.Engine.Ai;

/// <summary>
/// Every sentence the program itself says to a customer, in French, Arabic and English. A hand-off always says that a
/// person will answer; nothing here promises what only a person can promise.
/// </summary>
internal static class AgentTexts
{
    public const string French = "fr";
    public const string Arabic = "ar";
    public const string English = "en";

    private readonly record struct Said(string Fr, string Ar, string En)
    {
        public string In(string language) => language switch { Arabic => Ar, English => En, _ => Fr };
    }

    private static readonly Said GreetingText = new(
        "Bonjour! 👋 Je suis l'assistant {0}.\n\nComment puis-je vous aider aujourd'hui?",
        "مرحباً! 👋 أنا المساعد الآلي لدى {0}.\n\nكيف يمكنني مساعدتك اليوم؟",
        "Hello! 👋 I'm the {0} assistant.\n\nHow can I help you today?");

    private static readonly Said ShortGreetingText = new("Bonjour! 👋", "مرحباً! 👋", "Hello! 👋");

    private static readonly Said InviteText = new(
        "Je vous écoute 🙂 Posez-moi votre question, ou envoyez votre numéro de suivi pour connaître l'état d'une commande.",
        "أنا في خدمتك 🙂 اكتب سؤالك، أو أرسل رقم التتبع لمعرفة حالة طلبك.",
        "I'm listening 🙂 Ask me your question, or send your tracking number to know where your order is.");

    private static readonly Said AboutUsText = new(
        "Je suis l'assistant automatique {0} 🤖. Je comprends le français, l'arabe et l'anglais. Pour parler à une personne, écrivez « agent ».",
        "أنا المساعد الآلي لدى {0} 🤖. أفهم العربية والفرنسية والإنجليزية. للتحدث مع شخص من فريقنا، اكتب «موظف».",
        "I'm the automatic assistant of {0} 🤖. I understand English, French and Arabic. To talk to a person, write “agent”.");

    private static readonly Said ThanksText = new(
        "Avec plaisir! 😊 N'hésitez pas si vous avez une autre question.",
        "على الرحب والسعة! 😊 لا تتردد إذا كان لديك سؤال آخر.",
        "You're welcome! 😊 Don't hesitate if you have another question.");

    private static readonly Said GoodbyeText = new(
        "Merci de votre message et à bientôt! 👋",
        "شكراً لتواصلك معنا، وإلى اللقاء! 👋",
        "Thank you for your message, see you soon! 👋");

    private static readonly Said AcknowledgeText = new(
        "C'est noté 👍 Je reste à votre disposition.",
        "حسناً 👍 أنا في خدمتك دائماً.",
        "Noted 👍 I'm here if you need anything else.");

    private static readonly Said DeclinedText = new(
        "Je ne peux pas répondre à cela. Je peux vous renseigner sur nos produits et services et sur vos commandes ; pour parler à une personne, écrivez « agent ».",
        "لا يمكنني الإجابة عن هذا. يمكنني مساعدتك بشأن منتجاتنا وخدماتنا وطلباتك؛ وللتحدث مع شخص من فريقنا، اكتب «موظف».",
        "I can't answer that. I can help with our products and services and with your orders; to talk to a person, write “agent”.");

    private static readonly Said AskForNumberText = new(
        "Bien sûr! Pouvez-vous m'envoyer votre numéro de suivi (par exemple TRK123456)?",
        "بكل سرور! هل يمكنك إرسال رقم التتبع (مثلاً TRK123456)؟",
        "Of course! Could you send me your tracking number (for example TRK123456)?");

    private static readonly Said PersonAskedFor = new(
        "Bien sûr! Je transmets votre demande à un membre de notre équipe, qui vous répondra ici.",
        "بالتأكيد! سأحيل طلبك إلى أحد أعضاء فريقنا، وسيجيبك هنا.",
        "Of course! I'm passing your request to a member of our team, who will answer you here.");

    private static readonly Said PersonForAnswer = new(
        "Je préfère confier votre demande à un membre de notre équipe, qui vous répondra ici.",
        "أفضّل أن أحيل سؤالك إلى أحد أعضاء فريقنا، وسيجيبك هنا.",
        "I'd rather pass this to a member of our team, who will answer you here.");

    private static readonly Said PersonForOrder = new(
        "Je ne trouve pas de commande avec ce numéro. Un membre de notre équipe va vérifier et vous répondra ici.",
        "لم أجد طلباً بهذا الرقم. سيتحقق أحد أعضاء فريقنا من الأمر ويجيبك هنا.",
        "I can't find an order with this number. A member of our team will check and answer you here.");

    private static readonly Said PersonForUnreadable = new(
        "Merci, j'ai bien reçu votre message, mais je ne peux pas encore l'ouvrir. Un membre de notre équipe va le consulter et vous répondra ici.",
        "شكراً، وصلتنا رسالتك لكن لا يمكنني فتحها بعد. سيطّلع عليها أحد أعضاء فريقنا ويجيبك هنا.",
        "Thank you, your message has arrived, but I can't open it yet. A member of our team will look at it and answer you here.");

    private static readonly Said PersonForCart = new(
        "Merci, j'ai bien reçu votre panier 🛒 Un membre de notre équipe le vérifie et confirmera votre commande ici.",
        "شكراً، وصلتنا سلة مشترياتك 🛒 سيراجعها أحد أعضاء فريقنا ويؤكد طلبك هنا.",
        "Thank you, I've received your cart 🛒 A member of our team will check it and confirm your order here.");

    private static readonly Said PersonForOrderChange = new(
        "Un membre de notre équipe s'en occupe et vous répondra ici.",
        "سيتولى أحد أعضاء فريقنا الأمر ويجيبك هنا.",
        "A member of our team will take care of it and answer you here.");

    private static readonly Said StickerText = new(
        "Bien reçu 😊 Dites-moi comment je peux vous aider.",
        "وصلت 😊 أخبرني كيف يمكنني مساعدتك.",
        "Got it 😊 Tell me how I can help you.");

    private static readonly Said ContactCardText = new(
        "Merci, j'ai bien reçu ce contact. Dites-moi ce dont vous avez besoin, ou écrivez « agent » pour parler à une personne.",
        "شكراً، وصلتني جهة الاتصال. أخبرني بما تحتاج إليه، أو اكتب «موظف» للتحدث مع شخص من فريقنا.",
        "Thank you, I've received this contact. Tell me what you need, or write “agent” to talk to a person.");

    private static readonly Said PersonForFailure = new(
        "Désolé, je ne peux pas vous répondre tout de suite. Un membre de notre équipe prend la suite et vous répondra ici.",
        "عذراً، لا يمكنني الإجابة الآن. سيتابع أحد أعضاء فريقنا المحادثة ويجيبك هنا.",
        "Sorry, I can't answer you right now. A member of our team will take over and answer you here.");

    private static readonly Said PersonForBudget = new(
        "Merci pour vos messages! Pour la suite, un membre de notre équipe prend le relais et vous répondra ici.",
        "شكراً على رسائلك! سيتابع معك أحد أعضاء فريقنا من هنا، وسيجيبك في هذه المحادثة.",
        "Thank you for your messages! From here a member of our team takes over and will answer you here.");

    private static readonly Said PersonForAnger = new(
        "Je comprends votre mécontentement et j'en suis désolé. Un membre de notre équipe prend la suite et vous répondra ici.",
        "أتفهم انزعاجك وأعتذر عنه. سيتابع أحد أعضاء فريقنا المحادثة ويجيبك هنا.",
        "I understand you are upset, and I'm sorry. A member of our team will take over and answer you here.");

    private static readonly Said PersonForLoop = new(
        "Je tourne en rond, désolé. Un membre de notre équipe prend la suite et vous répondra ici.",
        "عذراً، يبدو أنني أكرر نفسي. سيتابع أحد أعضاء فريقنا المحادثة ويجيبك هنا.",
        "Sorry, I'm going in circles. A member of our team will take over and answer you here.");

    private static readonly Said OfferForAnger = new(
        "Je suis désolé pour ce désagrément. Voulez-vous parler à une personne de notre équipe ?",
        "أعتذر عن هذا الإزعاج. هل تريد التحدث مع شخص من فريقنا؟",
        "I'm sorry for the trouble. Would you like to talk to a person of our team?");

    private static readonly Said OfferForLoop = new(
        "Je crains de ne pas bien vous aider. Voulez-vous parler à une personne de notre équipe ?",
        "أخشى أنني لا أساعدك كما يجب. هل تريد التحدث مع شخص من فريقنا؟",
        "I'm afraid I'm not helping you well. Would you like to talk to a person of our team?");

    private static readonly Said OfferForNoAnswer = new(
        "Je n'ai pas la réponse à cette question. Voulez-vous parler à une personne de notre équipe ?",
        "ليس لدي جواب عن هذا السؤال. هل تريد التحدث مع شخص من فريقنا؟",
        "I don't have the answer to this question. Would you like to talk to a person of our team?");

    private static readonly Said TalkToAPersonText = new("Parler à quelqu'un", "التحدث مع شخص", "Talk to a person");

    private static readonly Said GoOnText = new("Continuer", "المتابعة", "Go on");

    private static readonly Said OptedOutText = new(
        "C'est noté : vous ne recevrez plus de messages de notre part. Écrivez-nous quand vous voulez pour reprendre la conversation.",
        "تم تسجيل طلبك: لن تصلك رسائل منا بعد الآن. راسلنا متى شئت لمتابعة المحادثة.",
        "Noted: you will get no more messages from us. Write to us whenever you want to pick the conversation up again.");

    private static readonly Said OptedInText = new(
        "C'est noté : vous recevrez de nouveau nos messages. Écrivez STOP à tout moment pour ne plus en recevoir.",
        "تم تسجيل طلبك: ستصلك رسائلنا من جديد. اكتب «توقف» في أي وقت لإيقافها.",
        "Noted: you will get our messages again. Write STOP at any time to end them.");

    /// <summary>The languages there are sentences for; anything else is spoken to in French.</summary>
    public static IReadOnlyList<string> Languages { get; } = [French, Arabic, English];

    public static string Supported(string? language) => language is Arabic or English ? language : French;

    public static string Greeting(string language, string business) => string.Format(null, GreetingText.In(language), business);

    /// <summary>Put before an answer when the customer greeted and asked at once.</summary>
    public static string ShortGreeting(string language) => ShortGreetingText.In(language);

    public static string Invite(string language) => InviteText.In(language);

    /// <summary>What it is, honestly, which languages it understands, and how to reach a person.</summary>
    public static string AboutUs(string language, string business) => string.Format(null, AboutUsText.In(language), business);

    public static string Thanks(string language) => ThanksText.In(language);

    public static string Goodbye(string language) => GoodbyeText.In(language);

    public static string Acknowledge(string language) => AcknowledgeText.In(language);

    /// <summary>Instead of an answer that must not be sent.</summary>
    public static string Declined(string language) => DeclinedText.In(language);

    public static string AskForNumber(string language) => AskForNumberText.In(language);

    /// <summary>For a sticker without a word: the customer is invited to say what they need.</summary>
    public static string Sticker(string language) => StickerText.In(language);

    /// <summary>For contact cards without a word.</summary>
    public static string ContactCard(string language) => ContactCardText.In(language);

    /// <summary>The one sentence that confirms an opt-out.</summary>
    public static string OptedOut(string language) => OptedOutText.In(Supported(language));

    /// <summary>The one sentence that confirms that an opt-out was taken back.</summary>
    public static string OptedIn(string language) => OptedInText.In(Supported(language));

    /// <summary>Whether the customer would rather talk to a person; for <see cref="HandoffReason.Anger"/>, NoAnswerFound, and all else.</summary>
    public static string Offer(string language, HandoffReason reason) => (reason switch
    {
        HandoffReason.Anger => OfferForAnger,
        HandoffReason.NoAnswerFound => OfferForNoAnswer,
        _ => OfferForLoop,
    }).In(language);

    /// <summary>A button, 20 characters at most.</summary>
    public static string TalkToAPerson(string language) => TalkToAPersonText.In(language);

    /// <summary>The other button.</summary>
    public static string GoOn(string language) => GoOnText.In(language);

    public static string HandOff(string language, HandoffReason reason) => reason switch
    {
        HandoffReason.CustomerAsked or HandoffReason.FlowRequested => PersonAskedFor.In(language),
        HandoffReason.NoAnswerFound => PersonForAnswer.In(language),
        HandoffReason.OrderNotFound => PersonForOrder.In(language),
        HandoffReason.UnreadableMessage => PersonForUnreadable.In(language),
        HandoffReason.CartReceived => PersonForCart.In(language),
        HandoffReason.BudgetSpent => PersonForBudget.In(language),
        HandoffReason.OrderChange => PersonForOrderChange.In(language),
        HandoffReason.ModelFailed or HandoffReason.TooManySteps or HandoffReason.FlowFailed => PersonForFailure.In(language),
        HandoffReason.ReservedTopic or HandoffReason.ToolFailed => PersonForAnswer.In(language),
        HandoffReason.Anger => PersonForAnger.In(language),
        HandoffReason.Loop or HandoffReason.FailedAnswers => PersonForLoop.In(language),
        HandoffReason.AutoRespondOff or HandoffReason.AutomaticReplies or HandoffReason.Draft => "",
        _ => throw new UnreachableException(),
    };
}
