using Relais.Engine.Simulations.Cases;
using Relais.Foundation;

namespace Relais.Engine.Simulations.Running;

/// <summary>Compares what came with what was expected. Pure; every reason is a sentence for people.</summary>
internal static class ExpectationCheck
{
    /// <param name="expect">What had to come.</param>
    /// <param name="came">The turns it speaks of.</param>
    /// <param name="statusOf">Status of an order of the case afterwards; null for one it does not have.</param>
    public static IEnumerable<string> Of(Expectation expect, IReadOnlyList<TurnOutcome> came, Func<string, string?> statusOf)
    {
        var called = came.SelectMany(c => c.Tools).Select(t => t.Name).ToList();
        var said = came.SelectMany(c => c.Said).ToList();
        return [.. Tools(expect, called), .. Words(expect, said), .. People(expect, came, said), .. Orders(expect, statusOf)];
    }

    private static IEnumerable<string> Tools(Expectation expect, List<string> called)
    {
        var others = called.Count == 0 ? "none was" : $"called: {string.Join(", ", called)}";
        foreach (var tool in (expect.Tools ?? []).Where(t => !called.Contains(t)))
        {
            yield return $"Tool {tool} was not called ({others}).";
        }

        if (expect.Tools is { Count: 0 } && called.Count > 0)
        {
            yield return $"No tool may be called, but {string.Join(", ", called)} was.";
        }

        foreach (var tool in expect.ToolsNot.Where(called.Contains))
        {
            yield return $"Tool {tool} may not be called, but was.";
        }
    }

    private static IEnumerable<string> Words(Expectation expect, List<string> said)
    {
        var all = TextFolding.Fold(string.Join('\n', said));
        foreach (var words in expect.MustSay.Where(w => !Either(w).Any(one => Stands(all, one))))
        {
            yield return said.Count == 0 ? $"“{words}” had to be said, and nothing was." : $"“{words}” was not said; what was: “{Shown(said)}”";
        }

        foreach (var words in expect.MustNotSay.SelectMany(Either).Where(w => Stands(all, w)))
        {
            yield return $"“{words}” may not be said; what was: “{Shown(said)}”";
        }

        if (expect.Silent is true && said.Count > 0)
        {
            yield return $"Nothing may be said, but this was: “{Shown(said)}”";
        }
        else if (expect.Silent is false && said.Count == 0)
        {
            yield return "Something had to be said, and nothing was.";
        }
    }

    private static IEnumerable<string> People(Expectation expect, IReadOnlyList<TurnOutcome> came, List<string> said)
    {
        var handOff = came.Select(c => c.HandOff).FirstOrDefault(h => h is not null);
        if (expect.HandOff is { Happens: false } && handOff is not null)
        {
            yield return $"It went to people ({handOff}), and should not have.";
        }
        else if (expect.HandOff is { Happens: true } wanted && handOff is null)
        {
            yield return wanted.Reason is null ? "It had to go to people, and did not." : $"It had to go to people ({wanted.Reason}), and did not.";
        }
        else if (expect.HandOff is { Happens: true, Reason: { } reason } && handOff != reason)
        {
            yield return $"It went to people for {handOff}, not for {reason}.";
        }

        if (expect.Language is { } language)
        {
            var other = came.Select(c => c.Language).FirstOrDefault(l => l is not null && l != language);
            if (other is not null)
            {
                yield return $"The answer had to be in {language} and is in {other}: “{Shown(said)}”";
            }
            else if (said.Count == 0)
            {
                yield return $"The answer had to be in {language}, and nothing was said.";
            }
        }
    }

    private static IEnumerable<string> Orders(Expectation expect, Func<string, string?> statusOf) =>
        from order in expect.Orders
        let status = statusOf(order.Key)
        where status != order.Value
        select status is null ? $"Order {order.Key} is not in the case's setup." : $"Order {order.Key} is {status} afterwards, not {order.Value}.";

    private static string[] Either(string words) => words.Split(" | ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool Stands(string folded, string words) =>
        TextFolding.Fold(words) is { Length: > 0 } wanted && folded.Contains(wanted, StringComparison.Ordinal);

    private static string Shown(List<string> said) => ShortText.Fit(ShortText.OneLine(string.Join(" / ", said)), 300);
}
