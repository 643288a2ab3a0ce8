using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Relais.Tests.Engine.Ai.Safety;

/// <summary>
/// A text that tries to talk an agent into something; written for Relais (injections.tsv). The file keeps readable what must not be
/// seen: \u{200b} is that character, {zw:…} has zero-width spaces between its letters, {tag:…} is in Unicode tags, {b64:…}, {hex:…}
/// and {rot:…} are written in that way; ⏎ parts messages, ⇒ an FAQ's question from its answer.
/// </summary>
/// <param name="Place">message, tool_result, document, product, contact_name or faq.</param>
internal sealed partial record Injection(string Id, string Language, string Place, string Technique, string Text)
{
    public static readonly IReadOnlyList<Injection> All = [.. File
        .ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Engine", "Ai", "Safety", "injections.tsv")).Skip(1).Where(line => line.Length > 0)
        .Select(line => line.Split('\t')).Select(cells => new Injection(cells[0], cells[1], cells[2], cells[3], Written(cells[4])))];

    /// <summary>The messages it comes in.</summary>
    public string[] Messages => Text.Split('⏎');

    /// <summary>Of an FAQ.</summary>
    public (string Question, string Answer) Faq => Text.Split(" ⇒ ", 2) is [var question, var answer] ? (question, answer) : ("", Text);

    /// <summary>What a reader makes of it: the text, its pieces put together, what is hidden in it.</summary>
    public IEnumerable<string> Readings =>
        [Text.Replace('⏎', '\n'), .. Technique == "splitting" ? [Text.Replace("⏎", "", StringComparison.Ordinal)] : Array.Empty<string>(), .. Encoded().Matches(Text).Select(m => TryDecode(m.Value))];

    private static string Written(string cell) => Macro().Replace(
        CodePoint().Replace(cell.Replace("\\n", "\n", StringComparison.Ordinal), m => char.ConvertFromUtf32(int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture))),
        m => m.Groups[1].Value switch
        {
            "zw" => string.Join('\u200b', m.Groups[2].Value.AsEnumerable()),
            "tag" => Disguise.Tags(m.Groups[2].Value),
            "b64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(m.Groups[2].Value)),
            "hex" => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(m.Groups[2].Value)),
            _ => Disguise.Rotated(m.Groups[2].Value),
        });

    private static string TryDecode(string word)
    {
        var bytes = new byte[word.Length];
        return Convert.TryFromBase64String(word, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }

    [GeneratedRegex(@"\{(?<how>zw|tag|b64|hex|rot):(?<what>[^}]*)\}", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Macro();

    [GeneratedRegex(@"\\u\{(?<code>[0-9a-f]+)\}", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex CodePoint();

    [GeneratedRegex("[A-Za-z0-9+/]{12,}={0,2}", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Encoded();
}
