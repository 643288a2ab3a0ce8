using System.Collections.Frozen;

namespace Relais.Engine.Ai;

/// <summary>
/// Endings of bare names that phones turn into links: the countries' (IANA root zone) and the general ones that are met. File
/// endings that are also top-level domains (zip, mov) are left out. Cyrillic ones as a skeleton has them.
/// </summary>
internal static class LinkEndings
{
    private static readonly FrozenSet<string> All = Set("""
        com net org info biz name pro mobi edu gov int coop museum travel jobs tel asia cat post aero arpa
        app dev shop store site online website web xyz top link click live page space tech cloud digital host hosting press fun icu cyou sbs cfd bond
        monster buzz club vip win bid loan loans work works world today news blog media email mail services service support help center centre chat social
        money cash finance financial bank credit gift gifts promo sale deals discount market markets trade trading business company ltd gmbh inc llc
        group team agency solutions systems network zone direct delivery express global international life love one plus run wiki guru ninja rocks
        cool lol wtf rest bar cafe restaurant pizza fashion clothing shoes jewelry boutique beauty health care fit tours holiday hotel casino bet poker
        game games play stream video movie photo photos pics audio radio download icloud google youtube amazon bio eco green energy
        africa lat quebec paris london berlin moscow arab swiss ist istanbul test example invalid local onion
        ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv
        cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il
        im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu
        mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn
        so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
        pф pyc oнлaйн caйт شبكة موقع السعودية مصر المغرب الجزائر الاردن امارات تونس قطر فلسطين عرب كوم 中国 网址 在线
        """);

    private static readonly FrozenSet<string> Spaced = Set(
        "com net org info xyz shop store site online top link click live app dev io ly dz tn ru cn co example test icu vip bond cyou");

    private static readonly FrozenSet<string> Worded = Set("com net org xyz io ly dz fr tn app dev example test co uk ru icu");

    private static readonly FrozenSet<string> AfterSentence = Set("com org xyz example");

    /// <param name="ending">Lower case.</param>
    public static bool Are(string ending) => All.Contains(ending);

    /// <summary>"evil . com": a stop with a space before it, which no sentence has.</summary>
    public static bool AreAfterSpacedDot(string ending) => Spaced.Contains(ending);

    /// <summary>"evil dot com", "evil point com".</summary>
    public static bool AreAfterWord(string ending) => Worded.Contains(ending);

    /// <summary>"evil. com": only what begins no sentence.</summary>
    public static bool AreAfterStop(string ending) => AfterSentence.Contains(ending);

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
