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
        livr* deliver* shipping ship ships توصيل* توصلو* توصلون* يوصل* توصيله تسليم* شحن* ليفريزون tawsil* twsil* tewsil* tosil* livraison* livrez katwslo twaslou twaslo twsl* katwaslo tewslo
        prix tarif* cout* cost* price* frais fee fees combien pricing ثمن* سعر* اسعار* تكلف* شحال* بشحال* قداش* بقداش* كم taman* thaman* atmina swma souma ch7al chhal cha7al bch7al bchhal chal bchal kadech kaddach b9addach 9adech gadach
        paye* paie* payment* pay pays paying paid regl* دفع* ادفع* الدفع* نخلص* خلاص* تخلص* الخلاص nkhal* nkhel* khlas lkhlas khalas tkhal* khalles khales khlass
        carte card cards cb visa mastercard بطاق* كارط* carta lacarte kart lkart
        especes cash liquide نقد* كاش lkach kach flous lflous
        horaire* heure* ouvr* ouvert* ferm* open* clos* hours schedule ساعات* اوقات* مواعيد تفتح* تحل* يفتح* مفتوح* مغلق* تغلق* محلول* تسد* t7el* t7lo* thelou katfet7o fat7in mefto7* maftou7* m7lol* m7loul* mhloul* mhlol* tehlou tsedou katsedo ghlqo
        dimanche sunday weekend samedi saturday vendredi friday الاحد السبت الجمعه lhad lahad sebt jm3a jemaa
        adresse* address* situe* locat* located where عنوان* موقع* اين وين فين fin win fine فاين 3onwan l3onwan lmahal lmkan
        magasin* boutique* shop* store* showroom محل* متجر* حانوت* lmahal mahal lm7al m7al l7anout lhanout hanout 7anout
        retour* retourn* renvo* return* ارجاع* رجوع* ارجع* نرجع* ترجيع* استرجاع* nrej3 nrj3 nraje3 nreje3 tarja3 nraj3 rje3 nrejaa
        rembours* refund* تعويض* استرداد* trj3ou
        echang* exchang* swap استبدال* تبديل* نبدل* ابدل* nbdel nbedel nbeddel nbadel tbdil tebdil
        annul* cancel* الغاء* الغي* نلغي* nlghi nelghi nanuli lghi annuler
        command* order* طلب* طلبي* الطلب* كوموند* كوماند* lcommande lcommand komand* lkomand* tlabiya talabiya comand* ncommandi ncomandi
        suivi* suivre track* traquer تتبع* اتبع* متابعه ntab3 ntabe3 tatabo3
        delai* jour* temps long duree days day longtemps مده* ايام* وقت* waqtach wa9tach wa9tech fo9ach fou9ach imta nhar ayam iyam modda quand when متي فوقاش وقتاش
        garanti* warrant* guarant* ضمان* daman garantie lgaranti
        taille* size* pointure* مقاس* قياس* طاي* taille tay 9yas qyas mo9as
        couleur* color* colour* لون* الوان* lon lawn louan
        stock disponib* availab* dispo متوفر* متاح* موجود* mawjoud mwjoud mtwfr motawafir
        promo* reduc* discount* remise* solde* sale sales coupon* تخفيض* خصم* عروض* برومو* بروموسيون takhfid
        gratuit* free مجان* فابور fabor fabour batel batal majani majanan blach
        international* etranger* abroad overseas dehors خارج* دولي* الخارج lkharij kharij lkharej bra
        compte account* حساب* 7sab hsab
        passe password* mdp كلمه السر المرور motdepasse mdp
        factur* invoice* receipt* bill فاتور* fatoura fatora
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
        cadeau* gift* هدي* كادو cadeau kado hdiya hadiya
        emball* wrap* packag* تغليف* emballage taghlif
        grossist* gros wholesale* bulk جمله* bljomla jomla
        fidelit* loyal* points نقاط* وفاء n9at noqat
        cod contreremboursement استلام*
        domicile maison home house منزل* دار* بيتي ldar dar
        perdu* lost oubli* forgot* forget نسيت* ضاع* nsit msh7t
        casse* abim* endommag* broken damaged defect* defaut مكسور* تالف* معطوب* mkasser mkser mherres mharres maksour
        modifi* chang* edit modify تغيير* اغير* nghayer nghyr ghyer
        confidenti* donnees privacy data خصوصي* بيانات*
        alger oran algiers casablanca casa rabat tunis marrakech fes tanger wahran الجزائر وهران الدار البيضاء الرباط تونس مراكش
        """;

    /// <summary>Words that together mean something else than each alone: what they say, then the word to read instead.</summary>
    private static readonly (string Said, string Read)[] Together = [.. new[]
    {
        ("how much", "price"), ("how long", "days"), ("how many days", "days"), ("how many hours", "days"), ("what time", "hours"),
        ("combien de temps", "delai"), ("combien de jours", "delai"), ("combien d'heures", "delai"), ("mot de passe", "password"),
        ("où se trouve", "adresse"), ("où vous trouver", "adresse"), ("où êtes vous", "adresse"), ("où est votre", "adresse"), ("vous êtes où", "adresse"),
        ("كم مدة", "مده"), ("شحال مدة", "مده"), ("كم يوم", "مده"), ("كم من يوم", "مده"), ("كم من الوقت", "مده"), ("شحال من يوم", "مده"), ("شحال ديال الوقت", "مده"),
        ("ch7al dyal nhar", "modda"), ("ch7al mn nhar", "modda"), ("ch7al men nhar", "modda"), ("chhal men nhar", "modda"), ("ch7al dyal lwa9t", "modda"),
    }.Select(pair => ($" {TextFolding.FoldWords(pair.Item1)} ", $" {TextFolding.FoldWords(pair.Item2)} "))];

    private static readonly Dictionary<string, int> Words = [];
    private static readonly Dictionary<string, int> Stems = [];
    private static readonly HashSet<int> Weak = [];

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
                into.TryAdd(TextFolding.FoldWords(word), meaning);
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

        if (word.IsEmpty || char.IsAscii(word[0]))
        {
            return null;
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
