using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Relais.WebConsole;

/// <summary>
/// The console's pages and files. index.html is never kept and carries a nonce for the styles that its components write
/// (mechanisms.md, HTTP); files under assets/ have their hash in the name and are kept for ever.
/// </summary>
internal static class ConsolePages
{
    private const string MissingConsole =
        "This program was built without the console. Build it with Node 20.19 or newer installed (bin/console), or use the API; /openapi/v1.json describes it.";

    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        var files = new ConsoleFiles();

        // Systems A and B had their desks there.
        foreach (var old in (string[])["/dashboard", "/dashboard/whatsapp"])
        {
            app.MapGet(old, () => Results.Redirect("/inbox")).ExcludeFromDescription().AllowAnonymous();
        }

        app.MapGet("/{**path}", (HttpContext http, string? path) => Answer(http, files, path ?? ""))
            .ExcludeFromDescription().AllowAnonymous().WithOrder(int.MaxValue);
    }

    private static Task Answer(HttpContext http, ConsoleFiles files, string path)
    {
        if (files.Find(path) is { } file && path != "index.html")
        {
            return WriteFile(http, file, path);
        }

        // The API's and the files' addresses that are not there stay 404: a page in their place would hide the mistake.
        return path.StartsWith("assets/", StringComparison.Ordinal) || IsOfServer(path)
            ? Foundation.Problems.Refuse(Foundation.Problems.NotFound).ExecuteAsync(http)
            : WriteIndex(http, files.Index);
    }

    private static bool IsOfServer(string path) =>
        Array.Exists((string[])["api/", "webhooks/", "webhook/", "whatsapp/", "media/", "health/", "openapi/", "simulator/", "dashboard/"],
            prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || path is "api" or "simulator";

    private static async Task WriteIndex(HttpContext http, string? index)
    {
        http.Response.Headers.CacheControl = "no-cache";
        if (index is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await http.Response.WriteAsync(MissingConsole, http.RequestAborted);
            return;
        }

        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        http.Response.Headers.ContentSecurityPolicy = Policy(nonce);

        // The composer records voice notes; nothing else of the device is asked for.
        http.Response.Headers["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), browsing-topics=()";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(index.Replace(ConsoleFiles.Nonce, nonce, StringComparison.Ordinal), http.RequestAborted);
    }

    private static async Task WriteFile(HttpContext http, ConsoleFile file, string path)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = "Accept-Encoding";
        var compressed = file.IsCompressed && http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (compressed)
        {
            headers.ContentEncoding = "br";
        }

        http.Response.ContentType = Types.TryGetContentType(path, out var type) ? type : "application/octet-stream";
        await using var stream = ConsoleFiles.Open(file, compressed);
        http.Response.ContentLength = stream.Length;
        await stream.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; "
        + "media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'; object-src 'none'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
