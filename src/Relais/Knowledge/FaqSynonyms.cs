using System.Diagnostics;
using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>
/// Words of one meaning across French, English, Arabic, Darija and Arabizi. A line is a meaning; a star stands for any
/// ending. Words that mean several of these things are left out: a wrong synonym costs more than a missing one.
/// </summary>
internal static class FaqSynonyms
{
    private const string Lines =
        """
        livr* deliver* shipping ship ships توصيل* توصلو* توصلون* يوصل* توصيله تسليم* شحن* ليفريزون tawsil* twsil* tewsil* tosil* livraison* livrez katwslo twaslou twaslo twsl* katwaslo tewslo livrai* livrer expedi* envoi* shiping livrizon livrezon يوصلو* تبعثو* ابعثو* الليفريزون twslo twaslo
        prix tarif* cout* cost* price* frais fee fees combien pricing ثمن* سعر* اسعار* تكلف* شحال* بشحال* قداش* بقداش* كم taman* thaman* atmina swma souma ch7al chhal cha7al bch7al bchhal chal bchal kadech kaddach b9addach 9adech gadach cb pri prx
        paye* paie* payment* pay pays paying paid regl* دفع* ادفع* الدفع* نخلص* خلاص* تخلص* الخلاص nkhal* nkhel* khlas lkhlas khalas tkhal* khalles khales khlass payement* paiment* paymen* instalments نسلك خلصت nsalek nsellek
        carte card cards cb visa mastercard بطاق* كارط* carta lacarte kart lkart
        especes cash liquide نقد* كاش lkach kach flous lflous liquid نقدي كاش
        horaire* orair* oraire* heur* heure* ouver* wakin openin* closin* تغلقو* تسدو* تحلو* تخدمو* خدامين محلولين فاتحين m7lolin m7loulin mhloulin khdamin tsedo tsedou tkhedmo ouvr* ouvert* ferm* open* clos* hours schedule ساعات* اوقات* مواعيد تفتح* تحل* يفتح* مفتوح* مغلق* تغلق* محلول* تسد* t7el* t7lo* thelou katfet7o fat7in mefto7* maftou7* m7lol* m7loul* mhloul* mhlol* tehlou tsedou katsedo ghlqo
        dimanch* lundi mardi mercredi jeudi monday tuesday wednesday thursday ramadan ramadhan رمضان ferie feries holiday holidays الاثنين dimanche sunday weekend samedi saturday vendredi friday الاحد السبت الجمعه lhad lahad sebt jm3a jemaa
        adresse* address* situe* locat* located where عنوان* موقع* اين وين فين fin win fine فاين 3onwan l3onwan lmahal lmkan adress* adres ladresse localisation kaynin blasa lblasa بلاصه بلاصتكم متواجدين تقعون يقع
        magasin* boutik* magazin* boutique* shop* store* showroom محل* متجر* حانوت* lmahal mahal lm7al m7al l7anout lhanout hanout 7anout
        retour* retourn* renvo* return* ارجاع* رجوع* ارجع* نرجع* ترجيع* استرجاع* nrej3 nrj3 nraje3 nreje3 tarja3 nraj3 rje3 nrejaa rendre rend reprendre reprise ترجع* نرد رد ارد rejje3 nrejje3 nrejj3 nreddha nred
        rembours* refund* تعويض* استرداد* trj3ou rembourcé* recuperer استرد* استعاده فلوسي flousi أموالي نقودي
        echang* exchang* swap استبدال* تبديل* نبدل* ابدل* nbdel nbedel nbeddel nbadel tbdil tebdil echanj* exchnge يبدل* نبدلها nbdelha nbedlha nbeddelha tbedlou استبدل*
        annul* cancel* الغاء* الغي* نلغي* nlghi nelghi nanuli lghi annuler
        command* order* طلب* طلبي* الطلب* كوموند* كوماند* lcommande lcommand komand* lkomand* tlabiya talabiya comand* ncommandi ncomandi
        suivi* suivre track* traquer تتبع* اتبع* متابعه ntab3 ntabe3 tatabo3
        delai* jour* temps long duree days day longtemps مده* ايام* وقت* waqtach wa9tach wa9tech fo9ach fou9ach imta nhar ayam iyam modda quand when متي فوقاش وقتاش
        garanti* warrant* guarant* ضمان* daman garantie lgaranti waranty garranti* مضمون* mdmoun
        taille* size* pointure* مقاس* قياس* طاي* taille tay 9yas qyas mo9as tay sizing guide مقاسات* قياسات* نمره pointur*
        couleur* color* colour* لون* الوان* lon lawn louan
        stock disponib* availab* dispo متوفر* متاح* موجود* mawjoud mwjoud mtwfr motawafir
        promo* reduc* discount* remise* solde* sale sales coupon* تخفيض* خصم* عروض* برومو* بروموسيون takhfid soldes solde discounts reductions remises تنزيل* صولد سولد solds العروض
        gratuit* free مجان* فابور fabor fabour batel batal majani majanan blach
        international* etranger* abroad overseas dehors خارج* دولي* الخارج lkharij kharij lkharej bra
        compte account* حساب* 7sab hsab
        password* motdepasse mdp المودباس lmodpass
        factur* invoice* receipt* bill فاتور* fatoura fatora receipts fatura
        contact* telephone* phone* joindre numero* email اتصال* هاتف* رقم* تواصل* تيليفون* telefon* tilifoun nmra nemra ra9m
        reserv* book* booking حجز* احجز* نحجز* ريزيرف* n7jez nehjez nrezervi nreservi reserver
        chambre* room* غرف* شامبر chambra lchambre
        table* طاول* طابل* tabla tabla
        dejeuner* petitdej* breakfast* فطور* الفطور* ftour ftor lftour
        parking* stationn* park موقف* باركين* باركينغ parking lparking
        wifi internet واي ويفي lwifi
        checkin checkout check depart* مغادره* dkhoul
        piscine* pool* swim* مسبح* بيسين* lpiscine
        animaux* animal* chien* chat* pet pets dog dogs cat cats حيوان* كلب* قط* klab kelb lklab mechta
        menu plats dishes قائمه* الماكله makla lmakla
        halal حلال* 7alal
        emploi* recrut* job* hiring cv stage تشغيل* توظيف* وظيف* khedma khdma lkhedma
        cadeau* gift* هدي* كادو cadeau kado hdiya hadiya cado cadeaux هدايا kadoo gifts
        emball* wrap* غلف* تغلف* تغلفون packag* تغليف* emballage taghlif
        grossist* gros wholesale* bulk جمله* bljomla jomla revendeu* revendre resell* reseller* bljemla للحوانت وجمله
        fidelit* loyal* points نقاط* وفاء n9at noqat loyalty وفاء الوفاء ولاء الولاء
        cod contreremboursement
        howtoorder
        restock* reapprovisionn* epuis* reassort* restok reviendra revient
        retir* recuper* pickup collect* nakhdha njibha nji استلام*
        achet* buy* bought purchas* شراء* اشتري نشري نشريو nchri nechri chri
        domicile maison home house منزل* دار* بيتي ldar dar
        perdu* lost oubli* forgot* forget نسيت* ضاع* nsit msh7t
        casse* abim* endommag* broken damaged defect* defaut مكسور* تالف* معطوب* mkasser mkser mherres mharres maksour
        modifi* chang* edit modify تغيير* اغير* nghayer nghyr ghyer
        confidenti* donnees privacy data خصوصي* بيانات*
        alger oran algiers casablanca casa rabat tunis marrakech fes tanger wahran الجزائر وهران الدار البيضاء الرباط تونس مراكش
        """;

    /// <summary>Only with the word for "to": a country alone may be asked about for anything.</summary>
    private const string Countries =
        "en france|en belgique|en tunisie|en europe|en espagne|en italie|en allemagne|en suisse|en angleterre|en turquie|au canada|au maroc|au qatar|aux emirats|aux usa|to france|to belgium|to tunisia|to europe|to spain|to italy|to germany|to switzerland|to england|to turkey|to canada|to morocco|to the uk|to the us|2 france|2 canada|2 spain|لفرنسا|لبلجيكا|لكندا|لتونس|لاسبانيا|لايطاليا|لالمانيا|لاوروبا|الى فرنسا|الى بلجيكا|الى كندا|الى تونس|الى اسبانيا|الى المانيا|الى اوروبا|l fransa|l france|l canada|l espagne|l tounes|l belgique|l almanya";

    /// <summary>Words that together mean something else than each alone: what they say, then the word to read instead.</summary>
    private static readonly (string Said, string Read)[] Together = [.. new[]
    {
        ("how much", "price"), ("how long", "days"), ("how many days", "days"), ("how many hours", "days"), ("what time", "hours"),
        ("combien de temps", "delai"), ("combien de jours", "delai"), ("combien d'heures", "delai"), ("mot de passe", "password"), ("mot de pass", "password"), ("كلمة السر", "password"), ("كلمة المرور", "password"), ("كلمة سر", "password"),
        ("où se trouve", "adresse"), ("où vous trouver", "adresse"), ("où êtes vous", "adresse"), ("où est votre", "adresse"), ("vous êtes où", "adresse"),
        ("comment commander", "howtoorder"), ("passer commande", "howtoorder"), ("passer une commande", "howtoorder"), ("pour commander", "howtoorder"), ("comment acheter", "howtoorder"), ("comment on commande", "howtoorder"), ("comment je commande", "howtoorder"), ("passe commande", "howtoorder"), ("passé comande", "howtoorder"), ("où commander", "howtoorder"), ("on commande", "howtoorder"),
        ("how to order", "howtoorder"), ("how do i order", "howtoorder"), ("how can i order", "howtoorder"), ("place an order", "howtoorder"), ("how do i buy", "howtoorder"), ("how can i buy", "howtoorder"), ("can i buy", "howtoorder"), ("how to buy", "howtoorder"), ("to order", "howtoorder"), ("do i order", "howtoorder"), ("can i order", "howtoorder"),
        ("كيف اطلب", "howtoorder"), ("كيف أقوم بالطلب", "howtoorder"), ("كيفية الطلب", "howtoorder"), ("كيف نطلب", "howtoorder"), ("كيف اشتري", "howtoorder"), ("كيفاش نكوموندي", "howtoorder"), ("كيفاش نشري", "howtoorder"), ("خطوات الشراء", "howtoorder"), ("خطوات الطلب", "howtoorder"),
        ("kifach ncommandi", "howtoorder"), ("kifach nchri", "howtoorder"), ("kifach nechri", "howtoorder"), ("kifach ndir commande", "howtoorder"), ("kifach nkomandi", "howtoorder"), ("kifech ncommandi", "howtoorder"),
        ("combien de jour", "delai"), ("cb de jour", "delai"), ("cb de temps", "delai"), ("combien de temp", "delai"), ("how many hrs", "days"),
        ("carte de fidélité", "loyal"), ("loyalty card", "loyal"), ("بطاقة الوفاء", "loyal"), ("بطاقة الولاء", "loyal"), ("send it back", "return"), ("send back", "return"), ("frais de port", "livraison prix"), ("on se fait livrer", "livraison"), ("give back", "return"), ("money back", "refund"), ("retour d'argent", "refund"),
        ("back in stock", "restock"), ("de nouveau en stock", "restock"), ("de retour en stock", "restock"), ("be back", "restock"), ("cod promo", "promo"), ("in how many days", "days"), ("pick up", "pickup"), ("pick it up", "pickup"), ("come and get", "pickup"), ("passer prendre", "pickup"), ("venir chercher", "pickup"), ("venir récupérer", "pickup"), ("venir recuperer", "pickup"), ("point de retrait", "pickup"), ("على السيت", "howtoorder"), ("retour en stock", "restock"), ("en stock", "stock"), ("sold out", "restock"), ("كم مدة", "مده"), ("شحال مدة", "مده"), ("كم يوم", "مده"), ("كم من يوم", "مده"), ("كم من الوقت", "مده"), ("شحال من يوم", "مده"), ("شحال ديال الوقت", "مده"),
        ("ch7al dyal nhar", "modda"), ("ch7al mn nhar", "modda"), ("ch7al men nhar", "modda"), ("chhal men nhar", "modda"), ("ch7al dyal lwa9t", "modda"),
    }.Concat(Countries.Split('|').Select(to => (to, "etranger"))).Select(pair => ($" {TextFolding.FoldWords(pair.Item1)} ", $" {TextFolding.FoldWords(pair.Item2)} "))];

    private static readonly Dictionary<string, int> Words = [];
    private static readonly Dictionary<string, int> Stems = [];
    private static readonly HashSet<int> Weak = [];

    /// <summary>For words spelled as they sound; -1 where two meanings share a skeleton.</summary>
    private static readonly Dictionary<string, int> Skeletons = [];

    /// <summary>Shorter skeletons belong to too many words.</summary>
    private const int ShortestSkeleton = 4;

    /// <summary>What Arabic writes before a word: and, the, with, for, to the…</summary>
    private static readonly string[] Prefixes = ["وال", "بال", "فال", "لل", "ال", "و", "ب", "ف", "ل", "ك"];

    static FaqSynonyms()
    {
        var lines = Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var meaning = 0; meaning < lines.Length; meaning++)
        {
            foreach (var word in lines[meaning].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var into = word.EndsWith('*') ? Stems : Words;
                var folded = TextFolding.FoldWords(word);
                into.TryAdd(folded, meaning);
                AddSkeleton(folded, meaning);
            }
        }

        foreach (var word in (string[])["order", "price", "days"])
        {
            Weak.Add(MeaningOf(TextFolding.FoldWords(word)) ?? throw new UnreachableException());
        }
    }

    /// <summary>Meanings that ask something of a thing (its price, how long it takes) or are in every shop's questions (an order).</summary>
    public static bool IsWeak(int meaning) => Weak.Contains(meaning);

    /// <summary>Folded words with those that belong together replaced by one that says it.</summary>
    public static string Joined(string words)
    {
        var padded = $" {words} ";
        foreach (var (said, read) in Together)
        {
            if (padded.Contains(said, StringComparison.Ordinal))
            {
                padded = padded.Replace(said, read, StringComparison.Ordinal);
            }
        }

        return padded;
    }

    /// <summary>The meaning of one folded word, or null.</summary>
    public static int? MeaningOf(ReadOnlySpan<char> word)
    {
        if (Plain(word) is { } meaning)
        {
            return meaning;
        }

        if (word.IsEmpty)
        {
            return null;
        }

        if (char.IsAscii(word[0]))
        {
            return BySound(word);
        }

        foreach (var prefix in Prefixes)
        {
            if (word.Length > prefix.Length + 2 && word.StartsWith(prefix) && Plain(word[prefix.Length..]) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    private static void AddSkeleton(string folded, int meaning)
    {
        Span<char> room = stackalloc char[WordSkeleton.MostLetters];
        var length = char.IsAsciiLetter(folded[0]) ? WordSkeleton.Write(folded, room) : 0;
        if (length >= ShortestSkeleton)
        {
            var skeleton = new string(room[..length]);
            Skeletons[skeleton] = Skeletons.TryGetValue(skeleton, out var other) && other != meaning ? -1 : meaning;
        }
    }

    private static int? BySound(ReadOnlySpan<char> word)
    {
        Span<char> room = stackalloc char[WordSkeleton.MostLetters];
        var length = WordSkeleton.Write(word, room);
        return length >= ShortestSkeleton && Skeletons.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(room[..length], out var meaning) && meaning >= 0
            ? meaning : null;
    }

    private static int? Plain(ReadOnlySpan<char> word)
    {
        if (Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var meaning))
        {
            return meaning;
        }

        var stems = Stems.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(word.Length, 12); length >= 2; length--)
        {
            if (stems.TryGetValue(word[..length], out meaning))
            {
                return meaning;
            }
        }

        return null;
    }
}
