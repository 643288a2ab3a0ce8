using System.Globalization;
using System.Text.Json.Nodes;

namespace Relais.Channels.Twilio;

/// <summary>A template as a content resource of Twilio (Content API, content types).</summary>
internal static class TwilioTemplateWriter
{
    /// <summary>Twilio counts the variables of all parts together: those of header and addresses come after the body's.</summary>
    public static TemplateDefinition Renumber(TemplateDefinition template)
    {
        var parts = template.Parts;
        var next = TemplateText.Variables(parts.Body).Count;
        string Own(string text)
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            return TemplateText.Rename(text, name =>
            {
                if (!names.TryGetValue(name, out var own))
                {
                    names[name] = own = (++next).ToString(CultureInfo.InvariantCulture);
                }

                return own;
            });
        }

        return template with
        {
            Parts = parts with
            {
                Header = parts.Header is { Text: { } text } header ? header with { Text = Own(text) } : parts.Header,
                Buttons = [.. parts.Buttons.Select(b => b.Url is null ? b : b with { Url = Own(b.Url) })],
            },
        };
    }

    /// <summary>The body of a creation, of a template renumbered before.</summary>
    public static JsonObject Write(TemplateDefinition template)
    {
        var parts = template.Parts;
        var (type, content) = Content(parts);
        return new JsonObject
        {
            ["friendly_name"] = template.Name,
            ["language"] = template.Language,
            ["variables"] = Samples(parts),
            ["types"] = new JsonObject { [type] = content },
        };
    }

    /// <summary>The plainest type that can carry it.</summary>
    private static (string Type, JsonObject Content) Content(TemplateParts parts)
    {
        var content = new JsonObject { ["body"] = parts.Body };
        var replies = parts.Buttons.Count(b => b.Kind == "quick_reply");
        if (parts.Header is null && parts.Footer is null && (replies == 0 || replies == parts.Buttons.Count))
        {
            if (parts.Buttons.Count == 0)
            {
                return ("twilio/text", content);
            }

            content["actions"] = Actions(parts);
            return (replies > 0 ? "twilio/quick-reply" : "twilio/call-to-action", content);
        }

        if (parts is { Header.Kind: not "text", Footer: null, Buttons.Count: 0 })
        {
            content["media"] = new JsonArray(parts.Header.Example);
            return ("twilio/media", content);
        }

        if (parts.Header is { Kind: "text" } header)
        {
            content["header_text"] = header.Text;
        }
        else if (parts.Header is { } file)
        {
            content["media"] = new JsonArray(file.Example);
        }

        if (parts.Footer is { } footer)
        {
            content["footer"] = footer;
        }

        if (parts.Buttons.Count > 0)
        {
            content["actions"] = Actions(parts);
        }

        return ("whatsapp/card", content);
    }

    /// <summary>The id of a quick reply is its label, as at Meta: it comes back with the tap.</summary>
    private static JsonArray Actions(TemplateParts parts) => new([.. parts.Buttons.Select(button => button.Kind switch
    {
        "url" => new JsonObject { ["type"] = "URL", ["title"] = button.Text, ["url"] = button.Url },
        "phone" => new JsonObject { ["type"] = "PHONE_NUMBER", ["title"] = button.Text, ["phone"] = button.Phone },
        "copy_code" or "fixed_code" => new JsonObject { ["type"] = "COPY_CODE", ["title"] = button.Text, ["code"] = button.Example },
        _ => new JsonObject { ["type"] = "QUICK_REPLY", ["title"] = button.Text, ["id"] = button.Text },
    })]);

    private static JsonObject Samples(TemplateParts parts)
    {
        var samples = new JsonObject();
        foreach (var name in TemplateText.Variables(parts.Body))
        {
            samples[name] = parts.Examples?.GetValueOrDefault(name) ?? "";
        }

        foreach (var name in TemplateText.Variables(parts.Header?.Text))
        {
            samples[name] = parts.Header!.Example ?? "";
        }

        foreach (var button in parts.Buttons)
        {
            foreach (var name in TemplateText.Variables(button.Url))
            {
                samples[name] = Ending(button);
            }
        }

        return samples;
    }

    /// <summary>Meta's example is the whole address, Twilio's sample what the variable stands for.</summary>
    private static string Ending(TemplateButtonPart button)
    {
        var example = button.Example ?? "";
        var before = TemplateText.Between(button.Url!)[0];
        return example.StartsWith(before, StringComparison.Ordinal) ? example[before.Length..] : example;
    }
}
