using static Relais.Channels.OutboundContent;

namespace Relais.Channels;

/// <summary>
/// What can be said of a filled-in template without knowing the template: names, variables that hold something, one header.
/// Whether all variables are there is Templates' word.
/// </summary>
internal static class TemplateCheck
{
    private const int LongestName = 512;
    private const int LongestValue = 1024;

    public static void Of(Template template, ContentLimits limits, ContentProblems problems)
    {
        problems.Line("name", template.Name, LongestName);
        if (limits.TemplateAddress)
        {
            problems.Line("language", template.Language, 16);
        }

        Variables("header", template.Header, problems);
        Variables("body", template.Body, problems);
        var headers = (template.Header is { Count: > 0 } ? 1 : 0) + (template.HeaderMedia is null ? 0 : 1) + (template.HeaderLocation is null ? 0 : 1);
        if (headers > 1)
        {
            problems.Add("header_media", "A template has one header: words, a file or a place.");
        }

        if (template.HeaderMedia is { } media)
        {
            if (media is Image or Video or Document)
            {
                ContentCheck.Check(media, "header_media.", limits, problems);
            }
            else
            {
                problems.Add("header_media.type", "The file of a template's header is an image, a video or a document.");
            }
        }

        if (template.HeaderLocation is { } place)
        {
            ContentCheck.Check(place, "header_location.", problems);
            problems.Line("header_location.name", place.Name, LongestValue);
            problems.Line("header_location.address", place.Address, LongestValue);
        }

        Buttons(template.ButtonValues ?? [], problems);
    }

    /// <summary>Meta refuses line ends, tabs and more than four spaces in a row inside a variable (132007); Twilio refuses empty ones (21656).</summary>
    private static void Variables(string field, IReadOnlyDictionary<string, string>? values, ContentProblems problems)
    {
        foreach (var (name, value) in values ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            problems.Line($"{field}.{name}", value, LongestValue);
            if (value?.Contains("     ", StringComparison.Ordinal) == true)
            {
                problems.Add($"{field}.{name}", $"{field}.{name} has more than four spaces in a row.");
            }
        }
    }

    private static void Buttons(IReadOnlyList<TemplateButton> buttons, ContentProblems problems)
    {
        for (var i = 0; i < buttons.Count; i++)
        {
            if (buttons[i] is not { } button)
            {
                problems.Add($"buttons[{i}]", $"buttons[{i}] is null.");
                continue;
            }

            if (button.Index is < 0 or > 9)
            {
                problems.Add($"buttons[{i}].index", "A template has ten buttons at most, counted from 0.");
            }

            if (button.Kind is not ("url" or "quick_reply" or "copy_code"))
            {
                problems.Add($"buttons[{i}].kind", "kind is url, quick_reply or copy_code.");
            }

            problems.Line($"buttons[{i}].value", button.Value, button.Kind == "copy_code" ? 20 : button.Kind == "quick_reply" ? 256 : 2000);
        }
    }
}
