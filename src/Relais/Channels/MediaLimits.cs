namespace Relais.Channels;

/// <summary>
/// Which files WhatsApp takes as what, and how large (Cloud API, business-phone-numbers/media; Twilio takes 16 MB of any kind).
/// The type is the one its bytes tell.
/// </summary>
internal static class MediaLimits
{
    public const long Megabyte = 1024 * 1024;

    /// <summary>Largest upload, and largest document.</summary>
    public const long Largest = 100 * Megabyte;

    private const long LargestAtTwilio = 16 * Megabyte;

    private static readonly string[] Images = ["image/jpeg", "image/png"];
    private static readonly string[] Videos = ["video/mp4", "video/3gpp"];
    private static readonly string[] Audios = ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"];

    /// <summary>Bytes that a file of this kind may have at Meta: image, video, audio, document or sticker.</summary>
    public static long Of(string kind) => kind switch
    {
        "image" => 5 * Megabyte,
        "video" or "audio" => 16 * Megabyte,
        "sticker" => 500 * 1024,
        _ => Largest,
    };

    /// <summary>As which kind a file of this type is best sent.</summary>
    public static string KindOf(string mimeType) => Bare(mimeType) switch
    {
        "image/webp" => "sticker",
        var type when Images.Contains(type) => "image",
        var type when Videos.Contains(type) => "video",
        var type when Audios.Contains(type) => "audio",
        _ => "document",
    };

    /// <summary>Null when the channel takes the file as this; else one sentence that says how to mend it.</summary>
    public static string? Check(OutboundContent.Media media, string mimeType, long size, ChannelKind channel)
    {
        var kind = media.Type;
        var type = Bare(mimeType);
        var takes = media switch
        {
            OutboundContent.Image => Images,
            OutboundContent.Video => Videos,
            OutboundContent.Audio { Voice: true } => ["audio/ogg"],
            OutboundContent.Audio => Audios,
            OutboundContent.Sticker => ["image/webp"],
            _ => null,
        };
        if (takes is not null && !takes.Contains(type))
        {
            return $"WhatsApp takes no {type} as {kind}, only {string.Join(", ", takes)}. Send it as document, or convert it.";
        }

        if (type == "audio/ogg" && media is OutboundContent.Audio && !mimeType.Contains("opus", StringComparison.OrdinalIgnoreCase))
        {
            return "WhatsApp plays OGG with the OPUS codec only. Convert it, or send it as document.";
        }

        var most = channel == ChannelKind.Twilio ? Math.Min(Of(kind), LargestAtTwilio) : Of(kind);
        return size > most ? $"This file has {Shown(size)}; WhatsApp takes {Shown(most)} as {kind}." : null;
    }

    /// <summary>Null when the provider may be told to fetch it.</summary>
    public static string? CheckLink(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && !url.IsLoopback && url.UserInfo.Length == 0
            ? null : "link is a public https address of the file, such as https://example.com/photo.jpg.";

    private static string Bare(string mimeType) => mimeType.Split(';')[0].Trim().ToLowerInvariant();

    private static string Shown(long bytes) => bytes < Megabyte ? $"{bytes / 1024} KB" : FormattableString.Invariant($"{bytes / (double)Megabyte:0.#} MB");
}
