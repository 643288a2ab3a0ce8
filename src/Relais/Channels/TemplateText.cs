using System.Text.RegularExpressions;

namespace Relais.Channels;

/// <summary>Texts with variables in double braces.</summary>
internal static partial class TemplateText
{
    /// <summary>Names of the variables in the order of their first use, each once.</summary>
    public static IReadOnlyList<string> Variables(string? text) =>
        text is null ? [] : [.. Variable().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>The text with the values put in; a variable without one stays as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string>? values) => values is null ? text
        : Variable().Replace(text, match => values.TryGetValue(match.Groups["name"].Value, out var value) ? value : match.Value);

    /// <summary>The same variables under other names.</summary>
    public static string Rename(string text, Func<string, string> rename) =>
        Variable().Replace(text, match => $"{{{{{rename(match.Groups["name"].Value)}}}}}");

    /// <summary>The words around the variables, in pieces: before the first, between two, after the last.</summary>
    public static IReadOnlyList<string> Between(string text)
    {
        // Regex.Split would put the names between the words.
        var pieces = new List<string>();
        foreach (var piece in Variable().EnumerateSplits(text))
        {
            pieces.Add(text[piece]);
        }

        return pieces;
    }

    public static bool IsNumber(string name) => name.All(char.IsAsciiDigit);

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]+)\s*\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
