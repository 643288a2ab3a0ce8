using Relais.Engine.Ai.BuiltIn;

namespace Relais.Engine.Handoffs;

/// <summary>How angry customers write: French, English, Arabic, Darija, Arabizi. Folded, found as whole words (<see cref="Phrases"/>).</summary>
internal static class AngerWords
{
    /// <summary>Questions and denials that hold such a word calmly; taken off before looking.</summary>
    public static readonly Phrases Calm = new(
        """
        ce n'est pas une arnaque|c'est pas une arnaque|pas une arnaque|est ce une arnaque|c'est une arnaque ou|est ce que c'est une arnaque|pas en colère|pas fâché|pas grave|rien de scandaleux
        is this a scam|is it a scam|not a scam|isn't a scam|not angry|no worries|not bad
        هل هذا نصب|ماشي نصب|ليس نصب|ماشي نصابين|wach machi nassaba|machi arnaque|machi nasb
        """);

    /// <summary>One is enough.</summary>
    public static readonly Phrases Strong = new(
        """
        arnaque|arnaqueur|arnaqueurs|arnaquer|escroc|escrocs|escroquerie|voleur|voleurs|bande de voleurs|menteur|menteurs|inadmissible|inacceptable|scandaleux|scandaleuse|scandale|honteux|c'est une honte|quelle honte|honte à vous
        ras le bol|j'en ai marre|on en a marre|y en a marre|marre de vous|marre d'attendre|j'en peux plus|n'importe quoi|foutage de gueule|foutez de moi|foutez de ma gueule|fichez de moi|moquez de moi|vous vous moquez|vous vous foutez|prenez pour un idiot|prenez pour un con|prenez pour une conne|incompétent|incompétents|incapables|bande d'incapables|merde|merdique|putain|bordel|connard|connards|service de merde|service pourri|pire service|service nul|service lamentable|lamentable|déplorable|catastrophique|porter plainte|dépôt de plainte|déposer plainte|je vais vous dénoncer|répression des fraudes|mon avocat|en colère|furieux|furieuse|très énervé|très énervée|ça m'énerve|vous êtes nuls
        scam|scammer|scammers|fraud|thieves|thief|liars|liar|unacceptable|disgusting|disgrace|disgraceful|outrageous|ridiculous|pathetic|shame on you|shameful|wtf|what the hell|what the fuck|fuck|fucking|bullshit|shit|shitty|crap|idiots|idiot|stupid bot|stupid service|useless|incompetent|worst service|worst company|worst experience|terrible service|horrible service|awful service|fed up|sick of this|sick of you|sick and tired|had enough|angry|furious|pissed|pissed off|joke of a company|is this a joke|are you kidding me|wasting my time|waste of time|report you|sue you|my lawyer|legal action
        *نصابين*|*نصاب*|*محتالين*|*محتال*|*سراقين*|*سراق*|*شفارة*|*شفار*|*حرامية*|*كذابين*|*كذاب*|*لصوص*|حرام عليكم|عيب عليكم|حشومة عليكم|حشومة|*فضيحة*|*مهزلة*|مسخرة|*غير مقبول*|*لا يعقل*|*طفح الكيل*|*استهتار*|*زبالة*|خدمة سيئة|اسوا خدمة|*اسوأ خدمة*|*سئمت*|*مللت منكم*|*غاضب*|*ساشتكي*|*سأشتكي*|*ارفع دعوى*|*سأرفع*|حسبي الله|حسبنا الله|*تضحكون علي*|*تستهزئون*|*تسخرون*|حمقى|اغبياء
        عييت منكم|عييت معاكم|طلعتوها ليا|كرهتوني|كرهتونا|كرهت منكم|شوهة|الشوهة|زبل|خرا|*كتضحكو علي*|*تضحكو علي*|*كتلعبو بيا*|*تلعبو بيا*|فقصتوني|*قهرتوني*|*تبهديل*|*بهدلة*|ما تحشموش|ماتحشموش|ما كتحشموش|ماكتحشموش
        chefara|cheffara|chfara|choffara|chffara|nassaba|nessaba|nssaba|nasaba|nasabin|nassabin|serrakin|serra9in|sera9in|serraqin|kdabin|kadabin|kaddabin|keddabin|hchouma 3likom|7chouma 3likom|hchouma|7chouma|hchoma|7choma|3ib 3likom|hram 3likom|7ram 3likom|3yit menkom|3eyit menkom|3yit m3akom|krahtouni|krehtouni|kerhtouni|karahtouni|fe9stouni|fa9stouni|fq3touni|tbahdil|bahdala|khorda|zbel|zbal|*tda7ko 3li*|*tdahko 3li*|*tdhko 3li*|*tl3bo biya*|*tle3bo biya*|mat7chmouch|mathechmouch|ma t7echmouch|chouha|chwha|khra
        """);

    /// <summary>Only beside shouting: also said calmly.</summary>
    public static readonly Phrases Weak = new(
        """
        toujours pas|toujours rien|encore une fois|pour la énième fois|jamais|nul|nulle|nuls|déçu|déçue|pas sérieux|trop tard|répondez|répondez moi|remboursez moi|remboursez|personne ne répond|où est mon|où est ma|c'est long|depuis des semaines|ça suffit|stop|réveillez vous|menti|mensonge
        still not|still nothing|still waiting|never|again|terrible|awful|horrible|worst|bad service|disappointed|answer me|refund me|nobody answers|no one answers|where is my|enough|for weeks|too late|lied|lies
        *مازال*|*لم يصل*|*لم تصل*|*ما وصلش*|*ماوصلش*|*مازال ما*|ابدا|*تاخر*|*متاخر*|*جاوبوني*|*ردوا علي*|*ردو علي*|*اين طلبي*|*فين*|*وين*|رجعولي|*ارجعوا لي*|يكفي|باراكا|سيئ|سيئة|كذب
        mazal|mazel|ma wslatch|mawslatch|ma weslatch|ma jatch|majatch|ma jach|majach|jawbouni|jawboni|redou 3lia|rj3ouli|rej3ouli|baraka|fin hia|fin lcommande|win rahi|t3atalt|t3tel|bezaf
        """);
}
