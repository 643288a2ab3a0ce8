using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Relais.Engine.Ai;

/// <summary>
/// Keeps what a model was told in confidence from the customer, whatever the model does: long verbatim runs of our rules, a page of
/// the business's instructions, and of the lines those keep private a shorter run and each of their codes. What a model says of
/// them in other words is beyond it (docs/safety.md).
/// </summary>
internal sealed partial class LeakGuard
{
    /// <summary>Letters and digits in a row, about seven words: no answer to a customer shares as many with our rules.</summary>
    private const int RuleRun = 40;

    /// <summary>About seventy words. Sentences of the instructions are there to be said; all of them at once are not.</summary>
    private const int OwnRun = 400;

    /// <summary>A shorter private line is told only as a whole.</summary>
    private const int PrivateRun = 30;

    /// <summary>A code holds letters and digits; shorter ones are met by chance.</summary>
    private const int ShortestCode = 6;

    private static readonly SharedRuns Rules = new(RuleRun, [Prompts.System("", AgentTexts.English, BusinessPrompt.None)]);
    private static readonly ConditionalWeakTable<BusinessPrompt, LeakGuard> Kept = [];

    private readonly SharedRuns own;
    private readonly SharedRuns privateRuns;
    private readonly List<string> codes;

    private LeakGuard(BusinessPrompt prompt)
    {
        var lines = PrivateLines.Of($"{prompt.Persona}\n\n{prompt.Tone}\n\n{prompt.Instructions}");
        own = new(OwnRun, [LeakForms.Run(prompt.Instructions ?? "")]);
        privateRuns = new(PrivateRun, lines);
        codes = [.. lines.SelectMany(l => Code().Matches(l)).Select(m => LeakForms.Run(m.Value))
            .Where(c => c.Length >= ShortestCode && c.Any(char.IsLetter) && c.Any(char.IsDigit)).Distinct(StringComparer.Ordinal),
            LeakForms.Run("instructions_of_the_business")];
    }

    /// <summary>Of a business; made once for each version of its prompt.</summary>
    public static LeakGuard Of(BusinessPrompt prompt) => Kept.GetValue(prompt, static p => new LeakGuard(p));

    /// <summary>True when this must not be shown to a customer.</summary>
    public bool Finds(string? answer) => !string.IsNullOrEmpty(answer) && LeakForms.Of(answer).Any(form =>
        Rules.Share(form) || own.Share(form) || privateRuns.Share(form) || codes.Exists(c => form.Contains(c, StringComparison.Ordinal)));

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:[\-_./][\p{L}\p{N}]+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Code();
}
