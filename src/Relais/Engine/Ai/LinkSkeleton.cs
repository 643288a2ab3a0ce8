using System.Text;
using System.Text.RegularExpressions;

namespace Relais.Engine.Ai;

/// <summary>
/// A text as it looks to somebody who reads an address out of it: invisible characters gone, look-alike letters and dots of other
/// scripts as their ASCII ones, "[.]" and " dot " as dots; and where in the text each of its characters stands.
/// </summary>
internal sealed partial class LinkSkeleton
{
    // The letters of other scripts that fonts draw like Latin ones, and the Latin ones, place by place.
    private const string Alike = "авсԁеһіјкмопрԛѕтуԝхєαβεηικνορτυχ";
    private const string Latin = "abcdehijkmonpqstywxeabenikvoptux";

    private readonly List<int> origins;

    private LinkSkeleton(string text, List<int> origins) => (Text, this.origins) = (text, origins);

    /// <summary>Lower case.</summary>
    public string Text { get; }

    public static LinkSkeleton Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        var places = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value < 0x80)
            {
                plain.Append(char.ToLowerInvariant((char)rune.Value));
                places.Add(at);
            }
            else if (!VisibleText.IsInvisible(rune))
            {
                foreach (var c in Plain(rune))
                {
                    plain.Append(c);
                    places.Add(at);
                }
            }

            at += rune.Utf16SequenceLength;
        }

        places.Add(text.Length);
        return new LinkSkeleton(plain.ToString(), places).WithDots();
    }

    /// <summary>Where the text's part lies that the skeleton's stands for.</summary>
    public (int Start, int End) Origin(int start, int length) => (origins[start], origins[start + length]);

    private LinkSkeleton WithDots()
    {
        var matches = Dot().Matches(Text);
        if (matches.Count == 0)
        {
            return this;
        }

        var plain = new StringBuilder(Text.Length);
        var kept = new List<int>(origins.Count);
        var from = 0;
        foreach (Match match in matches)
        {
            var ending = match.Groups["end"].Value;
            var isDot = match.Groups["bracket"].Success
                || (match.Groups["word"].Success && LinkEndings.AreAfterWord(ending))
                || (match.Groups["space"].Success && LinkEndings.AreAfterSpacedDot(ending))
                || (match.Groups["stop"].Success && LinkEndings.AreAfterStop(ending));
            if (isDot)
            {
                plain.Append(Text, from, match.Index - from).Append('.');
                kept.AddRange(origins.GetRange(from, match.Index - from + 1));
                from = match.Index + match.Length;
            }
        }

        plain.Append(Text, from, Text.Length - from);
        kept.AddRange(origins.GetRange(from, origins.Count - from));
        return new LinkSkeleton(plain.ToString(), kept);
    }

    private static string Plain(Rune rune)
    {
        var c = (char)Math.Min(rune.Value, char.MaxValue);
        if (c is >= '\u0600' and <= '\u06ff')
        {
            // The Arabic full stop looks like a dot.
            return c == '۔' ? "." : rune.ToString();
        }

        switch (c)
        {
            case '。' or '．' or '｡' or '․' or '·' or '•' or '∙' or '⸱' or '‧' or '・' or '﹒' or '܁': return ".";
            case '⁄' or '∕' or '／' or '⧸' or '╱': return "/";
            case '：' or '﹕' or 'ː' or '∶' or '꞉' or '׃': return ":";
        }

        // Lone surrogates come as U+FFFD; the two code points that are no characters make Normalize throw.
        var plain = c is '\ufffe' or '\uffff' && rune.Value <= char.MaxValue ? " " : rune.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var alike = plain.Length == 1 ? Alike.IndexOf(plain[0], StringComparison.Ordinal) : -1;
        return alike < 0 ? plain : Latin[alike].ToString();
    }

    [GeneratedRegex(
        @"(?<=[\p{L}\p{N}])(?:(?<bracket>\s{0,3}[\[\(\{<]\s?(?:\.|dot|point|نقطة|نقطه)\s?[\]\)\}>]\s{0,3})|(?<word>\s{1,3}(?:dot|point|نقطة|نقطه)\s{1,3})|(?<space>\s{1,3}\.\s{0,3})|(?<stop>\.\s{1,3}))(?=(?<end>\p{L}{2,24})(?!\p{L}))",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Dot();
}
