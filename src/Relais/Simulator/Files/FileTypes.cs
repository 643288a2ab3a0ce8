namespace Relais.Simulator.Files;

/// <summary>Which media types WhatsApp takes as what, and how large (developers.facebook.com, cloud-api media, 2026).</summary>
internal static class FileTypes
{
    private const int Mb = 1024 * 1024;

    private static readonly (string Kind, int Limit, string[] Types)[] Table =
    [
        ("audio", 16 * Mb, ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus"]),
        ("image", 5 * Mb, ["image/jpeg", "image/png"]),
        ("sticker", 500 * 1024, ["image/webp"]),
        ("video", 16 * Mb, ["video/mp4", "video/3gpp"]),
        ("document", 100 * Mb,
        [
            "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ]),
    ];

    public static string Known { get; } = string.Join(", ", Table.SelectMany(row => row.Types));

    /// <summary>The type without its parameters: <c>audio/ogg; codecs=opus</c> is <c>audio/ogg</c>.</summary>
    public static string Plain(string mimeType) => mimeType.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>audio, image, sticker, video or document; null for types that cannot be uploaded.</summary>
    public static string? KindOf(string mimeType) =>
        Table.FirstOrDefault(row => row.Types.Contains(Plain(mimeType))).Kind;

    /// <summary>Whether a file of this type can be sent as this kind. Any type can be a document.</summary>
    public static bool Fits(string kind, string mimeType) => kind == "document" || KindOf(mimeType) == kind;

    /// <summary>Bytes at most.</summary>
    public static int LimitOf(string kind) => Table.First(row => row.Kind == kind).Limit;

    /// <summary>What a link's ending says, for links that the simulator does not follow.</summary>
    public static string FromName(string name) => Path.GetExtension(name.Split('?', '#')[0]).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".webp" => "image/webp",
        ".mp4" => "video/mp4",
        ".3gp" => "video/3gpp",
        ".ogg" or ".opus" => "audio/ogg",
        ".mp3" => "audio/mpeg",
        ".m4a" => "audio/mp4",
        ".pdf" => "application/pdf",
        ".txt" => "text/plain",
        ".vcf" => "text/vcard",
        _ => "application/octet-stream",
    };
}
