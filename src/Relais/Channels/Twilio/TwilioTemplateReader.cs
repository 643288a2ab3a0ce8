using System.Text;
using System.Text.Json;

namespace Relais.Channels.Twilio;

/// <summary>Contents as Twilio lists them with their approvals (Content API, ContentAndApprovals).</summary>
internal static class TwilioTemplateReader
{
    /// <summary>Types whose parts are known, the richest first.</summary>
    private static readonly string[] Known = ["whatsapp/card", "twilio/card", "twilio/quick-reply", "twilio/call-to-action", "twilio/media", "twilio/text"];

    /// <summary>Null without a SID.</summary>
    public static ListedTemplate? Read(JsonElement item)
    {
        if (item.Text("sid"u8) is not { } sid)
        {
            return null;
        }

        var approval = item.Get("approval_requests"u8);
        var types = item.Get("types"u8);
        var approved = approval.Text("content_type"u8);
        var type = approved is not null && types.Has(Encoding.UTF8.GetBytes(approved)) ? approved : Array.Find(Known, k => types.Has(Encoding.UTF8.GetBytes(k)));
        var shown = type ?? (types.ValueKind == JsonValueKind.Object ? types.EnumerateObject().Select(t => t.Name).FirstOrDefault() : null);
        var parts = Parts(shown ?? "unknown", type is null ? default : types.Get(Encoding.UTF8.GetBytes(type)), item.Get("variables"u8));
        var name = ProviderText.FirstOf(approval.Text("name"u8), item.Text("friendly_name"u8), sid)!;
        return new ListedTemplate(
            sid,
            new TemplateDefinition(name, (item.Text("language"u8) ?? "").Replace('-', '_'), ProviderText.Word(approval.Text("category"u8), "utility"), parts),
            parts.IsNamed(),
            ProviderText.Word(approval.Text("status"u8), "unsubmitted"),
            approval.Text("rejection_reason"u8),
            Quality: null);
    }

    private static TemplateParts Parts(string type, JsonElement content, JsonElement variables)
    {
        var parts = new TemplateParts(ProviderText.FirstOf(content.Text("body"u8), content.Text("title"u8)) ?? "")
        {
            Header = Header(content),
            Footer = ProviderText.FirstOf(content.Text("footer"u8), content.Text("subtitle"u8)),
            Buttons = [.. content.Get("actions"u8).Items().Select(Button)],
            Unsupported = Known.Contains(type) ? null : [type],
        };
        var examples = TemplateText.Variables(parts.Body)
            .Select(name => (name, Value: variables.Text(Encoding.UTF8.GetBytes(name)))).Where(v => v.Value is not null)
            .ToDictionary(v => v.name, v => v.Value!, StringComparer.Ordinal);
        return parts with { Examples = examples.Count > 0 ? examples : null };
    }

    private static TemplateHeader? Header(JsonElement content)
    {
        if (content.Text("header_text"u8) is { } text)
        {
            return new TemplateHeader("text", text);
        }

        var media = content.Get("media"u8);
        var link = media.ValueKind == JsonValueKind.Array ? media.Items().Select(m => m.Scalar()).FirstOrDefault() : media.Scalar();
        return link is null ? null : new TemplateHeader(FileKind(link), Example: link);
    }

    /// <summary>By the ending of its address: Twilio does not say.</summary>
    private static string FileKind(string link)
    {
        var path = link.Split('?', '#')[0];
        return path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".3gp", StringComparison.OrdinalIgnoreCase) ? "video"
            : path.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) ? "document" : "image";
    }

    private static TemplateButtonPart Button(JsonElement action)
    {
        var title = action.Text("title"u8) ?? "";
        return ProviderText.Word(action.Text("type"u8), "quick_reply") switch
        {
            "url" => new TemplateButtonPart("url", title) { Url = action.Text("url"u8) },
            "phone_number" => new TemplateButtonPart("phone", title) { Phone = action.Text("phone"u8) },
            "copy_code" => new TemplateButtonPart("fixed_code", title) { Example = action.Text("code"u8) },
            var kind => new TemplateButtonPart(kind, title),
        };
    }
}
