namespace Relais.Foundation;

/// <summary>
/// The browser's guard rails on every answer, errors included. Goes first in the pipeline: it writes when the answer starts,
/// so nothing behind it can lose them. A page that needs another policy (a nonce for its styles, the
/// microphone, a frame of its own site) sets its own header.
/// </summary>
internal static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
        + "connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'";

    /// <summary>What carries a customer's data, and must not be kept by any cache.</summary>
    private static readonly PathString[] PrivatePaths = ["/api", "/dashboard/chat", "/live"];

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    private static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
        }

        headers.XContentTypeOptions = "nosniff";
        if (headers.XFrameOptions.Count == 0)
        {
            headers.XFrameOptions = "DENY";
        }

        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers["Permissions-Policy"].Count == 0)
        {
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
        }

        if (http.Request.IsHttps || http.RequestServices.GetService<PublicAddress>() is { IsHttps: true })
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            headers.CacheControl = "no-store";
        }
        else if (headers.CacheControl.Count == 0
            && Array.Exists(PrivatePaths, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
        {
            headers.CacheControl = "no-store";
        }
    }
}
