using System.Collections.Frozen;
using Relais.Foundation;

namespace Relais.Conversations;

/// <summary>What a message that is nothing but such a word says.</summary>
internal enum ConsentWord
{
    None = 0,

    /// <summary>No more messages.</summary>
    OptOut = 1,

    /// <summary>Messages again; it means something only after an opt-out.</summary>
    OptIn = 2,

    /// <summary>No more promotions: the quick reply that marketing templates carry.</summary>
    MarketingOptOut = 3,
}

/// <summary>
/// The words by which customers end a business's messages and take them up again, in French, Arabic and English. A whole message
/// has to be the word, whatever its case, accents, letter forms, article and punctuation. Words that end an order or a chat
/// (annuler, cancel, fin, إلغاء) are none of them.
/// </summary>
internal static class ConsentWords
{
    /// <summary>The longest of them, with the punctuation people add.</summary>
    private const int Longest = 40;

    private static readonly FrozenDictionary<string, ConsentWord> Words = Read();

    /// <summary>The meaning of a text that the customer typed.</summary>
    public static ConsentWord Said(string text) =>
        text.Length is > 0 and <= Longest && Words.GetValueOrDefault(Key(text)) is var word && word != ConsentWord.MarketingOptOut ? word : ConsentWord.None;

    /// <summary>The meaning of a template's quick reply: there "Stop promotions" stops promotions, and "Stop" no more than that.</summary>
    public static ConsentWord Tapped(string title) =>
        title.Length is > 0 and <= Longest && Words.GetValueOrDefault(Key(title)) is ConsentWord.OptOut or ConsentWord.MarketingOptOut
            ? ConsentWord.MarketingOptOut : ConsentWord.None;

    /// <summary>Folded, with the Arabic article taken off each word on both sides.</summary>
    private static string Key(string text)
    {
        var folded = TextFolding.FoldWords(text);
        return folded.Contains("ال", StringComparison.Ordinal)
            ? string.Join(' ', folded.Split(' ').Select(w => w.Length > 4 && w.StartsWith("ال", StringComparison.Ordinal) ? w[2..] : w))
            : folded;
    }

    private static FrozenDictionary<string, ConsentWord> Read()
    {
        var words = new Dictionary<string, ConsentWord>(StringComparer.Ordinal);
        foreach (var (word, list) in (ReadOnlySpan<(ConsentWord, string[])>)[
            (ConsentWord.OptOut,
            [
                "stop", "stop all", "stopall", "stop please", "please stop", "stop messages", "stop messaging me", "unsubscribe", "unsubscribe me",
                "opt out", "optout",
                "arrêt", "arrêter", "arrêtez", "arrêtez svp", "arrêter les messages", "stop svp", "svp stop", "stop merci", "stop s'il vous plaît",
                "stop aux messages", "désabonner", "me désabonner", "se désabonner", "désabonnez-moi", "désabonnement", "désinscrire",
                "me désinscrire", "désinscrivez-moi", "désinscription", "plus de messages",
                "توقف", "توقفوا", "قف", "وقف", "أوقف", "أوقفوا", "إيقاف", "إيقاف الرسائل", "أوقف الرسائل", "أوقفوا الرسائل", "وقف الرسائل",
                "ستوب", "إلغاء الاشتراك", "إلغاء اشتراكي", "ألغ الاشتراك", "ألغي الاشتراك", "ألغ اشتراكي", "ألغي اشتراكي", "لا أريد رسائل",
            ]),
            (ConsentWord.OptIn,
            [
                "start", "unstop", "restart", "resume", "subscribe", "subscribe again", "opt in", "optin",
                "reprendre", "reprise", "démarrer", "recommencer", "réabonner", "me réabonner", "se réabonner", "réabonnez-moi", "réabonnement", "réinscription",
                "ابدأ", "ابدأوا", "ابدأ من جديد", "بدء", "استئناف", "استئناف الرسائل", "استأنف", "تفعيل", "ستارت", "إعادة الاشتراك", "أعد الاشتراك", "اشترك", "اشتراك",
            ]),
            (ConsentWord.MarketingOptOut,
            [
                "stop promotions", "stop promotion", "stop offers", "no promotions", "no more promotions", "stop marketing",
                "stop promos", "stop pub", "stop aux promotions", "arrêter les promotions", "arrêter les promos", "plus de promotions",
                "ne plus recevoir de promotions", "se désabonner des promotions",
                "إيقاف العروض", "إيقاف الترويج", "إيقاف الرسائل الترويجية", "وقف العروض", "أوقف العروض", "إيقاف العروض الترويجية",
            ])])
        {
            foreach (var each in list)
            {
                words.TryAdd(Key(each), word);
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
