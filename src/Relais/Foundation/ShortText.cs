using System.Globalization;

namespace Relais.Foundation;

/// <summary>Text made to fit a provider's limit. Limits are counted in UTF-16 units: never too long by whichever way a provider counts.</summary>
internal static class ShortText
{
    /// <summary>
    /// The text, or as many whole graphemes of it as fit with a final "…": no emoji, letter with marks or surrogate pair is cut.
    /// </summary>
    public static string Fit(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text;
        }

        var end = 0;
        var graphemes = StringInfo.GetTextElementEnumerator(text);
        while (graphemes.MoveNext())
        {
            var next = graphemes.ElementIndex + graphemes.GetTextElement().Length;
            if (next > limit - 1)
            {
                break;
            }

            end = next;
        }

        return limit < 1 ? string.Empty : string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }

    /// <summary>One line: runs of white space and line ends become single spaces.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
