using System.Collections.Frozen;

namespace Relais.Conversations;

/// <summary>The single words by which customers end a business's messages, in the languages Relais speaks.</summary>
internal static class OptOutWords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "stop", "stopall", "unsubscribe", "arret", "arrêt", "arreter", "arrêter", "desabonner", "désabonner", "desinscription",
        "désinscription", "توقف", "ايقاف", "إيقاف", "الغاء الاشتراك", "إلغاء الاشتراك",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Match(string text) => text.Length <= 20 && Words.Contains(text.Trim().TrimEnd('.', '!', ' ', '\u00A0', '\u202F'));
}
