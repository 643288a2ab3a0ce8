using Relais.Engine.Simulations.Cases;
using Relais.Foundation;

namespace Relais.Engine.Why;

/// <summary>One answer and what it was said to, as a simulation case (docs/simulations.md) without personal data.</summary>
internal static class MessageCase
{
    /// <summary>Breaths before the one in question: enough to understand it.</summary>
    private const int MostBefore = 5;

    private const int LongestMessage = 2_000;
    private const int LongestExpected = 200;

    /// <param name="name">Of the case; null: made from the customer's words and the message's id.</param>
    /// <param name="messageId">That was asked about.</param>
    /// <param name="exchange">The chat.</param>
    /// <param name="orders">Orders of the business that the chat names, by number.</param>
    /// <param name="trace">Of what was said, or null.</param>
    /// <param name="isGood">True: it has to stay so. False: it must not be said again.</param>
    public static (string Name, string Language, string Yaml) Write(
        string? name, long messageId, Exchange exchange, IReadOnlyDictionary<string, CaseOrder> orders, StoredTrace? trace, bool isGood)
    {
        var masking = new Masking([exchange.CustomerName]);
        var language = trace?.Language ?? exchange.Language;
        List<CaseTurn> turns =
        [
            .. exchange.Before.TakeLast(MostBefore).Select(breath => Turn(breath, masking, Expectation.Nothing)),
            Turn(exchange.Asked, masking, (isGood ? Good(exchange, trace, masking) : Bad(exchange, trace, masking)) with { Language = language }),
        ];

        // Names are unique in a suite, so the message's id stands in a made one.
        var shown = ShortText.OneLine(name ?? $"{ShortText.Fit(turns[^1].Messages is [var first, ..] ? first : exchange.Asked[0].Type, 60)} (#{messageId})");
        return (shown, language, CaseWriter.Write(new SimulationCase(shown, language) { Turns = turns, Orders = masking.Known(orders) }));
    }

    private static CaseTurn Turn(IReadOnlyList<ToldMessage> breath, Masking masking, Expectation expect)
    {
        var said = breath.Where(m => m.Content.Length > 0).Select(m => Clean(m.Content, masking, LongestMessage)).ToList();
        var file = breath.FirstOrDefault(m => m.Content.Length == 0 && SimulationCase.Files.Contains(m.Type))?.Type;
        return new CaseTurn(said.Count == 0 && file is null ? ["?"] : said, null, file, expect);
    }

    private static Expectation Good(Exchange exchange, StoredTrace? trace, Masking masking) => trace is null ? Expectation.Nothing : new Expectation
    {
        Tools = [.. (trace.ReadDetail().Tools ?? []).Select(t => t.Name).Distinct(StringComparer.Ordinal)],
        HandOff = new HandOffExpected(trace.Handoff is not null, trace.Handoff),

        // A model says it otherwise the next time; the built-in agent's words are the owner's.
        MustSay = trace is { Provider: "built_in", Handoff: null } && FirstLine(exchange, masking) is { } line ? [line] : [],
    };

    private static Expectation Bad(Exchange exchange, StoredTrace? trace, Masking masking) =>
        trace?.Handoff is not null ? new Expectation { HandOff = new HandOffExpected(false, null) }
        : FirstLine(exchange, masking) is { } line ? new Expectation { MustNotSay = [line] }
        : Expectation.Nothing;

    /// <summary>What was said, as far as it is told apart by.</summary>
    private static string? FirstLine(Exchange exchange, Masking masking) => exchange.Said?.Content.Split('\n').Select(l => l.Trim())
        .Where(l => l.Length > 0).OrderByDescending(l => l.Length).FirstOrDefault() is { } line
        ? Clean(line, masking, LongestExpected).TrimEnd('…') : null;

    private static string Clean(string text, Masking masking, int longest) => Cut.To(masking.Mask(CustomerText.Normalise(text)), longest);
}
