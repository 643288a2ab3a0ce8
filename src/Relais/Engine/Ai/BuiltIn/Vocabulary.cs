namespace Relais.Engine.Ai.BuiltIn;

/// <summary>The words customers use for each thing the built-in agent understands: French, English, Arabic, Darija, Arabizi.</summary>
internal static class Vocabulary
{
    public static readonly Phrases Greeting = new(
        """
        bonjour|bonsoir|salut|coucou|bjr|bsr|slt|hello|hi|hey|yo|good morning|good afternoon|good evening|good day
        ça va|comment ça va|comment allez vous|comment vas tu|how are you|how are you doing|enchanté
        salam|salam alaykoum|salam alaikum|salam alikoum|salam alikom|salam 3likom|salam 3alikom|salam 3alaykom|salamo alaykom|assalam alaykoum|assalamu alaikum|slm|azul
        sbah lkhir|sba7 lkhir|sbah el khir|msa lkhir|msa el khir|labas|la bas|la bas 3lik|labas 3lik|ki dayer|kidayer|ki dayra|kirak|ki rak|cv|chwiya labas
        السلام عليكم|سلام عليكم|السلام عليكم ورحمة الله|السلام عليكم ورحمة الله وبركاته|سلام|السلام|مرحبا|مرحبا بك|مرحبا بكم|اهلا|اهلا وسهلا|هلا|هاي|هالو|الو
        صباح الخير|صباح النور|مساء الخير|مساء النور|كيف حالك|كيف الحال|كيف حالكم|كي داير|كيداير|كي راك|لاباس|لاباس عليك|بخير|بونجور|بنجور
        """);

    public static readonly Phrases Thanks = new(
        """
        merci|merci beaucoup|merci bien|mille mercis|grand merci|merci d'avance|je vous remercie|mrc|mci|thank you|thank you very much|thank you so much|thanks|thanks a lot|many thanks|thx|ty|tysm
        شكرا|شكرا جزيلا|شكرا لك|شكرا لكم|الف شكر|مشكور|مشكورين|بارك الله فيك|بارك الله فيكم|الله يبارك فيك|يعطيك الصحة|الله يعطيك الصحة|صحيت|صحة|تسلم|يسلمو|مرسي|ميرسي
        chokran|choukran|shukran|shokran|chukran|chokran bzaf|saha|sahit|sa7it|sa7a|barak allah fik|baraka allah fik|barak allahou fik|baraka allahou fik|barakalahfik|lah ybarek fik|allah ybarek fik|lah y3tik sa7a|lah y3tik seha|y3tik sa7a|y3tik saha|ya3tik saha
        """);

    /// <summary>Thanks for something: what follows is no question unless it says so.</summary>
    public static readonly Phrases ThanksFor = new("merci pour|merci à|thanks for|thank you for|شكرا على|شكرا لكم على|مشكورين على|chokran 3la|choukran 3la|merci 3la|saha 3la");

    public static readonly Phrases AboutUs = new(
        """
        tu es un robot|vous êtes un robot|êtes vous un robot|es tu un robot|c'est un robot|un bot|qui es tu|qui êtes vous|t'es qui|vous êtes qui|c'est qui|tu es qui|vous parlez arabe|vous parlez français|vous parlez anglais|parlez vous arabe|parlez vous français|parlez vous anglais|tu parles arabe|tu parles français
        are you a robot|are you a bot|are you human|are you real|who are you|is this a bot|am i talking to a bot|do you speak english|do you speak french|do you speak arabic
        هل انت روبوت|انت روبوت|من انت|من انتم|شكون نتا|شكون نتوما|واش نتا روبوت|هل تتكلم العربية|هل تتحدث العربية|chkoun nta|chkoun ntoma|wach nta robot|nta robot|wach hada robot|chkon nta
        """);

    public static readonly Phrases Goodbye = new(
        """
        au revoir|bye|bye bye|goodbye|good bye|a bientôt|bonne journée|bonne soirée|bonne nuit|bon week end|à plus|à demain|à plus tard|ciao|tchao|see you|see you soon|see you later|good night|have a nice day|have a good day|have a great day|take care
        مع السلامة|الى اللقاء|وداعا|باي|تصبح على خير|بسلامة|في امان الله|نهارك سعيد|bslama|beslama|b slama|tsba7 3la khir|tsbah 3la khir|lay3awn|nhar mabrouk
        """);

    public static readonly Phrases Acknowledgement = new(
        """
        ok|okay|okey|oki|d'accord|daccord|dac|dacc|parfait|super|très bien|c'est bon|c bon|c'est noté|bien reçu|nickel|top|excellent|génial|entendu|compris|ça marche|pas de problème|pas de souci|non|non merci|rien
        cool|great|perfect|good|very good|got it|understood|alright|all right|fine|nice|sure|no|no thanks|no thank you|no problem|sounds good|noted|nothing
        حسنا|تمام|طيب|ماشي|واخا|اوكي|اوك|ممتاز|جيد|جيد جدا|رائع|مفهوم|صافي|مزيان|مليح|لا|لا شكرا|wakha|wa5a|safi|mezyan|mzyan|mziane|mlih|mli7|bahi|behi|la la|hania|hanya|machi mochkil|machi mouchkil
        """);

    /// <summary>Words that open a conversation without saying what about.</summary>
    public static readonly Phrases Opening = new(
        """
        oui|oui bonjour|yes|yeah|yep|aide|aidez moi|besoin d'aide|j'ai besoin d'aide|j'ai besoin de votre aide|pouvez vous m'aider|vous pouvez m'aider|peux tu m'aider|j'ai une question|j'ai une petite question|j'aurais une question|une question|question|renseignement|renseignements|un renseignement|j'ai besoin d'un renseignement|je voudrais un renseignement|information|informations|info|infos|je voudrais des informations|vous êtes là|il y a quelqu'un|y a quelqu'un|allo
        help|help me|i need help|i need some help|can you help me|could you help me|i have a question|i have some questions|i need information|are you there|anyone there|anybody there
        نعم|ايه|اه|مساعدة|اريد مساعدة|احتاج مساعدة|ساعدني|هل يمكنك مساعدتي|عندي سؤال|لدي سؤال|سؤال|ممكن سؤال|عندي استفسار|لدي استفسار|استفسار|معلومات|بغيت نسول|بغيت معلومات
        iyeh|eywa|so2al|soual|3endi so2al|3ndi soual|3ndi wahed soual|bghit nsowel|bghit nsewel|bghit nsowl|bghit ns9si|3awnouni|3awenni
        """);

    /// <summary>Courtesy that carries no meaning of its own; taken off before asking whether anything is left.</summary>
    public static readonly Phrases Filler = new(
        """
        monsieur|madame|mademoiselle|mr|mme|m|messieurs|mesdames|svp|stp|s'il vous plaît|s'il te plaît|please|pls|plz|à tous|à toutes|tout le monde|l'équipe|team|sir|madam|dear|everyone|there|again|encore|alors|donc|bien|beaucoup|bcp|much|so|very|and|et|à vous|vous|you|et vous|mon ami|my friend|friend|bro|pour tout|pour votre aide|pour votre réponse|for your help|for everything|for the help|cher|chère
        من فضلك|من فضلكم|لو سمحت|لو سمحتم|عفاك|عافاك|الله يحفظك|اخي|اختي|خويا|يا|و|ورحمة الله|وبركاته|تعالى|سيدي|استاذ|كثيرا|بزاف|على المساعدة
        3afak|3afakom|afak|men fadlek|min fadlik|khoya|khouya|kho|sahbi|okhti|khti|sidi|lalla|bzaf|bezaf|bzef|warahmatullah|wa rahmatu allah|wa barakatuh
        """);

    public static readonly Phrases Person = new(
        """
        parler à un|parler à une|parler avec un|parler avec une|parler à quelqu'un|parler avec quelqu'un|parler à votre|parler avec votre|parler au|parler avec le|parler à la|parler a qlq|discuter avec un|discuter avec une|discuter avec quelqu'un|échanger avec un conseiller|échanger avec quelqu'un|un humain|humain|une vraie personne|vraie personne|un conseiller|une conseillère|conseiller|conseillère|un opérateur|opérateur|agent humain|passez moi|passer un agent|transférez moi|joindre un agent|joindre quelqu'un|contacter un agent|je veux un agent|je voudrais un agent|avoir quelqu'un|rappelez moi|me rappeler|mettez moi en relation|être mis en relation|pas un robot|pas un bot|marre du robot
        talk to|talk with|speak to|speak with|chat with|real person|real human|a human|human|human being|live agent|live person|an agent|agent please|representative|customer agent|operator|call me|call me back|someone real|not a bot|not a robot|connect me|transfer me
        *اتكلم مع*|*أتكلم الى*|*اتحدث مع*|*اتحدث الى*|*التحدث مع*|*التحدث الى*|*التكلم مع*|*التواصل مع شخص*|*التواصل مع موظف*|*اتواصل مع شخص*|*اكلم شخص*|*اكلم احد*|*اكلم موظف*|*موظف*|*انسان*|شخص حقيقي|*مع شخص*|*مع مسؤول*|*ممثل خدمة*|*خدمة العملاء*|بشر|*اتصلوا بي*|*اتصل بي*|*عيطو لي*|*عيطولي*
        *نهضر مع*|*نهدر مع*|*نتكلم مع*|*نحكي مع*|*ندوي مع*|*هضر مع*|*نهضر معا*|*بنادم*|*مع شي واحد*|*مع شي حد*|*مع واحد*
        nhder m3a|nhdar m3a|nahder m3a|nahdar m3a|nehder m3a|nhadr m3a|nhadar m3a|nhder ma3|ndwi m3a|nedwi m3a|ndwi ma3|nahki m3a|n7ki m3a|nehki m3a|nhki m3a|netkelem m3a|ntkalem m3a|ntkelem m3a|hder m3a|m3a chi wahd|m3a chi wa7ed|m3a chi wahed|m3a wahed|m3a wa7ed|m3a chi had|m3a chi 7ed|bnadem|bnadm|benadem|m3a insan|chi mas2oul|mas2oul|m3a responsable|m3a agent|3aytou liya|3aytoli|3ayto liya|siftou liya chi wahed
        """);

    /// <summary>A request for a person when it is all the customer wrote; in a sentence it may be about anything.</summary>
    public static readonly Phrases PersonAlone = new(
        "agent|un agent|responsable|le responsable|service client|support|manager|someone|somebody|quelqu'un|une personne|personne|person|a person|the manager|customer service|customer support|شخص|مسؤول|المسؤول|المدير|insan|bghit agent|bghit responsable|chi wahd|chi wahed");

    /// <summary>An order that is on its way, as opposed to one the customer would like to place.</summary>
    public static readonly Phrases Order = new(
        """
        commande|commandes|colis|paquet|paquets|suivi|suivre|livreur|tracking|track|order|orders|parcel|parcels|package|packages|shipment|expédié|expédiée|expédition|en route
        *طلبي*|*طلبيت*|طلبية|الطلبية|الطلب|طلبيه|*شحنتي*|*شحنة*|طرد|الطرد|*طردي*|*تتبع*|كوموند|الكوموند|كوموندا|كوماند|الكوماند|كولي|الكولي|الكوليس|كوليس
        *commande|*comande|lcommand|command|*komand|*komande|commanda|lcommanda|*kolis|*koli|*koliya|*coli|*colis|talabiya|tlabiya|talabiyti|talbiya|talbiyti|talab dyali|tlab dyali|wslat|wslet|wselat|waslat|wasslat
        """);

    /// <summary>With an order: where it is or why it is not here.</summary>
    public static readonly Phrases Whereabouts = new(
        """
        où|ou est|où en est|statut|état|suivre|suivi|arrivé|arrivée|arrive|arriver|reçu|reçue|recevoir|toujours pas|retard|nouvelles|expédiée|expédié|en route|attends
        where|status|track|tracking|arrived|arrive|received|late|delayed|update|news|still not|waiting|hasn't
        *اين*|*وين*|*فين*|*وصل*|*توصل*|*استلم*|*تتبع*|*متاخر*|*تاخر*|*مازال*|*حالة*
        fin|fine|win|wslat|wslet|wselat|waslat|wsal|wsel|twsal|tewsel|jat|jatch|jani|mazal|mazel|nestena|t3atal|t3atlat|rah|rahi
        """);

    /// <summary>Something went wrong for this one customer.</summary>
    public static readonly Phrases Trouble = new(
        "en retard|retard|late|delayed|*متاخر*|*تاخر*|t3atal|t3atlat|problème|problèmes|souci|soucis|erreur|cassé|cassée|abîmé|abîmée|endommagé|endommagée|défectueux|défectueuse|manque|incomplète|incomplet|arnaque|inadmissible|scandaleux|impoli|problem|issue|broken|damaged|defective|missing|wrong item|wrong order|scam|unacceptable|rude|*مشكل*|*مكسور*|*تالف*|*معطوب*|*ناقص*|*نصاب*|mochkil|mouchkil|mochkila|mherres|mharres|mkasser|mkser|maksour|khaser|na9es|naqes"
        + "|ne marche pas|ne fonctionne pas|does not work|doesn't work|not working|ma khdamch|makhdamch|*ما خدامش*|*لا يعمل*");

    /// <summary>Not about an order that exists.</summary>
    public static readonly Phrases Purchase = new(
        "passer commande|passer comande|passé commande|passé comande|passer une commande|faire une commande|nouvelle commande|to order|place an order|make an order|new order|order food|order a|order some|طلب جديد|*اطلب*|*نطلب*|ncommandi|ncomandi|nkomandi|ncommander|ndir commande|ndir lcommande");

    /// <summary>Asks how it is done, as opposed to doing it.</summary>
    public static readonly Phrases How = new("comment|coment|commen|koman|komen|kom|cmt|kmt|où|how|where|كيف|كيفاش|كيفية|كيفيش|وين|أين|فين|هل يمكن|kifach|kifech|kifash|kif|fin|win|possible|can i|puis je|peut on|on peut");

    /// <summary>Something only a person may do to an order: the agent has no tool for it and does not pretend.</summary>
    public static readonly Phrases Action = new(
        """
        annuler|annulez|annulation|annule|anuler|remboursement|remboursé|remboursée|rembourser|remboursez|retourner|retour|renvoyer|échanger|échange|réclamation|plainte|cassé|cassée|abîmé|abîmée|endommagé|endommagée|défectueux|défectueuse|modifier|modification|changer|confirmer|je confirme|confirme|erreur
        cancel|cancelled|canceled|cancellation|refund|refunded|return|exchange|complaint|complain|broken|damaged|defective|change|modify|confirm|wrong item|wrong size|mistake
        *الغاء*|*الغي*|*ارجاع*|*استرجاع*|*ارجع*|*استبدال*|*شكوى*|*تغيير*|*اغير*|*تبديل*|*نبدل*|*نرجع*|*تاكيد*|*اؤكد*|*مكسور*|*تالف*|*معطوب*
        nlghi|nelghi|nal8i|lghi|nanuli|nanulé|nannuler|nanuler|nbdel|nbedel|nbeddel|nbdl|nrj3|nrej3|nraje3|nreje3|tarja3|mherres|mharres|mkasser|mkser|maksour|mksour|khaser|nconfirmi|confirmi
        """);

    /// <summary>Marks a message that wants an answer, next to a question mark.</summary>
    public static readonly Phrases Questioning = new(
        """
        quoi|quel|quelle|quels|quelles|comment|combien|quand|pourquoi|où|est ce que|avez vous|puis je|pouvez vous|je voudrais|je veux|j'aimerais|je souhaite
        what|which|when|where|why|how|who|do you|can i|can you|could you|i want|i would like|i need|is there|are there
        هل|متى|اين|كيف|كم|لماذا|اريد|بغيت|واش|وين|فين|شحال|بشحال|علاش|كيفاش|وقتاش|فوقاش
        wach|wash|wech|fin|win|ch7al|chhal|bch7al|kifach|3lach|wa9tach|fo9ach|imta|chnou|chno|ach|bghit|kayn|kayen
        """);
}
