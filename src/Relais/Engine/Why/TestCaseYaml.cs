using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Engine.Why;

/// <summary>
/// A chat as a simulation case (docs/simulations.md), without personal data. Every text is a double-quoted JSON string, which is YAML:
/// no customer's word can become a field.
/// </summary>
internal static class TestCaseYaml
{
    /// <summary>Breaths before the one in question: enough to understand it.</summary>
    private const int MostBefore = 5;

    private const int LongestMessage = 2_000;
    private const int LongestExpected = 200;

    /// <summary>What the format knows as files without words.</summary>
    private static readonly string[] Files = ["audio", "image", "video", "document", "sticker", "location", "contacts"];

    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="name">Of the case.</param>
    /// <param name="exchange">The chat.</param>
    /// <param name="trace">Of what was said, or null.</param>
    /// <param name="isGood">True: it has to stay so. False: it must not be said again.</param>
    public static string Write(string name, Exchange exchange, StoredTrace? trace, bool isGood)
    {
        var language = trace?.Language ?? exchange.Language;
        var yaml = new StringBuilder();
        yaml.Append("name: ").Append(Quoted(name)).Append("\nlanguage: ").Append(language).Append("\nturns:\n");
        foreach (var breath in exchange.Before.TakeLast(MostBefore))
        {
            Turn(yaml, breath, exchange.CustomerName);
        }

        Turn(yaml, exchange.Asked, exchange.CustomerName);
        yaml.Append("    expect:\n");
        foreach (var (field, value) in isGood ? Good(exchange, trace) : Bad(exchange, trace))
        {
            yaml.Append("      ").Append(field).Append(": ").Append(value).Append('\n');
        }

        return yaml.Append("      language: ").Append(language).Append('\n').ToString();
    }

    private static void Turn(StringBuilder yaml, IReadOnlyList<ToldMessage> breath, string? customer)
    {
        var said = breath.Where(m => m.Content.Length > 0).Select(m => Clean(m.Content, customer, LongestMessage)).ToList();
        var file = breath.FirstOrDefault(m => m.Content.Length == 0 && Files.Contains(m.Type))?.Type;
        var lines = new List<string>();
        if (said.Count > 0 || file is null)
        {
            lines.Add("customer: " + (said is [var one] ? Quoted(one) : said.Count == 0 ? Quoted("?") : Listed(said)));
        }

        if (file is not null)
        {
            lines.Add("sends: " + file);
        }

        yaml.Append("  - ").AppendJoin("\n    ", lines).Append('\n');
    }

    private static IEnumerable<(string, string)> Good(Exchange exchange, StoredTrace? trace)
    {
        if (trace is not null)
        {
            yield return ("tools", Listed([.. (trace.ReadDetail().Tools ?? []).Select(t => t.Name).Distinct(StringComparer.Ordinal)]));
            yield return ("handoff", trace.Handoff ?? "false");
        }

        // A model says it otherwise the next time; the built-in agent's words are the owner's.
        if (trace is { Provider: "built_in", Handoff: null } && FirstLine(exchange) is { } line)
        {
            yield return ("must_say", Listed([line]));
        }
    }

    private static IEnumerable<(string, string)> Bad(Exchange exchange, StoredTrace? trace)
    {
        if (trace?.Handoff is not null)
        {
            yield return ("handoff", "false");
        }
        else if (FirstLine(exchange) is { } line)
        {
            yield return ("must_not_say", Listed([line]));
        }
    }

    /// <summary>What was said, as far as it is told apart by.</summary>
    private static string? FirstLine(Exchange exchange) => exchange.Said?.Content.Split('\n').Select(l => l.Trim())
        .Where(l => l.Length > 0).OrderByDescending(l => l.Length).FirstOrDefault() is { } line
        ? Clean(line, exchange.CustomerName, LongestExpected).TrimEnd('…') : null;

    private static string Clean(string text, string? customer, int longest) => Cut.To(PersonalData.Without(CustomerText.Normalise(text), customer), longest);

    private static string Listed(IReadOnlyList<string> texts) => "[" + string.Join(", ", texts.Select(Quoted)) + "]";

    /// <summary>Readers of YAML 1.1 end lines at U+0085, U+2028 and U+2029 too, and refuse U+FEFF; JSON's escapes of them are YAML's.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Quoting)
        .Replace("\u0085", "\\u0085", StringComparison.Ordinal).Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal).Replace("\ufeff", "\\ufeff", StringComparison.Ordinal);
}
