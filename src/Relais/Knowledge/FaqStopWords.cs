using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>Words every question has. Without this list small FAQs, whose counts cannot tell rare from common, match on "est-ce que vous".</summary>
internal static class FaqStopWords
{
    private const string Words =
        """
        le la les l un une des du de d et ou où mais donc car je j tu il elle on nous vous ils elles mon ma mes ton ta tes son sa ses notre nos votre vos leur ce c cet cette ces ça qui que qu quoi quel quelle quels quelles comment est es sont suis êtes sommes était etait être ai as a avez avons ont n ne pas plus très trop aussi alors avec pour par dans sur chez vers y en s se si me m te t au aux fait faire faites peux peut puis pouvez veux veut voudrais aimerais souhaite souhaiterais voulez avoir savoir svp stp plaît merci bonjour bonsoir salut bjr slt dois doit faut il t il je peux est ce oui non
        the an and or but so i you he she it we they me him us them my your his its our their this that these those there here what which how who is are am was were be been has have had do does did can could will would shall should may might must not to of in on at by for with from into about if please thanks thank hello hi hey want like know tell get got any some much many yes no m s t re ve ll don
        ana nta nti hna 7na huma dyal dyali dyalek dyalkom ta3 ta3i ta3kom nta3 3end 3endi 3ndi 3endkom 3ndkom 3andkom wach wash wech ach chnou chno kifach kifech ki kima had hadi hada hadchi dak bghit brit habit n3ref nsowel nsewel 3afak afak salam slm khoya n9der nqder nejem momkin mumkin f l b w m3a men mn fi 3la 3la ila ida wla
        combien coute coutent couter cout prix tarif how much cost costs price prices long كم سعر السعر ثمن الثمن شحال بشحال قداش ch7al chhal cha7al bch7al taman thaman delai delais temps jours
        commande commandes colis lcommande lcommand order orders طلبي طلبيتي طلبيه الطلبيه الطلب طلب
        في من على الى عن مع هل ما ماذا هو هي هم انا انت انتم نحن هذا هذه ذلك التي الذي كان يكون لي لك لكم لنا عندي عندكم عندك لديكم لدي ان او و ثم قد لا نعم يا ممكن يمكن يمكنني يمكنك استطيع اريد ارغب اود كيف كيفاش واش بغيت شنو شنوا ديال ديالي ديالكم ديالك راه راني هاد هادي هادا السلام عليكم سلام مرحبا شكرا عفاك فضلك سمحت نقدر تقدر لو اذا
        """;

    public static readonly HashSet<string> All = [.. Words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(TextFolding.FoldWords)];
}
