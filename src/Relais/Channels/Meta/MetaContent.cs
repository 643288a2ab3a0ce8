using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>What a message says, by its type. Any key may be missing: Meta sends messages without their own payload.</summary>
/// <param name="Text">What a person would read, or empty.</param>
/// <param name="IsReadable">Whether an answer may be made from <paramref name="Text"/> alone.</param>
/// <param name="ChoiceId">Id of what was tapped.</param>
/// <param name="RepliesTo">The message a reaction, an edit or a removal is about.</param>
internal readonly record struct MetaContent(string Text, bool IsReadable, string? ChoiceId = null, string? RepliesTo = null)
{
    public static MetaContent Read(string type, JsonElement message) => type switch
    {
        "text" => Readable(message.Get("text"u8).Text("body"u8)),
        "image" => Readable(message.Get("image"u8).Text("caption"u8)),
        "video" => Readable(message.Get("video"u8).Text("caption"u8)),
        "audio" => Readable(message.Get("audio"u8).Text("caption"u8)),
        "document" => Readable(message.Get("document"u8).Text("caption"u8)),
        "sticker" => Shown(null),
        "location" => Shown(Location(message.Get("location"u8))),
        "contacts" => Shown(Names(message.Get("contacts"u8))),
        "reaction" => Shown(message.Get("reaction"u8).Text("emoji"u8), message.Get("reaction"u8).Text("message_id"u8)),
        "interactive" => Interactive(message.Get("interactive"u8)),
        "button" => TemplateButton(message.Get("button"u8)),
        "order" => Shown(Order(message.Get("order"u8))),
        "system" => Shown(message.Get("system"u8).Text("body"u8)),
        "edit" => Edited(message.Get("edit"u8)),
        "revoke" => Shown(null, message.Get("revoke"u8).Text("original_message_id"u8)),
        _ => Shown(Guess(type, message)),
    };

    private static MetaContent Readable(string? text) => new(text ?? string.Empty, text is not null);

    private static MetaContent Shown(string? text, string? repliesTo = null) => new(text ?? string.Empty, IsReadable: false, null, repliesTo);

    /// <summary>A filled-in form (nfm_reply) says only "Sent" in its body; its answers are in the raw message, for a person.</summary>
    private static MetaContent Interactive(JsonElement interactive)
    {
        var reply = interactive.Get("button_reply"u8);
        reply = reply.ValueKind == JsonValueKind.Object ? reply : interactive.Get("list_reply"u8);
        if (reply.ValueKind == JsonValueKind.Object)
        {
            var title = reply.Text("title"u8);
            return new(title ?? string.Empty, title is not null || reply.Has("id"u8), reply.Text("id"u8));
        }

        var form = interactive.Get("nfm_reply"u8);
        return new(form.Text("body"u8) ?? string.Empty, IsReadable: false, form.Text("name"u8));
    }

    /// <summary>A quick reply of a template: Meta sends the label as payload when the template had none.</summary>
    private static MetaContent TemplateButton(JsonElement button)
    {
        var text = button.Text("text"u8);
        var payload = button.Text("payload"u8) ?? text;
        return new(text ?? string.Empty, payload is not null, payload);
    }

    /// <summary>The corrected message is read like a new one; <c>edit</c> inside <c>edit</c> is not followed.</summary>
    private static MetaContent Edited(JsonElement edit)
    {
        var corrected = edit.Get("message"u8);
        var type = ProviderText.Word(corrected.Text("type"u8), "unknown");
        var inner = type == "edit" ? Shown(null) : Read(type, corrected);
        return inner with { RepliesTo = edit.Text("original_message_id"u8) };
    }

    private static string? Location(JsonElement location)
    {
        var name = location.Text("name"u8);
        var address = location.Text("address"u8);
        return (name, address) switch
        {
            (not null, not null) => $"{name}, {address}",
            (null, null) when location.Has("latitude"u8) => $"{location.Text("latitude"u8)}, {location.Text("longitude"u8)}",
            _ => name ?? address,
        };
    }

    private static string Names(JsonElement contacts)
    {
        var names = new List<string>();
        foreach (var contact in contacts.Items())
        {
            var name = contact.Get("name"u8);
            if (ProviderText.FirstOf(name.Text("formatted_name"u8), name.Text("first_name"u8)) is { } shown)
            {
                names.Add(shown);
            }
        }

        return string.Join(", ", names);
    }

    private static string Order(JsonElement order)
    {
        if (order.Text("text"u8) is { } note)
        {
            return note;
        }

        var lines = new List<string>();
        foreach (var item in order.Get("product_items"u8).Items())
        {
            lines.Add($"{item.Text("quantity"u8) ?? "1"} × {item.Text("product_retailer_id"u8) ?? "?"}");
        }

        return string.Join(", ", lines);
    }

    /// <summary>For a type of tomorrow: the words under its own name, by the names Meta has used for words so far.</summary>
    private static string? Guess(string type, JsonElement message)
    {
        var payload = message.Get(System.Text.Encoding.UTF8.GetBytes(type));
        return ProviderText.FirstOf(
            payload.Text("body"u8), payload.Text("text"u8), ProviderText.FirstOf(payload.Text("caption"u8), payload.Text("title"u8)));
    }
}
