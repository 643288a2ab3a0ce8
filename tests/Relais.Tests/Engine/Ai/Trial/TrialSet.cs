using Relais.Engine.Ai.BuiltIn;

namespace Relais.Tests.Engine.Ai.Trial;

/// <summary>One message of the test set.</summary>
/// <param name="Split">tune: may be looked at while changing rules, seeds and synonyms; report: only its sums.</param>
/// <param name="Faq">Topic of shop.tsv that answers it; "-" for none.</param>
internal sealed record TrialMessage(string Split, string Language, Intent Intent, string Faq, string Text)
{
    public bool HasAnswer => Faq != "-";
}

/// <summary>The built-in agent's own test set: customers' messages and one shop's FAQ, both written for Relais.</summary>
internal static class TrialSet
{
    public static readonly IReadOnlyList<TrialMessage> Messages = Read("trial.tsv", "report.tsv");

    /// <summary>Messages by somebody who had seen neither seeds nor rules (blind.md); split is clean or messy. Only ever reported on.</summary>
    public static readonly IReadOnlyList<TrialMessage> Blind = Read("blind-fr.tsv", "blind-ar.tsv", "blind-en.tsv");

    /// <summary>The other half of those 300, given up for tuning after all had been reported on once.</summary>
    public static readonly IReadOnlyList<TrialMessage> LookedAt = Read("looked-at.tsv");

    /// <summary>The shop's topics; an entry's id is its place here.</summary>
    public static readonly IReadOnlyList<string> Topics = [.. Files("shop.tsv").Select(cells => cells[0])];

    public static IReadOnlyList<TrialMessage> Half(string split) => [.. Messages.Where(m => m.Split == split)];

    /// <summary>The FAQ of an owner who writes one language.</summary>
    public static IReadOnlyList<(long Id, string Question, string Answer)> Shop(string language)
    {
        var at = language switch { "fr" => 1, "ar" => 3, _ => 5 };
        return [.. Files("shop.tsv").Select((cells, id) => ((long)id, cells[at], cells[at + 1]))];
    }

    private static List<TrialMessage> Read(params string[] names) => [.. names.SelectMany(Files).Select(
        cells => new TrialMessage(cells[0], cells[1], Enum.Parse<Intent>(cells[2], ignoreCase: true), cells[3], cells[4]))];

    private static IEnumerable<string[]> Files(string name) => File
        .ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Engine", "Ai", "Trial", name)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'));
}
