using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>Templates as Meta lists them (business management API, message templates: components).</summary>
internal static class MetaTemplateReader
{
    /// <summary>As listed; null without an id or a name.</summary>
    public static ListedTemplate? Read(JsonElement item)
    {
        if (item.Text("id"u8) is not { } id || item.Text("name"u8) is not { } name)
        {
            return null;
        }

        var parts = Parts(item.Get("components"u8));
        var reason = item.Text("rejected_reason"u8);
        return new ListedTemplate(
            id,
            new TemplateDefinition(name, (item.Text("language"u8) ?? "").Replace('-', '_'), ProviderText.Word(item.Text("category"u8), "utility"), parts),
            ProviderText.Word(item.Text("parameter_format"u8), parts.IsNamed() ? "named" : "positional") == "named",
            ProviderText.Word(item.Text("status"u8), "pending"),
            reason is null or "NONE" ? null : reason,
            item.Get("quality_score"u8).Text("score"u8)?.ToLowerInvariant());
    }

    /// <param name="components">Meta's list of them.</param>
    /// <param name="withFile">Whether to keep the example of a file in the header; in lists it is a link that differs each time.</param>
    public static TemplateParts Parts(JsonElement components, bool withFile = false)
    {
        var body = "";
        TemplateHeader? header = null;
        string? footer = null;
        var buttons = new List<TemplateButtonPart>();
        var unsupported = new List<string>();
        Dictionary<string, string>? examples = null;
        foreach (var component in components.Items())
        {
            var type = ProviderText.Word(component.Text("type"u8), "unknown");
            switch (type)
            {
                case "header":
                    header = ReadHeader(component, withFile);
                    break;
                case "body":
                    body = component.Text("text"u8) ?? "";
                    examples = ReadExamples(component.Get("example"u8), body);
                    break;
                case "footer":
                    footer = component.Text("text"u8);
                    break;
                case "buttons":
                    buttons.AddRange(component.Get("buttons"u8).Items().Select(ReadButton));
                    break;
                default:
                    unsupported.Add(type);
                    break;
            }
        }

        unsupported.AddRange(buttons.Where(b => b.Kind is "mpm" or "spm" or "order_details").Select(b => b.Kind));
        return new TemplateParts(body)
        {
            Header = header, Footer = footer, Buttons = buttons, Examples = examples, Unsupported = unsupported.Count > 0 ? unsupported : null,
        };
    }

    private static TemplateHeader ReadHeader(JsonElement header, bool withFile)
    {
        var example = header.Get("example"u8);
        var kind = ProviderText.Word(header.Text("format"u8), "text");
        return new TemplateHeader(
            kind == "gif" ? "video" : kind, header.Text("text"u8),
            (withFile ? First(example.Get("header_handle"u8)) : null) ?? First(example.Get("header_text"u8))
                ?? example.Get("header_text_named_params"u8).Items().Select(p => p.Text("example"u8)).FirstOrDefault());
    }

    private static Dictionary<string, string>? ReadExamples(JsonElement example, string body)
    {
        var examples = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var named in example.Get("body_text_named_params"u8).Items())
        {
            if (named.Text("param_name"u8) is { } name)
            {
                examples[name] = named.Text("example"u8) ?? "";
            }
        }

        var rows = example.Get("body_text"u8);
        var row = rows.Items().FirstOrDefault();
        var values = (row.ValueKind == JsonValueKind.Array ? row : rows).Items().Select(v => v.Scalar() ?? "").ToList();
        foreach (var (name, value) in TemplateText.Variables(body).Zip(values))
        {
            examples.TryAdd(name, value);
        }

        return examples.Count > 0 ? examples : null;
    }

    private static TemplateButtonPart ReadButton(JsonElement button)
    {
        var kind = ProviderText.Word(button.Text("type"u8), "unknown") switch
        {
            "phone_number" => "phone",
            var other => other,
        };
        return new TemplateButtonPart(kind, button.Text("text"u8) ?? "")
        {
            Url = button.Text("url"u8), Phone = button.Text("phone_number"u8), Example = First(button.Get("example"u8)),
        };
    }

    /// <summary>The first text of a list, or the text when it stands alone.</summary>
    private static string? First(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.Items().Select(v => v.Scalar()).FirstOrDefault() : value.Scalar();
}
