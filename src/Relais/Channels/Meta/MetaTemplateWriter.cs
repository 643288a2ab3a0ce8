using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Channels.Meta;

/// <summary>A template as Meta wants it created (business management API, message templates: components).</summary>
internal static class MetaTemplateWriter
{
    public static JsonSerializerOptions Lean { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of a creation.</summary>
    public static JsonObject Write(TemplateDefinition template)
    {
        var parts = template.Parts;
        var isNamed = parts.IsNamed();
        var components = new JsonArray();
        if (parts.Header is { } header)
        {
            components.Add(Header(header, isNamed));
        }

        components.Add(Body(parts, isNamed));
        if (parts.Footer is { } footer)
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["text"] = footer });
        }

        if (parts.Buttons.Count > 0)
        {
            components.Add(new JsonObject { ["type"] = "BUTTONS", ["buttons"] = new JsonArray([.. parts.Buttons.Select(Button)]) });
        }

        return new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = template.Language,
            ["category"] = template.Category.ToUpperInvariant(),
            ["parameter_format"] = isNamed ? "NAMED" : "POSITIONAL",
            ["allow_category_change"] = template.AllowCategoryChange,
            ["components"] = components,
        };
    }

    private static JsonObject Header(TemplateHeader header, bool isNamed)
    {
        var written = new JsonObject { ["type"] = "HEADER", ["format"] = header.Kind.ToUpperInvariant() };
        if (header.Kind == "text")
        {
            written["text"] = header.Text;
            if (TemplateText.Variables(header.Text) is [var name, ..])
            {
                written["example"] = isNamed
                    ? new JsonObject { ["header_text_named_params"] = new JsonArray(Example(name, header.Example)) }
                    : new JsonObject { ["header_text"] = new JsonArray(header.Example ?? "") };
            }
        }
        else if (header.Kind != "location")
        {
            written["example"] = new JsonObject { ["header_handle"] = new JsonArray(header.Example ?? "") };
        }

        return written;
    }

    private static JsonObject Body(TemplateParts parts, bool isNamed)
    {
        var written = new JsonObject { ["type"] = "BODY", ["text"] = parts.Body };
        var names = TemplateText.Variables(parts.Body);
        if (names.Count > 0)
        {
            written["example"] = isNamed
                ? new JsonObject { ["body_text_named_params"] = new JsonArray([.. names.Select(name => Example(name, parts.Examples?.GetValueOrDefault(name)))]) }
                : new JsonObject
                {
                    ["body_text"] = new JsonArray(new JsonArray(
                        [.. names.OrderBy(int.Parse).Select(name => JsonValue.Create(parts.Examples?.GetValueOrDefault(name) ?? ""))])),
                };
        }

        return written;
    }

    private static JsonObject Example(string name, string? value) => new() { ["param_name"] = name, ["example"] = value ?? "" };

    private static JsonObject Button(TemplateButtonPart button)
    {
        switch (button.Kind)
        {
            case "url":
                var url = new JsonObject { ["type"] = "URL", ["text"] = button.Text, ["url"] = button.Url };
                if (TemplateText.Variables(button.Url).Count > 0)
                {
                    url["example"] = new JsonArray(button.Example ?? "");
                }

                return url;
            case "phone":
                return new JsonObject { ["type"] = "PHONE_NUMBER", ["text"] = button.Text, ["phone_number"] = button.Phone };
            case "copy_code":
                return new JsonObject { ["type"] = "COPY_CODE", ["example"] = button.Example };
            default:
                return new JsonObject { ["type"] = button.Kind.ToUpperInvariant(), ["text"] = button.Text };
        }
    }
}
