using System.Globalization;
using System.Text;

namespace Relais.Engine.Ai;

/// <summary>
/// A model's words without characters nobody sees: Unicode tags, zero-width characters and directional overrides carry hidden text
/// and make an address look like another. Joiners and the two direction marks stay: emoji and Arabic need them.
/// </summary>
internal static class VisibleText
{
    /// <summary>The same instance when nothing is to do.</summary>
    public static string Strip(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsRemoved(rune))
            {
                return Rebuild(text);
            }
        }

        return text;
    }

    /// <summary>Not seen where it stands between letters: what a comparison leaves out, more than what is removed.</summary>
    public static bool IsInvisible(Rune rune) => rune.Value > 0x7f
        && (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is (>= 0xfe00 and <= 0xfe0f) or 0x115f or 0x1160 or 0x3164 or 0xffa0 or 0x34f);

    private static bool IsRemoved(Rune rune) => rune.Value > 0x7f && rune.Value switch
    {
        0x200c or 0x200d or 0x200e or 0x200f or (>= 0xfe00 and <= 0xfe0f) => false,
        // Signs that belong to Arabic numbers and verses.
        >= 0x600 and <= 0x6dd => false,
        _ => IsInvisible(rune),
    };

    private static string Rebuild(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsRemoved(rune))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }
}
