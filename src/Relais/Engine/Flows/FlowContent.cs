using System.Globalization;
using System.Text.Json;
using Relais.Channels;

namespace Relais.Engine.Flows;

/// <summary>What a widget says: its text, file, template or choices, in the conversation's language where the flow has one for it.</summary>
internal static class FlowContent
{
    /// <summary>Null when there is nothing to say.</summary>
    /// <param name="run">The run.</param>
    /// <param name="widget">send-message or send-and-wait-for-reply.</param>
    /// <param name="body">Instead of the widget's own text; null for that.</param>
    public static OutboundContent? Of(FlowRun run, FlowWidget widget, string? body = null)
    {
        if (widget.Text("message_type") == "content_template" || (widget.Text("content_sid") is { Length: > 0 } && widget.Text("body") is not { Length: > 0 }))
        {
            return body is null ? Template(run, widget) : new OutboundContent.Text(body);
        }

        var own = widget.Object("relais");
        var text = body ?? run.Render(Own(run, own, "body") ?? widget.Text("body")).Trim();
        if (Choices(run, own) is { Count: > 0 } choices)
        {
            return new OutboundContent.Choices(text.Length > 0 ? text : "…", choices, NullIfEmpty(run.Render(Own(run, own, "button"))))
            {
                Header = NullIfEmpty(run.Render(Own(run, own, "header"))),
                Footer = NullIfEmpty(run.Render(Own(run, own, "footer"))),
                Language = run.World.Language,
            };
        }

        if (body is null && File(run, widget, own, text) is { } file)
        {
            return file;
        }

        return text.Length > 0 ? new OutboundContent.Text(text) : null;
    }

    /// <summary>One of the widget's properties of ours, in the conversation's language first.</summary>
    public static string? Own(FlowRun run, JsonElement? own, string property) => Value(run, own, property) is { } value ? FlowWidget.AsText(value) : null;

    /// <summary>The choices it offers, rendered; empty for none.</summary>
    public static List<Choice> Choices(FlowRun run, JsonElement? own) =>
        Value(run, own, "choices") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object).Select((c, i) => Choice(run, c, i)).Where(c => c.Title.Length > 0)]
            : [];

    private static Choice Choice(FlowRun run, JsonElement c, int index)
    {
        string? Part(string name) => c.TryGetProperty(name, out var value) ? NullIfEmpty(run.Render(FlowWidget.AsText(value)).Trim()) : null;
        return new Choice(Part("id") ?? (index + 1).ToString(CultureInfo.InvariantCulture), Part("title") ?? "", Part("description"));
    }

    private static OutboundContent? Template(FlowRun run, FlowWidget widget)
    {
        var sid = run.Render(widget.Text("content_sid"));
        if (run.World.Template(sid) is not { } template)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in widget.Items("content_variables"))
        {
            // Written as "1" by some and "{{1}}" by others (protocol §3).
            if (variable.TryGetProperty("key", out var key))
            {
                values[FlowWidget.AsText(key).Trim('{', '}', ' ')] = run.Render(variable.TryGetProperty("value", out var value) ? FlowWidget.AsText(value) : "");
            }
        }

        return new OutboundContent.Template(template.Name, template.Language) { Body = values };
    }

    private static OutboundContent.Media? File(FlowRun run, FlowWidget widget, JsonElement? own, string caption)
    {
        var name = NullIfEmpty(run.Render(Own(run, own, "filename")));
        var said = NullIfEmpty(caption);
        if (long.TryParse(run.Render(Own(run, own, "media_id")), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return Media(name ?? Own(run, own, "media_kind") ?? ".pdf", name, said, id, null);
        }

        return NullIfEmpty(run.Render(widget.Text("media_url")).Trim()) is { } link
            ? Media(Uri.TryCreate(link, UriKind.Absolute, out var url) ? url.AbsolutePath : link, name, said, null, link) : null;
    }

    /// <summary>By the end of its name, as the channels want to be told; without one it is a picture, as in Studio.</summary>
    private static OutboundContent.Media Media(string named, string? filename, string? caption, long? id, string? link) =>
        Path.GetExtension(named).ToUpperInvariant() switch
        {
            ".MP4" or ".3GP" or ".3GPP" => new OutboundContent.Video { MediaId = id, Link = link, Caption = caption },
            ".MP3" or ".OGG" or ".AAC" or ".AMR" or ".M4A" => new OutboundContent.Audio { MediaId = id, Link = link },
            ".PDF" or ".DOC" or ".DOCX" or ".XLS" or ".XLSX" or ".PPT" or ".PPTX" or ".TXT" or ".CSV" or ".ZIP" or ".VCF"
                => new OutboundContent.Document { MediaId = id, Link = link, Caption = caption, Filename = filename },
            _ => new OutboundContent.Image { MediaId = id, Link = link, Caption = caption },
        };

    private static JsonElement? Value(FlowRun run, JsonElement? own, string property)
    {
        if (own is not { } o)
        {
            return null;
        }

        return o.TryGetProperty("languages", out var languages) && languages.ValueKind == JsonValueKind.Object
            && languages.TryGetProperty(run.World.Language, out var spoken) && spoken.ValueKind == JsonValueKind.Object
            && spoken.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null ? value
            : o.TryGetProperty(property, out var usual) && usual.ValueKind != JsonValueKind.Null ? usual : null;
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
