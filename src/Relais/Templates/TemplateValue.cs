using System.Text;
using Relais.Foundation;

namespace Relais.Templates;

/// <summary>What goes into a variable. WhatsApp takes no line breaks, no tabs and no more than four spaces in a row (132007).</summary>
internal static class TemplateValue
{
    private const int MostSpaces = 4;

    /// <summary>The value as it may be sent: line breaks and tabs become one space, longer gaps too, the ends are cut.</summary>
    public static string Clean(string? value)
    {
        var text = CustomerText.Normalise(value ?? "").Trim();
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var gap = text.AsSpan(i, end - i);
            if (gap.Length == 0)
            {
                clean.Append(text[i++]);
                continue;
            }

            var isPlain = gap.Length <= MostSpaces && !gap.ContainsAny('\n', '\r', '\t') && !gap.ContainsAny('\u2028', '\u2029', '\v') && !gap.Contains('\f');
            clean.Append(isPlain ? gap : " ");
            i = end;
        }

        return clean.ToString();
    }
}
