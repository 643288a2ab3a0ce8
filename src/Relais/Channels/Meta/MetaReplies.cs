using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>What customers tapped or filled in.</summary>
internal static class MetaReplies
{
    /// <summary>A filled-in form (nfm_reply) says only "Sent" in its body; its answers are a JSON string that may be broken.</summary>
    public static MetaContent Interactive(JsonElement message)
    {
        var interactive = message.Get("interactive"u8);
        if (interactive.Get("button_reply"u8) is { ValueKind: JsonValueKind.Object } button)
        {
            return Choice("button", button);
        }

        if (interactive.Get("list_reply"u8) is { ValueKind: JsonValueKind.Object } row)
        {
            return Choice("list", row);
        }

        if (interactive.Get("nfm_reply"u8) is { ValueKind: JsonValueKind.Object } form)
        {
            var name = form.Text("name"u8);
            return new(
                form.Text("body"u8) ?? string.Empty, false,
                new InboundContent.FlowReply(name, FormAnswers.Read(form.Text("response_json"u8))), name);
        }

        return interactive.Text("type"u8) is { } kind
            ? MetaContent.Unread("interactive", message) with { Holds = new InboundContent.Unsupported(ProviderText.Word(kind, "interactive")) }
            : MetaContent.Unread("interactive", message);
    }

    /// <summary>A quick reply of a template: Meta sends the label as payload when the template had none.</summary>
    public static MetaContent TemplateButton(JsonElement message)
    {
        var button = message.Get("button"u8);
        var text = button.Text("text"u8);
        return (button.Text("payload"u8) ?? text) is { } payload
            ? new(text ?? string.Empty, true, new InboundContent.ChoiceReply("template", payload, text), payload)
            : MetaContent.Unread("button", message);
    }

    private static MetaContent Choice(string kind, JsonElement reply)
    {
        var title = reply.Text("title"u8);
        var id = reply.Text("id"u8);
        return new(
            title ?? string.Empty, title is not null || id is not null,
            new InboundContent.ChoiceReply(kind, id, title, reply.Text("description"u8)), id);
    }
}
