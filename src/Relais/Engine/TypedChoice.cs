using System.Collections.Frozen;
using System.Globalization;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Engine;

/// <summary>
/// A choice that was typed instead of tapped: its number, in digits or words, or its title with another case, without accents
/// or with a small slip. Pure. What could mean two choices means none: a wrong tap is worse than a question.
/// </summary>
internal static class TypedChoice
{
    /// <summary>Longer is a sentence, not a choice.</summary>
    private const int Longest = 80;

    /// <summary>One slip from this length on, two from twice as long: "oui" and "non" must be typed as they are.</summary>
    private const int LengthForSlip = 5;

    private static readonly FrozenDictionary<string, int> NumberWords = Numbers(
        "un une one premier premiere first واحد واحدة الاول الاولى اول",
        "deux two deuxieme second seconde اثنان اثنين ثنان زوج الثاني الثانية",
        "trois three troisieme third ثلاثة ثلاث الثالث الثالثة",
        "quatre four quatrieme fourth اربعة اربع الرابع الرابعة",
        "cinq five cinquieme fifth خمسة خمس الخامس الخامسة",
        "six sixieme sixth ستة ست السادس السادسة",
        "sept seven septieme seventh سبعة سبع السابع السابعة",
        "huit eight huitieme eighth ثمانية ثمان الثامن الثامنة",
        "neuf nine neuvieme ninth تسعة تسع التاسع التاسعة",
        "dix ten dixieme tenth عشرة عشر العاشر العاشرة");

    /// <summary>Words that say nothing about which choice is meant.</summary>
    private static readonly FrozenSet<string> Fillers = Words(
        "option choix numero n no num number the le la l les je veux prends voudrais choisis choisi svp stp please merci thanks i want "
        + "take choose choice my answer reponse ma cest c est ce sera "
        + "رقم الرقم خيار الخيار اختيار الاختيار اختار اريد بغيت من فضلك شكرا");

    /// <summary>The choice among those that <paramref name="content"/> offered, or null.</summary>
    public static Choice? Match(string text, OutboundContent content)
    {
        if (text.Length is 0 or > Longest)
        {
            return null;
        }

        var shown = ChoiceLayout.Offered(content);
        if (shown.Count == 0 || TextFolding.FoldWords(text) is not { Length: > 0 } words)
        {
            return null;
        }

        // Titles first: "2" may be one. Those of other pages count, too.
        var all = content is OutboundContent.Choices choices ? [.. choices.Items, .. shown.Where(c => ChoiceLayout.IsPageId(c.Id))] : shown;
        var titles = all.Select(c => (Choice: c, Title: TextFolding.FoldWords(c.Title))).Where(c => c.Title.Length > 0).ToList();
        if (titles.Exists(t => t.Title == words))
        {
            return Only(titles.Where(t => t.Title == words));
        }

        var meant = string.Join(' ', words.Split(' ').Where(w => !Fillers.Contains(w)));
        return meant.Length == 0 ? null
            : NumberOf(meant) is { } number ? number >= 1 && number <= shown.Count ? shown[number - 1] : null
            : Only(titles.Where(t => t.Title == meant))
                ?? Only(titles.Where(t => meant.Length >= 3 && t.Title.StartsWith(meant + " ", StringComparison.Ordinal)))
                ?? Nearest(titles, meant);
    }

    private static int? NumberOf(string words) =>
        int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : NumberWords.TryGetValue(words, out var named) ? named : null;

    private static Choice? Only(IEnumerable<(Choice Choice, string Title)> found) =>
        found.Take(2).ToList() is [var one] ? one.Choice : null;

    private static Choice? Nearest(List<(Choice Choice, string Title)> titles, string words)
    {
        var near = titles.Select(t => (t.Choice, t.Title, Slips: Slips(words, t.Title)))
            .Where(t => t.Slips <= Math.Min(t.Title.Length, words.Length) / LengthForSlip && t.Slips <= 2).ToList();
        var least = near.Count == 0 ? 0 : near.Min(t => t.Slips);
        return Only(near.Where(t => t.Slips == least).Select(t => (t.Choice, t.Title)));
    }

    /// <summary>Letters missing, added, changed or swapped (optimal string alignment).</summary>
    private static int Slips(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var changed = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }

    private static FrozenDictionary<string, int> Numbers(params string[] lines) => lines
        .SelectMany((line, i) => line.Split(' ').Select(word => (Word: TextFolding.FoldWords(word), Number: i + 1)))
        .DistinctBy(n => n.Word).ToFrozenDictionary(n => n.Word, n => n.Number, StringComparer.Ordinal);

    private static FrozenSet<string> Words(string line) =>
        line.Split(' ').Select(TextFolding.FoldWords).ToFrozenSet(StringComparer.Ordinal);
}
