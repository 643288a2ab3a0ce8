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

    /// <summary>Addresses of the API, the providers and the files, whose mistakes stay 404.</summary>
    private static readonly string[] Others =
        ["/api", "/webhooks", "/webhook", "/whatsapp", "/media", "/health", "/metrics", "/live", "/openapi", "/simulator", "/dashboard"];

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>
    /// Answers what no endpoint does. Not a route of its own: a catch-all would turn the API's "wrong method" and "not there" into a page.
    /// </summary>
    public static IApplicationBuilder UseConsole(this IApplicationBuilder app)
    {
        var files = new ConsoleFiles();
        return app.Use((http, next) => http.GetEndpoint() is null && IsRead(http.Request.Method) && IsOfConsole(http.Request.Path.Value ?? "/")
            ? Answer(http, files, (http.Request.Path.Value ?? "/").TrimStart('/'))
            : next(http));
    }

    /// <summary>Systems A and B had their desks there.</summary>
    public static void MapOldDesks(this IEndpointRouteBuilder app)
    {
        foreach (var old in (string[])["/dashboard", "/dashboard/whatsapp"])
        {
            app.MapGet(old, () => Results.Redirect("/inbox")).ExcludeFromDescription().AllowAnonymous();
        }
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static bool IsOfConsole(string path) => !Array.Exists(
        Others, other => path.StartsWith(other, StringComparison.OrdinalIgnoreCase) && (path.Length == other.Length || path[other.Length] == '/'));

    private static Task Answer(HttpContext http, ConsoleFiles files, string path) =>
        path is "docs" or "docs.html" ? WriteIndex(http, files.Docs)
            : path != "index.html" && files.Find(path) is { } file ? WriteFile(http, file, path)
            : path.StartsWith("assets/", StringComparison.Ordinal) ? Foundation.Problems.Refuse(Foundation.Problems.NotFound).ExecuteAsync(http)
            : WriteIndex(http, files.Index);

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
