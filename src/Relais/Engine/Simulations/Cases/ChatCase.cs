using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Foundation;

namespace Relais.Engine.Simulations.Cases;

/// <summary>A message of a real chat.</summary>
/// <param name="Author">Whose.</param>
/// <param name="Type">text, audio, image …</param>
/// <param name="Text">As stored; empty for a file without caption.</param>
/// <param name="IsChoice">The customer tapped it, or typed it as the answer to a choice.</param>
/// <param name="HandedOff">Why the agent gave the conversation to people with this message, in the stored word; null: it did not.</param>
internal sealed record ChatMessageRow(Author Author, string Type, string Text, bool IsChoice, string? HandedOff);

/// <summary>
/// A real chat as a case: what the customer did as turns, what is known of the answers as expectations, what was said as comments. It ends where a
/// person took over: from there on it was no longer the agent's. Pure.
/// </summary>
internal static class ChatCase
{
    /// <param name="name">Of the case.</param>
    /// <param name="language">fr, ar or en.</param>
    /// <param name="messages">Oldest first.</param>
    /// <param name="orders">Orders of the business that the chat names, by number; whether they are this customer's.</param>
    /// <param name="masking">Knows the names of who takes part.</param>
    /// <returns>YAML, masked; null when there is no turn of the customer in it.</returns>
    public static (string Name, string Yaml)? Write(
        string name, string language, IReadOnlyList<ChatMessageRow> messages, IReadOnlyDictionary<string, CaseOrder> orders, Masking masking)
    {
        var (turns, notes) = Turns(messages, masking);
        if (turns.Count == 0)
        {
            return null;
        }

        var shown = ShortText.Fit(ShortText.OneLine(masking.Mask(name)), CaseReader.LongestName);
        return (shown, CaseWriter.Write(new SimulationCase(shown, language) { Turns = turns, Orders = masking.Known(orders) }, notes));
    }

    private static (List<CaseTurn> Turns, Dictionary<int, IReadOnlyList<string>> Notes) Turns(IReadOnlyList<ChatMessageRow> messages, Masking masking)
    {
        var turns = new List<CaseTurn>();
        var notes = new Dictionary<int, IReadOnlyList<string>>();
        var at = 0;
        while (at < messages.Count && messages[at].Author != Author.Agent)
        {
            var customer = messages.Skip(at).TakeWhile(m => m.Author == Author.Customer).ToList();
            var answer = messages.Skip(at + customer.Count).TakeWhile(m => m.Author is not (Author.Customer or Author.Agent)).ToList();
            at += customer.Count + answer.Count;
            var group = Turn(customer, Expect(answer), masking);
            if (group.Count == 0)
            {
                continue;
            }

            turns.AddRange(group);
            notes[turns.Count - 1] = [.. answer.Where(m => m.Text.Length > 0).Select(m => "the agent said: " + Printable(masking.Mask(m.Text)))];
            if (answer.Exists(m => m.HandedOff is not null))
            {
                break;
            }
        }

        return (turns, notes);
    }

    /// <summary>What the customer did in one breath; a tap is a turn of its own, and the answer belongs to the last.</summary>
    private static List<CaseTurn> Turn(List<ChatMessageRow> customer, Expectation expect, Masking masking)
    {
        var turns = new List<CaseTurn>();
        var texts = customer.Where(m => !m.IsChoice && !SimulationCase.Files.Contains(m.Type) && m.Text.Trim().Length > 0).Select(m => Printable(masking.Mask(m.Text))).ToList();
        var file = customer.LastOrDefault(m => SimulationCase.Files.Contains(m.Type));
        if (file is { Text.Length: > 0, Type: "image" or "video" or "document" })
        {
            texts.Add(Printable(masking.Mask(file.Text)));
        }

        turns.AddRange(customer.Where(m => m.IsChoice).Select(m => new CaseTurn([], Printable(masking.Mask(m.Text)), null, Expectation.Nothing)));
        if (texts.Count > 0 || file is not null)
        {
            turns.Add(new CaseTurn(texts, null, file?.Type, Expectation.Nothing));
        }

        if (turns.Count > 0)
        {
            turns[^1] = turns[^1] with { Expect = expect };
        }

        return turns;
    }

    private static Expectation Expect(List<ChatMessageRow> answer)
    {
        if (answer.Count == 0)
        {
            return Expectation.Nothing;
        }

        var handOff = answer.Select(m => m.HandedOff).FirstOrDefault(h => h is not null);
        var language = LanguageDetector.Detect(string.Join('\n', answer.Select(m => m.Text)));
        return new Expectation
        {
            HandOff = new HandOffExpected(handOff is not null, handOff),
            Language = language.Confidence >= LanguageDetector.Sure ? language.Language : null,
        };
    }

    /// <summary>YAML takes no control characters in a comment.</summary>
    private static string Printable(string text) => ShortText.Fit(string.Concat(text.Where(c => !char.IsControl(c) || c == '\n')).Trim(), 2_000);
}
