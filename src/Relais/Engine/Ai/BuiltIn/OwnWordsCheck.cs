using Relais.Foundation;
using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>A line that would be read wrongly.</summary>
/// <param name="Text">The line.</param>
/// <param name="Expected">What it means: an intent, or the question of the FAQ entry that it is.</param>
/// <param name="Got">What the draft makes of it.</param>
internal sealed record Misread(string Text, string Expected, string Got);

/// <summary>What may stand in a business's words, and whether they make the agent worse.</summary>
internal static class OwnWordsCheck
{
    private const int MostLines = 500;
    private const int MostWords = 1_000;
    /// <summary>Shipped phrases that may be lost, of some 220: those that hung in the balance.</summary>
    private const int Tolerated = 2;

    private const int LongestLine = 300;
    private const int LongestWord = 60;

    /// <summary>The shipped phrases that every draft is held against, with their intents.</summary>
    private static readonly IReadOnlyList<(Intent Intent, string Text)> Phrases = [.. EmbeddedText.Lines("Engine.Ai.BuiltIn.Seeds.trial.tsv")
        .Skip(1).Select(line => line.Split('\t')).Select(cells => (Enum.Parse<Intent>(cells[2], ignoreCase: true), cells[4]))];

    /// <summary>Every line that the draft reads wrongly: an example of its own, a shipped phrase that is read rightly now, an FAQ's own question.</summary>
    public static IReadOnlyList<Misread> Of(OwnWords draft, Understanding now, IReadOnlyList<(long Id, string Question, string Answer)> faqs)
    {
        var (then, misread) = (draft.Learn(), new List<Misread>());
        misread.AddRange(Wrong(draft.Lines(), then));
        if (Wrong(Phrases.Where(p => now.Reader.Read(p.Text).Intent == p.Intent), then).ToList() is { Count: > Tolerated } worse)
        {
            misread.AddRange(worse);
        }

        var (before, after) = (FaqSearch.Build(faqs, now.Synonyms), FaqSearch.Build(faqs, then.Synonyms));
        foreach (var (id, question, _) in faqs)
        {
            if (before.Find(question, 1) is [var was] && was.Id == id && after.Find(question, 1) is var found && (found.Count == 0 || found[0].Id != id))
            {
                misread.Add(new(question, question, found.Count == 0 ? "" : found[0].Question));
            }
        }

        return misread;
    }

    /// <summary>Null when they can be kept, cleaned; otherwise the refusal that names the field.</summary>
    public static IResult? Examples(IReadOnlyDictionary<string, IReadOnlyList<string>> given, out Dictionary<string, IReadOnlyList<string>> clean)
    {
        clean = Clean(given);
        return clean.Keys.FirstOrDefault(word => OwnWords.IntentOf(word) is null) is { } unknown
            ? Problems.Invalid400("examples", $"There is no intent {(unknown.Length <= 40 ? unknown : unknown[..40])}. Intents: {string.Join(", ", Enum.GetValues<Intent>().Select(OwnWords.WordFor))}.")
            : TooMuch("examples", clean, MostLines, LongestLine);
    }

    /// <summary>As <see cref="Examples"/>, of synonyms.</summary>
    public static IResult? Synonyms(IReadOnlyDictionary<string, IReadOnlyList<string>> given, out Dictionary<string, IReadOnlyList<string>> clean)
    {
        clean = Clean(given);
        return clean.Keys.Any(word => word.Length > LongestWord)
            ? Problems.Invalid400("synonyms", $"A word of synonyms may have at most {LongestWord} characters.")
            : TooMuch("synonyms", clean, MostWords, LongestWord);
    }

    private static IEnumerable<Misread> Wrong(IEnumerable<(Intent Intent, string Text)> lines, Understanding then) =>
        from line in lines
        let got = then.Reader.Read(line.Text).Intent
        where got != line.Intent
        select new Misread(line.Text, OwnWords.WordFor(line.Intent), OwnWords.WordFor(got));

    private static Dictionary<string, IReadOnlyList<string>> Clean(IReadOnlyDictionary<string, IReadOnlyList<string>> given)
    {
        var clean = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (word, lines) in given)
        {
            List<string> kept = [.. (lines ?? []).Select(Clean).Where(line => TextFolding.FoldWords(line).Length > 0).Distinct(StringComparer.Ordinal)];
            if (kept.Count > 0 && Clean(word) is { Length: > 0 } key)
            {
                clean[key] = kept;
            }
        }

        return clean;
    }

    private static string Clean(string? text) => text is null ? "" : CustomerText.Normalise(text).Trim();

    private static IResult? TooMuch(string field, Dictionary<string, IReadOnlyList<string>> lists, int most, int longest) =>
        lists.Sum(list => list.Value.Count) > most ? Problems.Invalid400(field, $"{field} may have at most {most} entries.")
        : lists.Values.Any(lines => lines.Any(line => line.Length > longest))
            ? Problems.Invalid400(field, $"An entry of {field} may have at most {longest} characters.")
            : null;
}
