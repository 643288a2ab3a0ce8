using Relais.Channels;

namespace Relais.Templates;

/// <summary>A template looked at with values, before anybody sends it. Pure.</summary>
internal static class TemplatePreview
{
    public static PreviewAnswer Of(StoredTemplate template, PreviewRequest values)
    {
        var parts = template.Parts;

        // Files and places are shown by their kind: nobody has chosen one yet.
        var given = new OutboundContent.Template(template.Name, template.Language)
        {
            Header = values.Header, Body = values.Body ?? values.Variables, ButtonValues = values.Buttons,
        };
        var filled = TemplateFilling.Fill(template, given);
        var problems = filled.Problems.Where(p => !p.Field.StartsWith("header_", StringComparison.Ordinal)).ToList();
        var all = filled.Content.Body;
        return new PreviewAnswer(
            filled.Content.Shown!,
            parts.Header is not { } header ? null : header.Text is { } text ? TemplateText.Fill(text, filled.Content.Header ?? all) : $"[{header.Kind}]",
            TemplateText.Fill(parts.Body, all),
            parts.Footer,
            [.. parts.Buttons.Select((button, i) => button.Url is null ? button : button with { Url = Address(button.Url, i, filled.Content) })],
            [.. filled.Missing.Where(field => !field.StartsWith("header_", StringComparison.Ordinal))],
            filled.Superfluous,
            problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(p => p.Reason).ToArray(), StringComparer.Ordinal));
    }

    private static string Address(string url, int index, OutboundContent.Template content)
    {
        var value = content.ButtonValues?.FirstOrDefault(b => b.Index == index)?.Value;
        return TemplateText.Fill(url, value is null ? content.Body
            : TemplateText.Variables(url).ToDictionary(name => name, _ => value, StringComparer.Ordinal));
    }
}
