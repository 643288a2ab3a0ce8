namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// What the intent model learns from: lines like those customers write, French, English, Arabic, Darija and Arabizi mixed.
/// Written for Relais and kept apart from the test messages, none of which may stand here (a test compares them).
/// </summary>
internal static class IntentSeeds
{
    /// <summary>In the order of <see cref="Intent"/>.</summary>
    public static IReadOnlyList<string> All => [Greet, Track, Confirm, Cancel, Change, Order, Price, Hours, Person, Thanks, Complaint, Stop, Other];

    private const string Greet =
        """
        bonjour à tous|bonjour madame|bonsoir monsieur|salut c'est moi|coucou ça va|bonjour comment ça va|re bonjour|hello la boutique|bonjour la team|yo|slt sa va|bjr a vous|bsr|salut tout le monde|bonjour je viens d'arriver|comment allez vous
        hello|hey you|good morning team|hi how are you doing today|good evening everyone|hello dear|hey there friend|hiya|greetings|hello how are you|morning|evening all|hope you are well|what's up
        السلام عليكم|سلام|مرحبا بكم|أهلا بكم|صباح النور|مساء النور|كيف حالكم|لاباس عليكم|واش راكم|كي راكم خاوتي|سلام خويا|تحية طيبة|السلام كيداير|هاي كيفكم
        salam alikom|salam khoya kidayer|slm cv|sba7 lkhir|msa lkhir 3likom|labas 3likom|ahlan|wach rakom|ki rakom labas|salam cava|salam kidayrin m3a lwa9t|marhba
        bonjour monsieur dame|bonne journée à vous bonjour|salut l'équipe|hey salut|wesh|kikou|hi there everyone|hello again|good day to you|hallo|heya how is it going
        السلام عليكم جميعا|مساء النور عليكم|يا هلا|صباح الورد|واش الحال|salam l equipe|salut khouya|salam bonjour|cc cv|msa nour
        """;

    private const string Track =
        """
        où est ma commande|où en est mon colis|quand vais-je recevoir ma commande|ma commande n'est pas arrivée|je n'ai pas reçu mon colis|suivi de commande|suivre mon colis|je voudrais suivre ma livraison|le statut de ma commande svp|ma commande est expédiée ?|j'attends mon colis depuis une semaine|pas encore livré|elle est où ma commande|mon paquet est bloqué ?|avez vous des nouvelles de mon colis|quand arrive ma commande|le livreur n'est pas passé|ou est mon colis svp|g pa recu ma comande|tjr pas recu mon coli|cmd pa arrivé|mon colis il est ou|sa arrive quan ma commande|vous l'avez envoyé mon colis ?|a quelle heure passe le livreur|ma livraison est prévue quand|mon numéro de suivi est TRK123456|colis TRK111222
        where is my order|where's my package|when will my order arrive|my parcel has not arrived|I haven't received my order yet|track my order|track my package please|order status|what is the status of my order|has my order been shipped|is my parcel on its way|still waiting for delivery|when do I get my parcel|the courier never came|any news about my order|were is my oder|my packge didnt come|has it been sent|did you send my parcel|when is the driver coming|my tracking number is TRK123456|no update on my delivery|it should have arrived yesterday
        أين طلبي|أين شحنتي|متى يصل طلبي|لم يصلني طلبي بعد|تتبع الطلب|أريد تتبع شحنتي|ما هي حالة طلبي|هل تم شحن الطلب|لم أستلم الطرد|وين راهي الكوموند|فين وصلات الكوموند ديالي|وقتاش توصل الطلبية|ما وصلتنيش الكوموند|مازال ما جاش الكولي|راني نستنى في الكولي|وين الكوليس تاعي|الموزع ما جاش|متى يأتي المندوب بالطرد|هل خرج طلبي للتوصيل|رقم الشحنة TRK123456
        fin lcommande dyali|win rah lcolis ta3i|wa9tach twsal lcommande|mawslatnich lcommande|mazal ma jani lcolis|bghit n3ref fin wslat commande|wach siftou lcommande|rani nestena f lcolis|imta ywsal lkoli|livreur majach|ch7al b9a bach twsal lcommande dyali|wach lcommande khrjat|fin wsal lcoli|statut dyal lcommande
        ma livraison c'est pour quand|elle arrive bientôt ma commande|on m'a dit 48h et rien reçu|mon colis est chez le transporteur ?|statut du TRK123456|mon paquet ou il est
        sa fé 10 jours jattend|tjrs rien recu|quand est ce que je reçois mon achat|vous avez posté mon paquet|rien reçu a ce jour|what about my delivery|when do i receive my stuff
        has it left the warehouse|still nothing arrived|wheres my parcl|status of TRK123456|any tracking for my order|my stuff hasn't come|was my order posted|لم يصل شيء بعد
        أين الطرد|متى توصلونها|وين لحقت الكوموند|قالولي يومين وما جاني والو|متى يصل المندوب|ستصل متى|راحت السلعة ولا مازال|ma wsalni walou|fin rah lkolis|lcommande fin wslat
        wa9tach yji livreur|ch7al mn nhar w ana nestena|jatni wla mazal|TRK123456 fin wsal|majani walou
        """;

    private const string Confirm =
        """
        je confirme|je confirme la commande|oui je confirme|ok je confirme|commande confirmée|vous pouvez envoyer la commande|c'est bon pour la commande|validez ma commande|je valide|oui envoyez la commande|oui c'est bien moi qui ai commandé, je confirme|je veux confirmer ma commande|confirmation de commande|oui allez y envoyez|tout est correct pour la commande|jconfirme|oui confirmé|d'accord pour la commande expédiez la|la commande est bonne|je confirme mon achat|je vous confirme l'adresse et la commande|comment confirmer ma commande
        I confirm|I confirm the order|yes I confirm|confirm my order|order confirmed|please go ahead|you can ship it|yes send the order|I approve the order|everything is right, ship it|yes please confirm|confirmed|I want to confirm my order|my order is correct|proceed with the order|yes thats my order confirm it|i validate|go ahead and send it|confirming my order
        أؤكد الطلب|نعم أؤكد|أريد تأكيد طلبي|تم التأكيد|تأكيد الطلبية|نأكد الكوموند|راني نأكد الطلبية|نعم أرسلوا الطلب|الطلب صحيح أرسلوه|واخا صيفطو الكوموند|أكدت الطلب|صح أكدولي الكوموند|كونفيرمي الكوموند|موافق على الطلب|أؤكد الشراء
        nconfirmi|ana nconfirmi lcommande|confirmi lcommande|oui confirmi|wakha siftou lcommande|rani m2aked commande|lcommande mconfirmya|n2aked lcommande|iyeh sift lcommande|ok valider|saha b3tou lcommande|kan2aked talab|sifto lcommande rah mzyana
        oui je prends bien la commande confirmez|c'est validé|confirmez mon achat|la commande c'est ok pour moi|vous avez mon feu vert|bon pour envoi|commande ok|oui validé
        confirmation de ma part|yes the order is fine|my order is ok|confirm the purchase|it's a go|from my side it is confirmed|valid order go|yes send my stuff|الطلبية مؤكدة
        نعم ابعثوها|أوافق على الشراء|راني موافق ابعثوها|الطلب مؤكد من طرفي|صحيح الطلبية ابعثوها|ah nconfirmi|mconfirmia lcommande|lcommande ok b3atouha|rani mwafe9 b3atou
        oui b3atouha|dacc confirmi|n2aked chira2
        """;

    private const string Cancel =
        """
        annuler ma commande|je veux annuler|annulez ma commande svp|je voudrais annuler ma commande|j'annule|annulation|comment annuler ma commande|je ne veux plus de cette commande|je n'en veux plus|laissez tomber la commande|ne l'envoyez pas|n'envoyez plus le colis|j'ai changé d'avis pour la commande|supprimez la commande|anuler cmd|annulé svp|je renonce à mon achat|j'ai trouvé moins cher ailleurs annulez|jen veu plus|je prends plus la commande|annule tout|je nen ai plus besoin
        cancel my order|I want to cancel|please cancel|cancel it|can I cancel my order|how do I cancel|I don't want it anymore|don't send it|do not ship it|I changed my mind|cancel the order please|cancelation|i no longer need it|stop the order|cancle order|remove my order|forget the order|I'd like to withdraw my purchase|canceled please|annul the order
        إلغاء الطلب|أريد إلغاء الطلب|ألغوا طلبي|لا أريد الطلب بعد الآن|كيف ألغي طلبي|نحب نلغي الكوموند|بغيت نلغي الطلبية|بطلوا الكوموند|ما نحتاجهاش خلاص|ما بقيتش حابها|ألغي الشراء|لا ترسلوا الطلب|غيرت رأيي|ما تبعثوهاش|أنولي الكوموند|تراجعت عن الشراء|حبست الكوموند ما نحتاجهاش
        bghit nlghi|nlghi lcommande|lghiw lcommande|annuler lcommande 3afak|ma b9itch baghi lcommande|ma bghithach|nanuli lcommande|ma tsiftohach|beddelt rayi|7abit nannuler|anuliwha|mab9itch mhtajha|batlou lcommande|lghi commande
        retirez ma commande|plus besoin du produit|finalement non merci pour la commande|oubliez ma commande|j'annule mon achat|bloquez l'envoi|je veux plus rien annulez|anulation
        stoppez la commande|on annule|scrap my order|no need for it anymore|i want out of the order|call off the order|dont want the stuff anymore|cancel everything
        not interested in my order anymore|i found another one, cancel mine|لست بحاجة إلى الطلب|تخليت عن الطلب|شطبوا الطلبية|معادش نحتاج الكوموند|وقفوا الكوموند|لا داعي لإرسالها
        حابب نلغي|makanhtajhach safi|hbsou lcommande|wa9fou lcommande|manich hab lcommande|n annuler|lghiwha|ma3adch baghiha
        """;

    private const string Change =
        """
        changer l'adresse de ma commande|je veux modifier ma commande|modifier l'adresse de livraison|changer la taille de ma commande|changer la couleur de ma commande|ajouter un produit à ma commande|enlever un article de ma commande|je me suis trompé de numéro de téléphone|j'ai donné une mauvaise adresse|mettez deux au lieu d'un|je préfère le rouge au lieu du vert|je me suis trompé de taille dans la commande|remplacer un article de la commande|rectifier ma commande|chnger adresse svp|modifié ma cmd|mettez taille M a la place|je veux livrer à une autre adresse|changez le numero sur la commande|rajoutez un pull à ma commande|reporter la livraison à samedi
        change my order|change the delivery address|modify my order|change the size on my order|change the colour of my order|add an item to my order|remove an item from my order|I gave the wrong address|I gave a wrong phone number|update my address|I ordered the wrong size, change it|make it two instead of one|I prefer red instead of green|edit my order|swap an item in my order|can you deliver it to another address|put large instead of medium|correct my address on the order|postpone the delivery to saturday|chang my adress
        تغيير عنوان التوصيل|أريد تعديل طلبي|تعديل الطلب|أريد تغيير المقاس في الطلب|تغيير اللون في طلبي|إضافة منتج إلى الطلب|حذف منتج من الطلب|أعطيتكم عنوانا خاطئا|رقم الهاتف خاطئ في الطلب|نبدل العنوان تاع الكوموند|بدلولي الطاي في الكوموند|زيدولي حاجة في الكوموند|نقصولي وحدة من الكوموند|خليوها حمراء بدل الخضراء|غلطت في النمرة|أجلوا التوصيل إلى السبت|نحب نغير البلاصة وين توصل
        nbdel l3onwan|bghit nbdel ladresse dyal lcommande|nbeddel couleur f lcommande|beddel taille f lcommande|zid wa7da f lcommande|n9so wa7da mn lcommande|ghlett f l3onwan|ghlatt f nmra|dir jouj f blasst wa7da|bghit l7mra f blasst lkhedra|nmodifi lcommande|modifier commande dyali|7abit nzid article f la commande|sahho nmra dyali
        remplacer la couleur de mon colis|j'ai choisi la mauvaise couleur dans ma commande|je voudrais une taille au dessus dans ma commande|livrez plutôt à mon bureau
        mon adresse a changé|enlevez un article de ma cmd|3 pièces finalement au lieu de 2|numero erroné sur la commande|jai oublié un article rajoutez le
        livraison a une autre date svp|switch the colour in my order|replace one item in my order|deliver to my office instead|my address has changed
        one size up in my order please|three pieces instead of two finally|wrong name on the order, fix it|i forgot an item, add it to the order|different date for delivery please
        عنواني تغير|وصلوها لمقر العمل بدل البيت|أضيفوا قطعة أخرى لطلبي|بدلوا اللون في طلبيتي|مقاس أكبر في الطلب من فضلكم|صححوا رقمي في الطلب|ديروهم ثلاثة في عوض زوج
        ladresse tbedlat|zidouli wa7da okhra f lcommande|beddlou liya lloun|taille kber f lcommande|blasst lk7el dir lbyed|ghlett f taille dyal lcommande|nmra ghalta beddelha
        """;

    private const string Order =
        """
        je veux commander|je voudrais commander un pull|comment commander|comment passer une commande|je voudrais acheter|je veux acheter des chaussures|je prends deux pièces|j'aimerais acheter ce modèle|je souhaite passer commande|puis-je commander ici|je prends celui-là|je le veux en rouge taille L|réservez-moi un article|mettez-moi une paire en 42|commander par whatsapp c'est possible|jveu commandé|jveux acheter sa|je suis intéressé par ce produit je le prends|où commander|nouvelle commande svp|envoyez moi trois jupes|je voudrais un manteau noir
        I want to order|I would like to order a coat|how to order|how can I order|I want to buy|I'd like to buy shoes|I'll take two|I will take this one|can I order here|place an order|new order please|I'd like to purchase|I want this one in red size L|reserve one for me|can I order by whatsapp|wanna buy this|put me down for a pair in 42|how does ordering work|i want 2 pieces|send me three skirts|where do I order
        أريد أن أطلب|أريد شراء حذاء|كيف أطلب|كيفية الطلب|أود شراء هذا المنتج|أرغب في الشراء|نحب نشري|بغيت نكوموندي|كيفاش نكوموندي|حاب نشري هاد الموديل|نديه هذا|احجزوا لي واحدة|ابعثولي زوج حبات|بغيت ناخد هادي|طلب جديد|هل يمكنني الطلب من هنا|أريد قطعتين|سجلوني على حبة حمراء
        bghit ncommandi|kifach ncommandi|bghit nchri sebbat|habit nechri|nakhod hada|bghit nakhod jouj|kifach nechri mn 3andkom|ncommandi mn hna|nakhod wa7da taille L|rah 3jbni bghit nakhdo|khalliw liya wa7ed|ndir commande jdida|kifach ndir commande|bghit hada
        je voudrais ce sac|mettez-m'en deux de côté|je souhaite acquérir ce modèle|jachete le pull gris|on peut commander ?|jaimerai prendre la jupe
        je craque pour la veste je la veux|envoyez moi le modèle en bleu svp je le prends|comment ça se passe pour acheter|i want this bag|can i get two of those
        keep one aside for me|i'm buying the grey sweater|i need 5 pieces of this|wanna get the skirt|id like to get this model in blue|how do i purchase|what do i do to buy
        حابة ناخذ التنورة|بغيت هاد الصاك|سأشتري القميص الرمادي|أريد أن أشتري اثنين|كيف نشري من عندكم|نحب هاد الموديل خبيهولي|أود طلب قطعة زرقاء|ندي زوج|bghit had sac|nedi hada
        7abba nechri jupe|dir liya wa7ed 3la jnab|bghit nakhod taille S|nchri jouj mn hada|kifach ndir bach nechri|hab nkomandi
        """;

    private const string Price =
        """
        c'est combien|combien ça coûte|quel est le prix|prix svp|le prix de ce pull|combien coûte la jupe|c'est à quel prix|combien pour deux|prix de la livraison|frais de livraison|combien la livraison|la livraison est gratuite ?|tarifs|vos prix svp|quel est le tarif de la livraison vers Annaba|il coûte combien|c combien|cb ça coute|pri svp|ça fait combien|vous le faites à combien|combien vaut ce téléphone|les bottes sont à combien|le montant total
        how much|how much is it|what is the price|price please|how much is the skirt|how much does it cost|delivery price|shipping fee|how much is shipping|is delivery free|price list|what does the coat cost|cost of delivery to Annaba|hw much is dis|how much for two|what's the cost|price?|how expensive are the boots|how much do I pay in total|delivery charges
        كم السعر|كم ثمنه|ما هو السعر|ما ثمن هذه التنورة|بكم هذا|بكم|كم سعر التوصيل|ثمن التوصيل|شحال الثمن|بشحال|شحال هذا|بشحال التوصيل لعنابة|قداش هذا|قداه السومة|السومة من فضلكم|كم يكلف الشحن|هل التوصيل مجاني|التوصيل باطل ولا بالدراهم|شحال يدير البنطلون|بقداش المعطف|كم سعر الهاتف
        ch7al|bch7al hada|bchhal|ch7al taman|taman 3afak|ch7al dayer hada|b9eddach|gadach souma|ch7al tawsil|ch7al livraison|wach livraison fabor|thaman dyal jupe|ch7al kaysswa hada|soumtou ch7al|bch7al lmonta|prix 3afak|ch7al tkhallas f total|ch7al dayra lveste
        le sac est à combien|tarif du manteau|combien je dois payer|ça revient à combien avec la livraison|envoi payant ?|c'est cher ?|les prix des robes|combien pr le tel
        ces lunettes coutent combien|what do the glasses cost|how much would it be with delivery|is the delivery paid|price for the dress|hm is it|cost of the bag
        what are your rates|how much do u sell it|total with shipping?|ثمن النظارات|كم تبيعون هذا|كم المجموع مع التوصيل|واش سومة الفستان|شحال تبيعوه|هل هو غالي|بكام هاد الصندالة
        سعر المعطف من فضلك|chhal tbi3ouha|b ch7al robe|thaman nadarat|ch7al m3a livraison|wach ghali|soumat lmantou|chhal hadi khoya|bkam
        """;

    private const string Hours =
        """
        vos horaires|quels sont vos horaires|à quelle heure ouvrez-vous|vous êtes ouvert ?|vous ouvrez quand|heures d'ouverture|vous fermez à quelle heure|ouvert le lundi ?|êtes-vous ouverts demain|le magasin ferme quand|vous êtes fermés le jeudi ?|horaires du magasin svp|ouver mtn ?|vs ouvré a kel heure|orair|ouvert les jours fériés ?|vous travaillez le week-end|c'est ouvert maintenant|jusqu'à quelle heure|ouvert l'après-midi ?
        opening hours|what are your hours|what time do you open|are you open|when do you open|closing time|are you open on monday|are you open tomorrow|when does the shop close|open now?|what time does the store close|r u open now|business hours|do you work on weekends|are you closed on thursday|until what time are you open|open hours?|open late?|working hours please|do you close for lunch
        أوقات العمل|ما هي أوقات الدوام|متى تفتحون|هل أنتم مفتوحون|متى يفتح المحل|في أي ساعة تغلقون|هل تعملون يوم الاثنين|مواعيد العمل|وقتاش تحلو|وقتاش تغلقو|راكم فاتحين|محلولين غدوة|المحل مفتوح الآن|تخدمو في العطلة|على شحال تسدو|تخدمو السبت|هل تغلقون وقت الغداء|فوقاش كاتحلو
        wa9tach t7elou|wa9tach tseddou|fo9ach kat7ello|wach m7loulin daba|m7loulin ghedda|wach khdamin ltnin|horaires dyalkom|f ach mn sa3a kat7ello|katkhedmo f weekend|lmahal m7loul|7ta l ch7al kat7ello|wach mftou7in|wach fat7in|chmn sa3a tsedo|wa9t lkhedma
        vous êtes là à partir de quelle heure|ouverture demain matin ?|le showroom est ouvert ?|fermeture a kelle heure|vous bossez le mardi|nocturne ce soir ?|horaire d'été
        jour de fermeture|is the showroom open|open on public holidays|what days do you work|till when are you open tonight|when can i come, are you open|are u guys open 2day
        hours for tuesday|متى تبدؤون العمل|ما هو يوم العطلة عندكم|هل المعرض مفتوح|تحلو الصباح بكري|حتى لشحال خدامين|أنتم مفتوحون مساء|راكم خدامين اليوم|وقت الفتح والغلق
        nhar la3tla dyalkom|khdamin lyoum wla la|mn ch7al kat7ello|7alin wla msedoudin|m3a ch7al tsedo|tkhedmou tlat
        """;

    private const string Person =
        """
        je veux parler à un conseiller|parler à une personne|je voudrais parler à un humain|un agent s'il vous plaît|passez-moi un responsable|appelez-moi|rappelez-moi svp|je veux un vrai conseiller|y a quelqu'un|mettez-moi en relation avec le service client|je veux quelqu'un pas un bot|joindre le service client|parlé a kelkun|jveux un humain|je souhaite être rappelé|le patron svp|parler au gérant|une vraie personne svp|quelqu'un peut me répondre
        I want to talk to a human|speak to an agent|let me speak to a person|connect me to customer service|call me please|a human please|I need a real person|talk to the manager|transfer me|someone to help me, not a robot|customer support please|can I talk to someone|give me an agent|i want the owner|human now|can someone call me back|is anyone real here
        أريد التحدث إلى موظف|أريد التكلم مع شخص|موظف من فضلك|خدمة العملاء|اتصلوا بي|أريد مسؤولا|حولوني إلى موظف|نحب نهدر مع واحد|بغيت نهضر مع شي واحد|عيطولي|مع بنادم ماشي روبو|أعطوني المسؤول|أريد إنسانا حقيقيا|خليني نحكي مع مول المحل|أريد مكالمة مع مستشار
        bghit nhder m3a chi wahd|nhder m3a bnadem|3aytou liya|bghit responsable|machi robot|nahki m3a wahed|bghit moul lm7al|3tini chi wahd nhder m3ah|service client 3afak|bghit agent|siftou liya chi wahd yjawbni|ndwi m3a chi had|wach kayn chi bnadem hna
        un responsable svp|je veux avoir quelqu'un en ligne|votre numéro pour vous appeler et parler à quelqu'un|service après-vente quelqu'un svp
        pas envie de parler à une machine|donnez-moi votre chef|get a human|i don't want to talk to a machine|let me talk to your boss|somebody from staff please|phone me please
        assistant humain|أريد أن أكلم صاحب المحل|لا أريد التحدث مع آلة|نهدر مع المسؤول|كلموني من فضلكم|حد يرد عليا|واحد يجاوبني|bghit nhder m3a lmodir|chi 7ed yhder m3aya
        ma bghitch machine|jawbouni chi wahd|3ayt liya 3afak
        """;

    private const string Thanks =
        """
        merci beaucoup|merci à vous|je vous remercie|merci pour tout|mille mercis|merci c'est parfait|merci pour votre réponse rapide|mrc|merci bien|merci bonne journée|c'est très gentil|super merci|grand merci|vous êtes au top merci|je vous suis reconnaissant|mci bcp|au revoir merci|merci j'ai bien reçu
        thanks|thank you|thank you very much|many thanks|thanks for your help|thx|much appreciated|I appreciate it|you're the best thanks|thank u|tysm|thanks a million|that's kind of you|grateful for your help|cheers|great thanks bye|thank you have a nice day|got it thanks
        شكرا|شكرا جزيلا|شكرا لكم|بارك الله فيك|جزاكم الله خيرا|يعطيك الصحة|صحيت خويا|الله يحفظكم|مشكورين|ربي يخليكم|شكرا على التعاون|ممتنة جدا لكم|الله يرحم الوالدين|تسلموا|شكرا وإلى اللقاء|أشكركم على حسن التعامل
        chokran bzaf|saha|sahit|barak allah fik|lah y7afdek|lah yrham lwalidin|y3tik sa7a|lah ykhalik|merci bzaf|tbarkallah 3likom chokran|safi chokran|lay3tikom saha|choukran khoya
        thank you kindly|bless you thanks|so nice of you thank you|merci du fond du coeur|c'est adorable merci|trop sympa merci|nickel merci|bien reçu merci beaucoup|thnx|thanku
        ty so much|many many thanks to you|شكرا من القلب|كثر خيركم|ربي يجازيكم|ما قصرتوش|لكم مني جزيل الشكر|شكرا على سرعة الرد|kter khirkom|rabi yjazikom|ma 9assertouch|saha bzaf
        sa7a khti|allah ykhlikom
        """;

    private const string Complaint =
        """
        je suis très mécontent|c'est une arnaque|le produit est cassé|article défectueux|j'ai reçu le mauvais article|ce n'est pas ce que j'ai commandé|c'est honteux|c'est scandaleux|très mauvais service|le livreur était impoli|qualité nulle|le colis est arrivé abîmé|il manque une pièce|je veux porter plainte|vous êtes des voleurs|ça ne marche pas|l'appareil est tombé en panne le premier jour|je suis déçu|produit nul sa marche pa|g recu un truc cassé|la couleur n'est pas celle de la photo|vous m'avez menti|c'est une contrefaçon|personne ne me répond c'est inadmissible|la robe est trouée|réclamation
        I am very unhappy|this is a scam|the product is broken|defective item|I received the wrong item|this is not what I ordered|shame on you|outrageous|terrible service|the driver was impolite|poor quality|the parcel arrived damaged|a piece is missing|I want to complain|you are thieves|it does not work|it stopped working on the first day|I am disappointed|worst shop ever|got a broken one|the colour is not like in the picture|you lied to me|it is a fake|nobody answers me, unacceptable|the dress has a hole|i have a complaint
        أنا مستاء جدا|هذا نصب|المنتج مكسور|المنتج معطوب|وصلني منتج خاطئ|ليس ما طلبته|عيب عليكم|خدمة سيئة|الموزع كان وقحا|جودة رديئة|وصل الطرد تالفا|تنقص قطعة|أريد تقديم شكوى|سراقين|ما يمشيش|خسر من أول يوم|راكم كذبتو عليا|السلعة مقلدة|السلعة خاسرة|بعثولي سلعة غالطة|لا أحد يجيبني هذا عيب|الفستان مثقوب|خيبتوني
        hadchi 7chouma|nsabtou 3liya|lprodui mherres|jani mkasser|machi hadchi li tlabt|siftou liya haja ghalta|livreur ma 3ndoch trbiya|qualité khayba|makhdamch|chffara|kdebtou 3liya|na9sa 7aja f lcolis|contrefaçon hadchi|ma kayjawb 7ed 3ib 3likom|khser f nhar lowel|rani ghadban|sel3a khayba|wslni mkhasser|hadi sre9a|mchi kima tswira
        je suis furieux contre vous|article reçu en mauvais état|ça s'est cassé au bout de deux jours|la fermeture éclair est foutue|vous m'avez envoyé la mauvaise taille
        ce n'est pas le bon produit|rien à voir avec la photo|c'est du vol|je me suis fait arnaquer|appareil marche pas|le vendeur ma mal parlé|c'est nul|honteu votre service
        i'm furious|it broke after two days|the zip is broken|you sent me the wrong size|nothing like the picture|i got ripped off|it's garbage|useless product doesnt turn on
        your staff was rude to me|such bad quality|you sent the wrong one again|i'm so angry with your shop|أنا غاضب منكم|تكسر بعد يومين|السحاب معطوب|أرسلتم مقاسا خاطئا
        لا يشبه الصورة|سرقتوني|ما يخدمش الجهاز|البائع تكلم معي بقلة أدب|السلعة ما تسواش|خدمة زبالة|نقصتولي حاجة في الكولي|مقطعة جات|t9et3at f nharin|zip mherres
        siftou liya taille ghalta|ma katchbehch tswira|sre9touni|makaykhdemch lappareil|livreur ghawet 3liya|khdma zero|9ellet ladab hadi|sel3a mghchoucha|dayi3
        jatni mkhasra w m9atta3a|ma t7echmouch
        """;

    private const string Stop =
        """
        stop|arrêtez les messages|ne m'envoyez plus rien|je ne veux plus de messages|désabonnez-moi|me désinscrire|plus de pub svp|supprimez mon numéro|arrêtez de m'écrire|ne me contactez plus|stop sms|je me désabonne|fini les promos je veux plus rien recevoir|laissez-moi tranquille|désinscription|arrete de menvoyer des msg|bloquez les publicités|effacez mon contact|je ne souhaite plus recevoir vos offres|enlevez moi de la diffusion
        stop|stop messaging me|don't send me anything|no more messages|unsubscribe me|opt out|no more promotions|delete my number|stop writing to me|don't contact me again|stop texting|I want to opt out|leave me alone|take me off the list|stop the ads|stop spamming me|do not message me|i dont want to receive your offers|remove me|end subscription
        توقفوا|أوقفوا الرسائل|لا ترسلوا لي شيئا|لا أريد رسائل|إلغاء الاشتراك|لا أريد إعلاناتكم|احذفوا رقمي|لا تتصلوا بي مجددا|بركاو من الميساجات|حبسو الميساجات|ما تزيدوش تبعثولي|نحيوني من الليستة|خليوني طرانكيل|كفى إعلانات|ما بقيتش نحب البيب|أزيلوا رقمي من القائمة|بلا ما تصيفطو ليا
        stop 3afak|7bsou lmessages|ma tsiftou liya walou|ma b9itch bghit messages|baraka mn les messages|mas7ou nmra dyali|7ayedouni mn la liste|ma t3aytouch liya|khalliwni tranquille|désabonner 3afak|safi ma tb9aw tsifto|baraka mn les pubs|ma bghitch promotions dyalkom|7bsso spam
        je veux plus de vos messages|retirez mon contact|pas intéressé par vos pubs|assez de publicité|cessez de m'envoyer vos offres|ne me relancez plus
        je veux sortir de la liste|désinscrivez mon numéro|arreté de mecrire|i'm tired of your messages, stop|enough ads|i am not interested in your promos, remove me
        get me off this list|quit sending me stuff|erase my number|no more texts|please remove my contact|كفوا عن مراسلتي|مللت من رسائلكم|أريد الخروج من القائمة
        لا تبعثوا لي العروض|امسحوا رقمي|شطبوا رقمي|نحّوني من البوب|ألغوا اشتراكي|baraka 3liya mn messages|ma tb3toulich|hbsou les promos|7iydou nmra dyali
        mab9itch n7eb les messages|kheroujni mn liste|ma tkelmounich
        """;

    /// <summary>What an FAQ or only a person answers, and what is no shop's matter.</summary>
    private const string Other =
        """
        comment payer|vous acceptez la carte|paiement à la livraison possible ?|vous livrez en combien de temps|délai de livraison|livrez-vous à Tlemcen|comment retourner un produit|retour possible ?|remboursement comment ça marche|je veux échanger un produit reçu|garantie ?|guide des tailles|quelle pointure choisir|il y a des promotions ?|réduction|soldes quand|une facture svp|mot de passe oublié|je ne peux pas me connecter au site|emballage cadeau|retrait en magasin|vous vendez en gros|prix de gros|points de fidélité|où êtes-vous|votre adresse|localisation du magasin|livraison à l'international|ce modèle revient quand|c'est encore disponible ?|vous avez du 44 ?|vous avez des manteaux pour bébé ?|c'est du cuir ?|la matière svp|vous recrutez ?|je cherche du travail|un stage chez vous|qui a gagné le match|quelle météo demain|raconte une blague|ma fille se marie demain|connaissez-vous un plombier|faites-vous des retouches|vous réparez les sacs|est-ce étanche|quelle autonomie|compatible avec iphone ?|vous faites la broderie|je suis malade|joyeux anniversaire|tu es un robot ?
        how can I pay|do you accept visa|cash on delivery?|how long does delivery take|delivery time|do you deliver to Tlemcen|how to return a product|return policy|how do refunds work|I want to exchange a product I received|warranty?|size guide|which shoe size should I choose|any promotions?|discount|when are the sales|invoice please|forgot password|I can't log in to the site|gift wrapping|store pickup|do you sell wholesale|bulk prices|loyalty points|where are you|your address|shop location|international shipping|when will this model be back|is it still available|do you have size 44|do you have baby coats|is it leather|what material is it|any job openings|looking for work|internship at your company|who won the match|weather tomorrow|tell me a joke|my daughter is getting married|know a good plumber|do you do alterations|do you fix bags|is it waterproof|battery life|compatible with iphone?|do you do embroidery|I am sick|happy birthday|are you a robot
        كيف أدفع|هل تقبلون الفيزا|الدفع عند الاستلام|كم تستغرق مدة التوصيل|هل توصلون إلى تلمسان|كيف أرجع منتجا|سياسة الإرجاع|متى يعود مالي|أريد استبدال منتج استلمته|هل يوجد ضمان|دليل المقاسات|أي مقاس أختار|هل هناك تخفيضات|عروض|الفاتورة|نسيت كلمة المرور|لا أستطيع الدخول إلى الموقع|تغليف هدية|الاستلام من المحل|البيع بالجملة|نقاط الولاء|أين أنتم|عنوانكم|موقع المحل|الشحن الدولي|متى يعود هذا الموديل|هل ما زال متوفرا|عندكم مقاس 44|عندكم معاطف للأطفال|هل هو من الجلد|ما نوع القماش|هل توظفون|أبحث عن عمل|شكون ربح الماتش|كيف الجو غدا|احكي لي نكتة|ابنتي تتزوج|تعرفو بلومبي مليح|تصلحو الصيكان|ضد الماء؟|تمشي مع الايفون؟|تديرو الطرز|راني مريض|عيد ميلاد سعيد|هل أنت روبوت|كم تدوم البطارية|نحوس على خدمة
        kifach nkhalles|katqeblou carte|nkhalles mni twsal|ch7al mn nhar katwsal livraison|wach katwslou l tlemcen|kifach nrejje3 sel3a|wa9tach yrje3 liya flousi|bghit nbeddel produit li wsalni|wach kayn garantie|ina taille nakhod|kayn takhfidat|bghit facture|nsit mot de passe|ma bghach ydkhel lcompte|emballage cadeau kayn|njibha mn lmahal|katbi3ou bljomla|n9at fidelite|fin kaynin|3tini ladresse|katsiftou l bra|wa9tach yrje3 had lmodel|wach mazal kayn|kayn taille 44|3ndkom mantouyat d drari|wach jeld|ach mn toub|bghit nkhdem m3akom|chkoun rbe7|kidayer ljow ghedda|3awd liya nokta|benti ghatzewej|t3erfo chi plombi|katsal7ou sikan|batterie ch7al katchedd|wach kaymchi m3a iphone|katdirou tarz|rani mrid|nta robot
        vous faites du sur mesure ?|le tissu est doux ?|c'est de la soie ?|le pantalon est en lin ?|le sac est en cuir véritable ?|vous avez des pulls homme ?
        est ce que ça rétrécit au lavage|ma soeur a accouché|on a gagné le match 🎉|il fait chaud aujourd'hui|je cherche un emploi|vous prenez des stagiaires
        un bon médecin vous connaissez|c'est quoi la capitale du japon|vous livrez jusqu'où|en combien de jours je reçois|je peux rendre l'article|et si ça ne me va pas
        je voudrais être remboursée comment faire|vous livrez en france|carte cadeau|je peux passer le prendre|possibilité de payer en plusieurs fois|le bracelet est garanti ?
        la montre résiste à l'eau|ils taillent grand ou petit|vs avez dotres couleur|do you make custom sizes|is it silk?|are the trousers linen?|is the bag real leather?
        do you have jumpers for men|does it shrink|my sister had a baby|we won the game 🎉|so hot today|any vacancies|do you take interns|know a good doctor|capital of japan
        how far do you deliver|can i return the item|what if it doesn't fit|how do i get refunded|gift card|can i come and get it|can i pay in instalments
        is the bracelet guaranteed|do they run small or big|any other colours|هل هو من الحرير|السروال من الكتان؟|عندكم ملابس رجالية|أختي ولدت|فزنا بالمباراة|الجو حار اليوم
        هل تأخذون متدربين|تعرفون طبيبا جيدا|ما عاصمة اليابان|في كم يوم تصل|هل يمكنني رد السلعة|وإذا لم يناسبني|كيف أسترجع أموالي|بطاقة هدية|نقدر نجي نديها|الدفع بالتقسيط
        السوار مضمون؟|واش يجي كبير ولا صغير|ألوان أخرى؟|عندكم كليان للجملة|wach 7rir|serwal mn lktan|3ndkom 7wayej drjal|khti weldet|rbe7na lmatch 🎉|sskhana bzaf lyoum
        katakhdo stagiaires|chi tbib mli7|n9der nrej3ha|w ila ma jatnich|kifach yreddo liya flousi|carte cadeau kayna|n9der nji ndiha|takssit kayn|kayji kbir wla sghir
        alwan okhrin|wach katwslo 7ta l bechar|facture 3afak dyal société
        """;
}
