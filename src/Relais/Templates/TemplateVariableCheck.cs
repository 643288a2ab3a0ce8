using System.Globalization;
using System.Text.RegularExpressions;
using Relais.Channels;

namespace Relais.Templates;

/// <summary>How variables have to be written in a text. Pure.</summary>
internal static partial class TemplateVariableCheck
{
    /// <summary>One sentence for each thing that is wrong.</summary>
    public static IEnumerable<string> Problems(string text, bool isNamed, bool isTwilio)
    {
        var rest = string.Concat(TemplateText.Between(text));
        if (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal))
        {
            yield return "A variable is written {{1}} or {{first_name}}: two braces on each side, letters, digits and underscores inside.";
        }

        var names = TemplateText.Variables(text);
        var numbers = names.Count(TemplateText.IsNumber);
        if (isNamed ? numbers > 0 : numbers < names.Count)
        {
            yield return "Use either numbers or names for all variables, not both.";
        }
        else if (numbers > 0 && !names.ToHashSet(StringComparer.Ordinal)
            .SetEquals(Enumerable.Range(1, names.Count).Select(n => n.ToString(CultureInfo.InvariantCulture))))
        {
            yield return "Number the variables {{1}}, {{2}}, {{3}} … without a gap.";
        }
        else if (isTwilio && numbers < names.Count)
        {
            yield return "Twilio's templates number their variables: {{1}}, {{2}} …";
        }
        else if (names.Any(name => !TemplateText.IsNumber(name) && !VariableName().IsMatch(name)))
        {
            yield return "Names of variables begin with a lower-case letter and have lower-case letters, digits and underscores.";
        }
    }

    /// <summary>Words that are no variables.</summary>
    public static int Words(IEnumerable<string> pieces) =>
        pieces.Sum(piece => piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit)));

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName();
}
