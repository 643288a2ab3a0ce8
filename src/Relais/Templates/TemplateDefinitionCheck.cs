using System.Text.RegularExpressions;
using Relais.Channels;

namespace Relais.Templates;

/// <summary>
/// What WhatsApp would refuse of a template, found before it leaves, each with the field that is wrong. Pure. Limits: Meta's
/// message templates (components, template review) and Twilio's content types.
/// </summary>
internal sealed partial class TemplateDefinitionCheck
{
    private const int LongestBody = 1024;
    private const int LongestLine = 60;

    private readonly List<ContentProblem> problems = [];
    private readonly TemplateDefinition template;
    private readonly bool isTwilio;

    private TemplateDefinitionCheck(TemplateDefinition template, bool isTwilio) => (this.template, this.isTwilio) = (template, isTwilio);

    public static IReadOnlyList<ContentProblem> Problems(TemplateDefinition template, bool isTwilio)
    {
        var check = new TemplateDefinitionCheck(template, isTwilio);
        check.Names();
        check.Body();
        check.Header();
        check.Footer();
        check.problems.AddRange(TemplateButtonCheck.Problems(template.Parts.Buttons, isTwilio));
        return check.problems;
    }

    private void Names()
    {
        if (!Name().IsMatch(template.Name))
        {
            Wrong("name", "name is 1 to 512 lower-case letters, digits and underscores, such as order_confirmation.");
        }

        if (!Language().IsMatch(template.Language))
        {
            Wrong("language", "language is one of WhatsApp's codes, such as fr, ar or en_US.");
        }

        if (template.Category == "authentication")
        {
            Wrong("category", "WhatsApp writes the text of authentication templates itself: make them in WhatsApp Manager, then sync.");
        }
        else if (template.Category is not ("marketing" or "utility"))
        {
            Wrong("category", "category is marketing or utility.");
        }
    }

    private void Body()
    {
        var body = template.Parts.Body;
        if (body.Length == 0)
        {
            Wrong("body", "body is missing: the text that the customer reads.");
            return;
        }

        if (body.Length > LongestBody)
        {
            Wrong("body", $"body may have {LongestBody} characters; this one has {body.Length}.");
        }

        var names = TemplateText.Variables(body);
        var pieces = TemplateText.Between(body);
        if (names.Count > 0 && (pieces[0].Trim().Length == 0 || pieces[^1].Trim().Length == 0))
        {
            Wrong("body", "body may neither begin nor end with a variable: put a word before it, or a full stop after it.");
        }

        if (pieces.Skip(1).SkipLast(1).Any(piece => piece.Trim().Length == 0))
        {
            Wrong("body", "Two variables stand next to each other; put words between them.");
        }

        Braces("body", body);
        Numbering("body", names);
        if (names.Count > 0 && Words(pieces) < (2 * names.Count) + 1)
        {
            Wrong("body", $"The text is too short for {names.Count} variables: WhatsApp wants at least {(2 * names.Count) + 1} other words.");
        }

        foreach (var name in names.Where(name => string.IsNullOrWhiteSpace(template.Parts.Examples?.GetValueOrDefault(name))))
        {
            Wrong($"examples.{name}", $"Give an example for {{{{{name}}}}}: the reviewers at WhatsApp want to see one.");
        }

        foreach (var stray in (template.Parts.Examples?.Keys ?? []).Except(names))
        {
            Wrong($"examples.{stray}", $"body has no variable {{{{{stray}}}}}.");
        }
    }

    private void Header()
    {
        if (template.Parts.Header is not { } header)
        {
            return;
        }

        switch (header.Kind)
        {
            case "text":
                TextHeader(header);
                break;
            case "image" or "video" or "document" when isTwilio:
                if (!Uri.TryCreate(header.Example, UriKind.Absolute, out var link) || link.Scheme != Uri.UriSchemeHttps)
                {
                    Wrong("header.example", "On Twilio the file belongs to the template: give its public https link as header.example.");
                }

                break;
            case "image" or "video" or "document":
                if (string.IsNullOrWhiteSpace(header.Example))
                {
                    Wrong("header.example", "Give header.example: Meta's handle of a sample file (Resumable Upload API).");
                }

                break;
            case "location" when !isTwilio:
                break;
            default:
                Wrong("header.kind", isTwilio ? "header.kind is text, image, video or document." : "header.kind is text, image, video, document or location.");
                break;
        }
    }

    private void TextHeader(TemplateHeader header)
    {
        var text = header.Text ?? "";
        var names = TemplateText.Variables(text);
        if (text.Length is 0 or > LongestLine)
        {
            Wrong("header.text", $"header.text has 1 to {LongestLine} characters; this one has {text.Length}.");
        }

        if (text.AsSpan().IndexOfAny('\n', '\r', '*') >= 0)
        {
            Wrong("header.text", "header.text is one plain line: no line breaks and no asterisks.");
        }

        if (names.Count > 1)
        {
            Wrong("header.text", "header.text may have one variable.");
        }

        Braces("header.text", text);
        Numbering("header.text", names);
        if (names.Count > 0 && string.IsNullOrWhiteSpace(header.Example))
        {
            Wrong("header.example", $"Give an example for {{{{{names[0]}}}}} as header.example.");
        }
    }

    private void Footer()
    {
        var footer = template.Parts.Footer;
        if (footer?.Length > LongestLine)
        {
            Wrong("footer", $"footer may have {LongestLine} characters; this one has {footer.Length}.");
        }

        if (footer?.Contains("{{", StringComparison.Ordinal) == true)
        {
            Wrong("footer", "footer takes no variables.");
        }
    }

    private void Braces(string field, string text)
    {
        if (string.Concat(TemplateText.Between(text)) is var rest && (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)))
        {
            Wrong(field, "A variable is written {{1}} or {{first_name}}: two braces on each side, letters, digits and underscores inside.");
        }
    }

    private void Numbering(string field, IReadOnlyList<string> names)
    {
        var numbers = names.Count(TemplateText.IsNumber);
        if (template.Parts.IsNamed() ? numbers > 0 : numbers < names.Count)
        {
            Wrong(field, "Use either numbers or names for all variables, not both.");
        }
        else if (numbers > 0 && !names.Order(StringComparer.Ordinal).SequenceEqual(
            Enumerable.Range(1, names.Count).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)))
        {
            Wrong(field, "Number the variables {{1}}, {{2}}, {{3}} … without a gap.");
        }
        else if (isTwilio && numbers < names.Count)
        {
            Wrong(field, "Twilio's templates number their variables: {{1}}, {{2}} …");
        }
        else if (names.Any(name => !TemplateText.IsNumber(name) && !VariableName().IsMatch(name)))
        {
            Wrong(field, "Names of variables begin with a lower-case letter and have lower-case letters, digits and underscores.");
        }
    }

    private void Wrong(string field, string reason) => problems.Add(new ContentProblem(field, reason));

    private static int Words(IEnumerable<string> pieces) =>
        pieces.Sum(piece => piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit)));

    [GeneratedRegex("^[a-z0-9_]{1,512}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z]{2,3}(_[A-Z]{2,3})?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Language();

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName();
}
