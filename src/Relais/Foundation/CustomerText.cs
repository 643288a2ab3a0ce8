using System.Text;

namespace Relais.Foundation;

/// <summary>
/// Text that strangers wrote, made storable once at the boundary: PostgreSQL refuses U+0000 and lone surrogates, SQLite
/// takes both, real customers send NULs. Raw bodies stay bytes and are not touched.
/// </summary>
internal static class CustomerText
{
    /// <summary>Removes U+0000 and replaces each lone surrogate with U+FFFD; returns the same instance when nothing is to do.</summary>
    public static string Normalise(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !IsPair(text, i++)))
            {
                return Rebuild(text);
            }
        }

        return text;
    }

    public static string? NormaliseOrNull(string? text) => string.IsNullOrEmpty(text) ? null : Normalise(text);

    private static bool IsPair(string text, int i) => i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);

    private static string Rebuild(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
            {
                continue;
            }

            if (!char.IsSurrogate(text[i]))
            {
                clean.Append(text[i]);
            }
            else if (IsPair(text, i))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append('\uFFFD');
            }
        }

        return clean.ToString();
    }
}
