using Relais.Channels;

namespace Relais.Templates;

/// <summary>A template with its variables, or what stands in the way.</summary>
/// <param name="Content">Ready for the wire when <paramref name="Problems"/> is empty; else as far as it could be filled.</param>
/// <param name="Missing">Names of values that are missing, as fields of the content: <c>body.1</c>, <c>header_media</c>, <c>buttons[0]</c>.</param>
/// <param name="Superfluous">Values that the template has no place for.</param>
/// <param name="Problems">Everything that is wrong, by field.</param>
internal sealed record FilledTemplate(
    OutboundContent.Template Content, IReadOnlyList<string> Missing, IReadOnlyList<string> Superfluous, IReadOnlyList<ContentProblem> Problems);

/// <summary>
/// In: a template and the values somebody gives. Out: the content as it may be sent, with how it reads, or each missing and each
/// superfluous value by name. Pure.
/// </summary>
internal sealed class TemplateFilling
{
    /// <summary>WhatsApp's limit holds for the text with its values too (132005).</summary>
    private const int LongestBody = 1024;
    private const int LongestHeader = 60;

    private readonly TemplateParts parts;
    private readonly bool isTwilio;
    private readonly List<string> missing = [];
    private readonly List<string> superfluous = [];
    private readonly List<ContentProblem> problems = [];

    private TemplateFilling(TemplateParts parts, bool isTwilio) => (this.parts, this.isTwilio) = (parts, isTwilio);

    public static FilledTemplate Fill(StoredTemplate template, OutboundContent.Template given) =>
        new TemplateFilling(template.Parts, template.IsTwilio).Run(template, given);

    private FilledTemplate Run(StoredTemplate template, OutboundContent.Template given)
    {
        // Twilio has one set of variables for the whole template: {{3}} of the header may as well be given with the body.
        var header = isTwilio ? Join(given.Header, given.Body) : given.Header;
        var body = isTwilio ? header : given.Body;
        var headerNames = TemplateText.Variables(parts.Header?.Text);
        var bodyNames = TemplateText.Variables(parts.Body);
        var filledHeader = Values("header", headerNames, header, isTwilio ? bodyNames : []);
        var filledBody = Values("body", bodyNames, body, isTwilio ? headerNames : []);
        var buttons = new TemplateButtonValues(parts.Buttons, missing, superfluous, problems).Read(given.ButtonValues, filledBody);
        var content = given with
        {
            Language = template.Language,
            ProviderId = isTwilio ? template.ProviderId : null,
            Header = isTwilio ? null : filledHeader,
            Body = isTwilio ? Join(Join(filledHeader, filledBody), InUrls(buttons)) : filledBody,
            ButtonValues = isTwilio ? null : buttons,
        };
        CheckHeaderFile(given);
        content = content with { Shown = TemplateReading.Text(parts, filledHeader, filledBody) };
        CheckLength(filledHeader, filledBody);
        return new FilledTemplate(content, missing, superfluous, problems);
    }

    private Dictionary<string, string>? Values(
        string place, IReadOnlyList<string> wanted, IReadOnlyDictionary<string, string>? given, IReadOnlyList<string> elsewhere)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in wanted)
        {
            var field = $"{place}.{name}";
            if (given is not null && given.TryGetValue(name, out var value) && TemplateValue.Clean(value) is { Length: > 0 } clean)
            {
                values[name] = clean;
            }
            else
            {
                missing.Add(field);
                problems.Add(new ContentProblem(field, $"The template needs a value for {{{{{name}}}}} in its {place}."));
            }
        }

        foreach (var name in (given?.Keys ?? []).Except(wanted).Except(elsewhere).Order(StringComparer.Ordinal))
        {
            var field = $"{place}.{name}";
            if (!superfluous.Contains(field) && !(isTwilio && place == "header"))
            {
                superfluous.Add(field);
                problems.Add(new ContentProblem(field, $"The template has no variable {{{{{name}}}}} in its {place}; leave it out."));
            }
        }

        return values.Count == 0 ? null : values;
    }

    private void CheckHeaderFile(OutboundContent.Template given)
    {
        // Twilio's file is part of the template.
        var kind = parts.Header?.Kind;
        if (kind is "image" or "video" or "document" && !isTwilio)
        {
            if (given.HeaderMedia is null)
            {
                missing.Add("header_media");
                problems.Add(new ContentProblem("header_media", $"The template's header is a file: give header_media of type {kind}."));
            }
            else if (given.HeaderMedia.Type != kind)
            {
                problems.Add(new ContentProblem("header_media.type", $"The template's header takes {kind}, not {given.HeaderMedia.Type}."));
            }
        }
        else if (given.HeaderMedia is not null)
        {
            superfluous.Add("header_media");
            problems.Add(new ContentProblem("header_media", "The template's header takes no file from here; leave it out."));
        }

        if (kind == "location" && given.HeaderLocation is null)
        {
            missing.Add("header_location");
            problems.Add(new ContentProblem("header_location", "The template's header is a place: give header_location with latitude and longitude."));
        }
        else if (kind != "location" && given.HeaderLocation is not null)
        {
            superfluous.Add("header_location");
            problems.Add(new ContentProblem("header_location", "The template has no place in its header; leave it out."));
        }
    }

    private void CheckLength(Dictionary<string, string>? header, Dictionary<string, string>? body)
    {
        var length = TemplateText.Fill(parts.Body, body).Length;
        if (length > LongestBody)
        {
            problems.Add(new ContentProblem("body", $"With its values the text has {length} characters; WhatsApp takes {LongestBody}."));
        }

        var top = TemplateText.Fill(parts.Header?.Text ?? "", header).Length;
        if (top > LongestHeader)
        {
            problems.Add(new ContentProblem("header", $"With its value the header has {top} characters; WhatsApp takes {LongestHeader}."));
        }
    }

    /// <summary>Values of the buttons under the names that their addresses have for them.</summary>
    private Dictionary<string, string>? InUrls(IReadOnlyList<TemplateButton>? buttons) => buttons?
        .SelectMany(b => TemplateText.Variables(parts.Buttons[b.Index].Url).Select(name => (name, b.Value)))
        .DistinctBy(v => v.name).ToDictionary(v => v.name, v => v.Value, StringComparer.Ordinal);

    private static Dictionary<string, string>? Join(IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other)
    {
        if (one is null && other is null)
        {
            return null;
        }

        var both = new Dictionary<string, string>(other ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, value) in one ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            both[name] = value;
        }

        return both;
    }
}
