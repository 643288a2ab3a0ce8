using Relais.Channels;

namespace Relais.Templates;

/// <summary>How a template reads on the customer's phone.</summary>
internal static class TemplateReading
{
    /// <summary>Header, text and footer, a line apart. Buttons are not part of it.</summary>
    public static string Text(TemplateParts parts, IReadOnlyDictionary<string, string>? header, IReadOnlyDictionary<string, string>? body) =>
        string.Join("\n\n", ((string?[])
        [
            parts.Header?.Text is { Length: > 0 } top ? TemplateText.Fill(top, header) : null,
            TemplateText.Fill(parts.Body, body),
            parts.Footer,
        ]).Where(part => !string.IsNullOrEmpty(part)));
}
