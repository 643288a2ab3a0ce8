using Microsoft.Net.Http.Headers;

namespace Relais.Media;

/// <summary>
/// A stored file as an HTTP answer. Whoever wrote the file is a stranger: the browser gets its type from us, guesses none, runs
/// nothing in it, and shows only what cannot carry script; the rest is offered to be saved.
/// </summary>
internal static class FileAnswer
{
    /// <summary>Null when the file is not on this disk, which a person has to look at (a shared folder not mounted, a restore without files).</summary>
    public static IResult? Of(HttpContext http, MediaFiles files, StoredMedia media)
    {
        var path = files.PathOf(media.Sha256!);
        if (!File.Exists(path))
        {
            return null;
        }

        var type = media.MimeType!;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // The bytes behind an id never change.
        headers.CacheControl = "private, max-age=31536000, immutable";
        var disposition = new ContentDispositionHeaderValue(MediaTypes.IsShown(type) ? "inline" : "attachment");
        disposition.SetHttpFileName(media.Filename.Length > 0 ? media.Filename : $"{media.Kind}-{media.Id}{Ending(type)}");
        headers.ContentDisposition = disposition.ToString();
        return Results.File(path, type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type,
            enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{media.Sha256}\""));
    }

    /// <summary>For files that nobody named.</summary>
    private static string Ending(string type) => type.Split(';')[0] switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "video/mp4" => ".mp4",
        "video/3gpp" => ".3gp",
        "audio/ogg" => ".ogg",
        "audio/mpeg" => ".mp3",
        "audio/mp4" => ".m4a",
        "audio/aac" => ".aac",
        "audio/amr" => ".amr",
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        "text/vcard" => ".vcf",
        _ => "",
    };
}
