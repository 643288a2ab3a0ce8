using Relais.Engine.Ai.BuiltIn;

namespace Relais.Engine.Handoffs;

/// <summary>
/// Whether a customer writes in anger: one strong word or an angry face; or a word of complaint that is shouted (capitals, runs of
/// marks). Shouting alone is not anger: many write in capitals. Measured in AngerTests.
/// </summary>
internal static class Anger
{
    private const int MostCharacters = 1_000;

    /// <summary>Letters, so that "OK" and "TRK123456" are no shouting.</summary>
    private const int FewestLetters = 12;

    private static readonly string[] Faces = ["😡", "🤬", "😤", "👿", "🖕"];

    public static bool IsIn(string text)
    {
        if (text.Length == 0)
        {
            return false;
        }

        var kept = text.Length <= MostCharacters ? text : text[..MostCharacters];
        var words = AngerWords.Calm.Without(Phrases.Pad(kept));
        return AngerWords.Strong.AreIn(words)
            || Array.Exists(Faces, face => kept.Contains(face, StringComparison.Ordinal))
            || (IsShouted(kept) && AngerWords.Weak.AreIn(words));
    }

    private static bool IsShouted(string text)
    {
        var (upper, lower, run) = (0, 0, 0);
        foreach (var c in text)
        {
            upper += char.IsUpper(c) ? 1 : 0;
            lower += char.IsLower(c) ? 1 : 0;
            run = c is '!' or '?' or '؟' ? run + 1 : 0;
            if (run >= 3)
            {
                return true;
            }
        }

        return upper + lower >= FewestLetters && upper >= 0.7 * (upper + lower);
    }
}
