namespace Relais.Tests.Knowledge;

/// <summary>Documents of a carpet shop in three languages, and what customers ask about them. Written for Relais; KnowledgeFloor's figures come from the first half.</summary>
internal static class KnowledgeTrial
{
    public const string Guide = """
        # Guide de la Maison Atlas
        ## Retours
        Un tapis peut être rendu dans les quatorze jours qui suivent sa réception, à condition de ne pas avoir été lavé. L'étiquette doit rester cousue au dos. Le retour se fait en boutique ou par notre transporteur, qui vient le chercher chez vous contre 900 DA.
        ## Tapis sur mesure
        Les tapis sur mesure sont tissés en six semaines environ. Un acompte de 40 % est demandé à la commande, et le solde à la remise. Ils ne sont ni repris ni échangés.
        ## Entretien
        Aspirez votre tapis une fois par semaine, sans brosse rotative. Une tache de café ou de thé se tamponne aussitôt avec un chiffon blanc et de l'eau froide ; le vinaigre abîme les teintures végétales.
        ## Mites
        Contre les mites, aérez le tapis au soleil deux fois par an et placez un sachet de lavande dans les plis quand il est roulé. En cas d'attaque, le congélateur pendant trois jours tue les larves.
        ## Restauration
        L'atelier répare les franges, les trous et les lisières usées. Envoyez-nous trois photos : un devis gratuit vous parvient sous deux jours ouvrés.
        ## Carte de fidélité
        Chaque tranche de 1 000 DA rapporte un point. Cent points donnent droit à un coussin offert, au choix dans la collection de la saison.
        ## Mariages
        Pour un mariage, nous louons des tapis d'allée et des poufs, livrés la veille et repris le lendemain. La caution est de 20 000 DA et la réservation se fait un mois avant.
        ## Certificat d'authenticité
        Chaque pièce ancienne est vendue avec un certificat signé par notre expert, qui indique l'âge, la région et la matière.
        """;

    public const string Workshop = """
        # Atlas weaving workshop
        ## Visits
        The workshop opens to visitors every Thursday from 2 pm to 4.30 pm. Groups may have eight people at most, and school classes come in the morning by appointment.
        ## Weaving course
        Our weaving course lasts two days and costs 6,500 DA, wool and lunch included. Beginners are welcome; children must be at least twelve years old.
        ## Getting here
        Take the tramway to Les Fusillés and walk three minutes uphill. Cars may park in the courtyard behind the blue gate.
        ## Wool and dyes
        The wool comes from sheep of the high plateaus. Red is made from madder root, yellow from pomegranate peel and blue from indigo; no synthetic dye is used.
        """;

    public const string Arabic = """
        # دليل الزبائن
        ## الدفع بالتقسيط
        يمكن تقسيط ثمن السجاد على أربعة أشهر دون فوائد ابتداء من 30000 دينار. نطلب نسخة من بطاقة التعريف وكشف الراتب.
        ## التغليف والهدايا
        نغلف المشتريات في علبة خشبية مع بطاقة مكتوبة باليد عند الطلب. خدمة تغليف الهدايا مجانية خلال شهر رمضان.
        ## البيع للفنادق
        نجهز الفنادق والمطاعم بالزرابي والوسائد ونمنحها تخفيضا قدره خمسة عشر بالمئة عند شراء أكثر من عشرين قطعة.
        ## شراء الزرابي القديمة
        نشتري الزرابي القديمة بعد معاينتها من طرف خبيرنا في المتجر كل يوم سبت صباحا. يدفع الثمن نقدا في الحين.
        """;

    /// <summary>Looked at while tuning. The answer is a heading.</summary>
    public static readonly IReadOnlyList<(string Language, string Text, string Heading)> Tuning =
    [
        ("fr", "je peux rendre un tapis acheté la semaine dernière ?", "Retours"), ("fr", "combien de jours pour le retour d'un tapis", "Retours"),
        ("fr", "c'est quoi le délai pour un tapis sur mesure", "Tapis sur mesure"), ("fr", "il faut un acompte pour le sur mesure ?", "Tapis sur mesure"),
        ("fr", "comment enlever une tache de café", "Entretien"), ("fr", "j'ai des mites dans mon tapis que faire", "Mites"),
        ("fr", "vous réparez les franges abîmées ?", "Restauration"), ("fr", "un devis pour réparer un trou", "Restauration"),
        ("fr", "combien de points pour un coussin offert ?", "Carte de fidélité"), ("fr", "location de tapis pour mariage", "Mariages"),
        ("fr", "vous donnez un certificat avec les pièces anciennes ?", "Certificat d'authenticité"), ("fr", "on peut faire un devi pour restorer une frange", "Restauration"),
        ("en", "when can we visit the workshop?", "Visits"), ("en", "how much does the weaving course cost", "Weaving course"), ("en", "where can I park my car", "Getting here"),
        ("en", "which tram stop is near you", "Getting here"), ("en", "where does the wool come from", "Wool and dyes"), ("en", "do you use synthetic dyes?", "Wool and dyes"),
        ("en", "can children join the weaving course", "Weaving course"), ("en", "is there a group limit for visits", "Visits"),
        ("ar", "هل يمكن الدفع بالتقسيط؟", "الدفع بالتقسيط"), ("ar", "على كم شهر يكون التقسيط", "الدفع بالتقسيط"), ("ar", "هل تغليف الهدايا مجاني؟", "التغليف والهدايا"),
        ("ar", "أريد تجهيز فندق بالوسائد", "البيع للفنادق"), ("ar", "هل تشترون الزربية القديمة", "شراء الزرابي القديمة"), ("ar", "متى يعاين الخبير الزرابي", "شراء الزرابي القديمة"),
        ("ar", "كم التخفيض للمطاعم", "البيع للفنادق"), ("ar", "ما هي وثائق التقسيط", "الدفع بالتقسيط"),
        ("en", "can I return a carpet", "Retours"), ("fr", "est-ce que l'emballage cadeau est gratuit", "التغليف والهدايا"),
    ];

    /// <summary>Kept apart: no figure was chosen for them.</summary>
    public static readonly IReadOnlyList<(string Language, string Text, string Heading)> Kept =
    [
        ("fr", "jusqu'à quand puis-je retourner mon tapis ?", "Retours"), ("fr", "l'étiquette doit rester pour un retour ?", "Retours"),
        ("fr", "les tapis sur mesure sont-ils échangeables", "Tapis sur mesure"), ("fr", "combien de semaines pour tisser un tapis à mes mesures", "Tapis sur mesure"),
        ("fr", "quelle est la fréquence pour aspirer le tapis", "Entretien"), ("fr", "une tache de thé sur mon tapis", "Entretien"),
        ("fr", "la lavande marche contre les mites ?", "Mites"), ("fr", "mon tapis a une frange usée, vous réparez ?", "Restauration"),
        ("fr", "ça rapporte combien de points 1000 DA", "Carte de fidélité"), ("fr", "vous louez des poufs pour un mariage ?", "Mariages"),
        ("fr", "quelle caution pour la location des tapis de mariage", "Mariages"), ("fr", "qui signe le certificat d'authenticité", "Certificat d'authenticité"),
        ("fr", "il y a une carte fidelite ?", "Carte de fidélité"),
        ("en", "what time does the workshop open to visitors on Thursday", "Visits"), ("en", "do school classes visit in the morning?", "Visits"),
        ("en", "how long is the weaving course", "Weaving course"), ("en", "is lunch included in the course?", "Weaving course"), ("en", "is there parking behind the gate", "Getting here"),
        ("en", "how do I come by tramway", "Getting here"), ("en", "what is the red dye made of", "Wool and dyes"), ("en", "are beginers welcome in the course", "Weaving course"),
        ("ar", "ابتداء من أي ثمن يمكن التقسيط", "الدفع بالتقسيط"), ("ar", "هل التقسيط بدون فوائد", "الدفع بالتقسيط"), ("ar", "هل تغلفون المشتريات في علبة", "التغليف والهدايا"),
        ("ar", "هل هناك بطاقة مكتوبة مع الهدية", "التغليف والهدايا"), ("ar", "نريد شراء وسائد لمطعمنا بتخفيض", "البيع للفنادق"),
        ("ar", "عندي زربية قديمة للبيع هل تشترونها", "شراء الزرابي القديمة"), ("ar", "هل تدفعون نقدا ثمن الزرابي القديمة", "شراء الزرابي القديمة"),
        ("ar", "كم قطعة يشتري الفندق ليحصل على التخفيض", "البيع للفنادق"), ("ar", "واش كاين الدفع بالتقسيط", "الدفع بالتقسيط"),
        ("en", "do you repair carpets", "Restauration"), ("ar", "هل يمكن زيارة الورشة يوم الخميس", "Visits"),
    ];

    /// <summary>Nothing of it is in the documents: half of them were looked at while tuning.</summary>
    public static readonly IReadOnlyList<string> Elsewhere =
    [
        "avez-vous une piscine ?", "quelle est la météo demain", "je cherche un stage chez vous", "vous vendez des téléphones ?", "où est ma commande ?", "mon colis est en retard",
        "do you sell laptops", "what is your refund policy for shoes", "are you hiring", "who is the president of France", "can I bring my dog to the hotel", "my parcel is late",
        "هل عندكم هواتف", "ما هو عنوانكم", "هل لديكم مسبح", "أين طلبي", "متى تفتحون يوم الجمعة", "هل يوجد واي فاي",
        "vous livrez à Oran ?", "c'est combien la livraison", "raconte-moi une blague", "j'ai perdu mon mot de passe", "vous avez des promotions ?", "le livreur a été impoli",
        "how long is the delivery to Paris", "I forgot my password", "please call me tomorrow", "do you have gluten free bread", "هل توصلون إلى وهران", "نسيت كلمة السر",
        "أريد التحدث مع المدير", "كم سعر التوصيل", "أريد حجز غرفة", "quel est votre numéro de téléphone", "est-ce ouvert le dimanche", "what are your opening hours",
    ];
}
