using System.Text;
using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>What a message says, by its type. Any key may be missing: Meta sends messages without their own payload.</summary>
/// <param name="Text">What a person would read, or empty.</param>
/// <param name="IsReadable">Whether an answer may be made from <paramref name="Text"/> alone.</param>
/// <param name="Holds">What it holds besides; null for plain text.</param>
/// <param name="ChoiceId">Id of what was tapped.</param>
/// <param name="RepliesTo">The message a reaction, an edit or a removal is about.</param>
internal readonly record struct MetaContent(
    string Text, bool IsReadable, InboundContent? Holds = null, string? ChoiceId = null, string? RepliesTo = null)
{
    public static MetaContent Read(string type, JsonElement message) => type switch
    {
        "text" => Words(message),
        "image" or "video" or "audio" or "document" or "sticker" => MetaFile.Read(type, message),
        "location" => Location(message),
        "contacts" => MetaCards.Read(message),
        "reaction" => Reaction(message),
        "interactive" => MetaReplies.Interactive(message),
        "button" => MetaReplies.TemplateButton(message),
        "order" => Order(message),
        "system" => MetaSystem.Read(message),
        "edit" => Edited(message),
        "revoke" => new(string.Empty, false, new InboundContent.Revoke(), null, message.Get("revoke"u8).Text("original_message_id"u8)),
        _ => Unread(type, message),
    };

    /// <summary>For a payload that is not there, a type that WhatsApp's API cannot carry, or one of tomorrow.</summary>
    public static MetaContent Unread(string type, JsonElement message)
    {
        var error = MetaReason.First(message);
        var payload = message.Get(Encoding.UTF8.GetBytes(type));
        var kind = type == "unsupported" ? ProviderText.Word(payload.Text("type"u8), type) : type;

        // For a type of tomorrow: the words under its own name, by the names Meta has used for words so far.
        var words = ProviderText.FirstOf(
            payload.Text("body"u8), payload.Text("text"u8), ProviderText.FirstOf(payload.Text("caption"u8), payload.Text("title"u8)));
        return new(
            words ?? string.Empty, false,
            new InboundContent.Unsupported(kind, ProviderText.ErrorCode(error.Text("code"u8)), MetaReason.Words(error)));
    }

    private static MetaContent Words(JsonElement message) => message.Get("text"u8).Text("body"u8) is { } body
        ? new(body, true)
        : Unread("text", message);

    private static MetaContent Location(JsonElement message)
    {
        var place = message.Get("location"u8);
        if (place.ValueKind != JsonValueKind.Object)
        {
            return Unread("location", message);
        }

        var content = new InboundContent.Location(
            place.Number("latitude"u8), place.Number("longitude"u8), place.Text("name"u8), place.Text("address"u8), place.Text("url"u8));
        return new(PlaceWords.Of(content), false, content);
    }

    private static MetaContent Reaction(JsonElement message)
    {
        var reaction = message.Get("reaction"u8);
        var emoji = reaction.Text("emoji"u8) ?? string.Empty;
        return new(emoji, false, new InboundContent.Reaction(emoji), null, reaction.Text("message_id"u8));
    }

    private static MetaContent Order(JsonElement message)
    {
        if (message.Get("order"u8) is not { ValueKind: JsonValueKind.Object } order)
        {
            return Unread("order", message);
        }

        var cart = CartReading.Read(order);
        return new(CartReading.Words(cart), false, cart);
    }

    /// <summary>The corrected message is read like a new one; <c>edit</c> inside <c>edit</c> is not followed.</summary>
    private static MetaContent Edited(JsonElement message)
    {
        var edit = message.Get("edit"u8);
        var corrected = edit.Get("message"u8);
        var type = ProviderText.Word(corrected.Text("type"u8), "unknown");
        var now = type == "edit" ? new(string.Empty, false) : Read(type, corrected);
        return now with { Holds = new InboundContent.Edit(), RepliesTo = edit.Text("original_message_id"u8) };
    }
}
