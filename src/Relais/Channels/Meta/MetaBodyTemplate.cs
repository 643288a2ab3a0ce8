using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels.Meta;

/// <summary>A filled-in template as Meta's <c>template</c> object: only the components that have something to fill in.</summary>
internal static class MetaBodyTemplate
{
    public static void Write(Utf8JsonWriter json, Template template, OutboundMessage message)
    {
        json.WriteStartObject("template"u8);
        json.Words("name"u8, template.Name);
        json.WriteStartObject("language"u8);
        json.Words("code"u8, template.Language.Replace('-', '_'));
        json.WriteEndObject();
        if (template is { Header: not { Count: > 0 }, HeaderMedia: null, HeaderLocation: null, Body: not { Count: > 0 }, ButtonValues: not { Count: > 0 } })
        {
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray("components"u8);
        Header(json, template, message);
        if (template.Body is { Count: > 0 } body)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "body"u8);
            Variables(json, body);
            json.WriteEndObject();
        }

        foreach (var button in (template.ButtonValues ?? []).OrderBy(b => b.Index))
        {
            Button(json, button);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>"1", "2" … in their order, without names; named ones with theirs (parameter_format of the template).</summary>
    private static void Variables(Utf8JsonWriter json, IReadOnlyDictionary<string, string> values)
    {
        var isPositional = values.Keys.All(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var ordered = isPositional ? values.OrderBy(v => int.Parse(v.Key, CultureInfo.InvariantCulture)) : values.AsEnumerable();
        json.WriteStartArray("parameters"u8);
        foreach (var (name, value) in ordered)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "text"u8);
            json.Words("parameter_name"u8, isPositional ? null : name);
            json.Words("text"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Header(Utf8JsonWriter json, Template template, OutboundMessage message)
    {
        if (template is { Header: not { Count: > 0 }, HeaderMedia: null, HeaderLocation: null })
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "header"u8);
        if (template.Header is { Count: > 0 } header)
        {
            Variables(json, header);
        }
        else
        {
            json.WriteStartArray("parameters"u8);
            json.WriteStartObject();
            if (template.HeaderMedia is { } media)
            {
                json.WriteString("type"u8, media.Type);
                json.WriteStartObject(media.Type);
                MetaBody.File(json, media, message);
                json.WriteEndObject();
            }
            else
            {
                json.WriteString("type"u8, "location"u8);
                json.WriteStartObject("location"u8);
                MetaBody.Place(json, template.HeaderLocation!);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Button(Utf8JsonWriter json, TemplateButton button)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "button"u8);
        json.Words("sub_type"u8, button.Kind);
        json.WriteString("index"u8, button.Index.ToString(CultureInfo.InvariantCulture));
        json.WriteStartArray("parameters"u8);
        json.WriteStartObject();
        var kind = button.Kind switch
        {
            "url" => "text",
            "quick_reply" => "payload",
            "copy_code" => "coupon_code",
            _ => throw new UnreachableException(button.Kind),
        };
        json.WriteString("type"u8, kind);
        json.WriteString(kind, Foundation.CustomerText.Normalise(button.Value));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
