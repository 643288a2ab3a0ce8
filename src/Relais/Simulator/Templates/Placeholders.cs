using System.Text.RegularExpressions;

namespace Relais.Simulator.Templates;

/// <summary>The <c>{{1}}</c> and <c>{{first_name}}</c> of a template's text.</summary>
internal static partial class Placeholders
{
    /// <summary>Names in order of appearance, each once.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Pattern().Matches(text).Select(m => m.Groups["name"].Value).Distinct()];

    /// <summary>The text with its variables; those without a value stay as they are.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Pattern().Replace(text, m => values.GetValueOrDefault(m.Groups["name"].Value, m.Value));

    public static bool StandsAtAnEnd(string text) => text.Trim() is var t && (Leading().IsMatch(t) || Trailing().IsMatch(t));

    public static bool StandSideBySide(string text) => Adjacent().IsMatch(text);

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]+)\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^\{\{[^}]*\}\}", RegexOptions.None, 1000)]
    private static partial Regex Leading();

    [GeneratedRegex(@"\{\{[^}]*\}\}$", RegexOptions.None, 1000)]
    private static partial Regex Trailing();

    [GeneratedRegex(@"\}\}\s*\{\{", RegexOptions.None, 1000)]
    private static partial Regex Adjacent();
}
