using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// A file in a message. The <c>url</c> that stands beside the id since November 2025 lives for five minutes, the id for seven
/// days: only the id is kept.
/// </summary>
internal static class MetaFile
{
    public static MetaContent Read(string type, JsonElement message)
    {
        var file = message.Get(System.Text.Encoding.UTF8.GetBytes(type));
        var caption = type == "sticker" ? null : file.Text("caption"u8);
        if (file.Text("id"u8) is not { } id)
        {
            return MetaContent.Unread(type, message) with { Text = caption ?? string.Empty, IsReadable = caption is not null };
        }

        var content = new InboundContent.Media(
            type, new MediaRef(id, file.Text("mime_type"u8), file.Text("sha256"u8), file.Text("filename"u8)))
        {
            Caption = caption,
            Voice = file.Get("voice"u8).ValueKind == JsonValueKind.True,
            Animated = file.Get("animated"u8).ValueKind == JsonValueKind.True,
        };
        return new(caption ?? string.Empty, caption is not null, content);
    }
}
