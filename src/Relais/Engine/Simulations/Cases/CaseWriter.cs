using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relais.Engine.Simulations.Cases;

/// <summary>
/// Writes a case as YAML that <see cref="CaseReader"/> reads back as the same. Every text is a double-quoted JSON string, which is YAML too:
/// no word of a customer can become a field.
/// </summary>
internal static class CaseWriter
{
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="written">The case.</param>
    /// <param name="notes">Comments: index of a turn ⇒ lines that stand under it, such as what was said; may be null.</param>
    public static string Write(SimulationCase written, IReadOnlyDictionary<int, IReadOnlyList<string>>? notes = null)
    {
        var yaml = new StringBuilder();
        yaml.Append("name: ").Append(Quoted(written.Name)).Append("\nlanguage: ").Append(written.Language).Append('\n');
        if (written.Orders is { } orders)
        {
            yaml.Append("setup:\n  orders:").Append(orders.Count == 0 ? " []\n" : "\n");
            foreach (var order in orders)
            {
                yaml.Append("    - ").Append(Flow(Fields(order))).Append('\n');
            }
        }

        if (written.Persona is { } persona)
        {
            yaml.Append("persona: ").Append(Quoted(persona.Words)).Append("\ngoal: ").Append(Quoted(persona.Goal)).Append("\nmax_turns: ")
                .Append(persona.MostTurns).Append('\n');
        }

        if (written.Turns.Count > 0)
        {
            yaml.Append("turns:\n");
        }

        for (var i = 0; i < written.Turns.Count; i++)
        {
            var turn = written.Turns[i];
            yaml.Append("  - ").Append(string.Join("\n    ", Lines(turn))).Append('\n');
            Expect(yaml, turn.Expect, "    ");
            foreach (var note in notes?.GetValueOrDefault(i) ?? [])
            {
                yaml.Append("    # ").Append(Foundation.ShortText.OneLine(note)).Append('\n');
            }
        }

        Expect(yaml, written.Expect, "");
        return yaml.ToString();
    }

    /// <summary>A suite: its cases with "---" between.</summary>
    public static string Join(IEnumerable<string> cases) => string.Join("---\n", cases.Select(c => c.EndsWith('\n') ? c : c + "\n"));

    private static IEnumerable<string> Lines(CaseTurn turn)
    {
        if (turn.Tap is { } tap)
        {
            yield return "tap: " + Quoted(tap);
        }

        if (turn.Messages.Count > 0)
        {
            yield return "customer: " + (turn.Messages is [var one] ? Quoted(one) : Listed(turn.Messages));
        }

        if (turn.Sends is { } file)
        {
            yield return "sends: " + file;
        }
    }

    private static void Expect(StringBuilder yaml, Expectation expect, string indent)
    {
        var fields = new List<(string, string?)>
        {
            ("tools", expect.Tools is { } tools ? Listed(tools) : null),
            ("tools_not", ListedOrNot(expect.ToolsNot)),
            ("must_say", ListedOrNot(expect.MustSay)),
            ("must_not_say", ListedOrNot(expect.MustNotSay)),
            ("handoff", expect.HandOff is { } to ? to.Reason ?? (to.Happens ? "true" : "false") : null),
            ("language", expect.Language),
            ("silent", expect.Silent is { } silent ? (silent ? "true" : "false") : null),
            ("orders", expect.Orders.Count == 0 ? null : Flow(expect.Orders.Select(o => (Quoted(o.Key), (string?)o.Value)))),
        };
        fields.RemoveAll(f => f.Item2 is null);
        if (fields.Count > 0)
        {
            yaml.Append(indent).Append("expect:\n");
            fields.ForEach(f => yaml.Append(indent).Append("  ").Append(f.Item1).Append(": ").Append(f.Item2).Append('\n'));
        }
    }

    private static IEnumerable<(string, string?)> Fields(CaseOrder order) =>
    [
        ("number", Quoted(order.Number)), ("status", order.Status), ("mine", order.IsMine ? null : "false"),
        ("carrier", order.Carrier is { } carrier ? Quoted(carrier) : null),
        ("expected_on", order.ExpectedOn is { } day ? Quoted(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null),
        ("total_minor", order.TotalMinor?.ToString(CultureInfo.InvariantCulture)), ("currency", order.Currency is { } money ? Quoted(money) : null),
    ];

    private static string Flow(IEnumerable<(string Name, string? Value)> fields) =>
        "{ " + string.Join(", ", fields.Where(f => f.Value is not null).Select(f => $"{f.Name}: {f.Value}")) + " }";

    private static string? ListedOrNot(IReadOnlyList<string> texts) => texts.Count == 0 ? null : Listed(texts);

    private static string Listed(IReadOnlyList<string> texts) => "[" + string.Join(", ", texts.Select(Quoted)) + "]";

    /// <summary>YAML 1.1 readers end lines at U+0085, U+2028 and U+2029 too, and refuse U+FEFF; JSON's escapes of them are YAML's.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Quoting)
        .Replace("\u0085", "\\u0085", StringComparison.Ordinal).Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal).Replace("\ufeff", "\\ufeff", StringComparison.Ordinal);
}
