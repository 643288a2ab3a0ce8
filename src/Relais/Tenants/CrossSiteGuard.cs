using Microsoft.AspNetCore.Http.Features;
using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>
/// A browser sends its cookie along with requests that other sites make it do. So whatever changes something by cookie has to
/// prove that it comes from Relais's own pages, and be JSON (or an upload), which a foreign form cannot send. Bearer tokens are
/// never sent by themselves and are let through. Sign-in and set-up have no cookie yet: they only must not be foreign, unless RELAIS_ORIGINS names the site.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next, PublicAddress address, SignInCookie cookie)
{
    private static readonly PathString[] SigningIn = ["/api/auth", "/api/invitations", "/api/setup"];

    public Task Invoke(HttpContext http)
    {
        var request = http.Request;
        if (IsSafe(request.Method))
        {
            return next(http);
        }

        var isRefused = http.SignedInOrNull() is { } who
            ? who.ByCookie && !(Origin(request) is true && HasAllowedBody(http))
            : Array.Exists(SigningIn, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)) && Origin(request) is false && !cookie.IsOfAnotherSite(request);
        return isRefused ? Problems.Refuse(Problems.CrossSite).ExecuteAsync(http) : next(http);
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>True for our own pages, false for foreign ones, null when the request does not say (a program, an old browser).</summary>
    private bool? Origin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            return site.Count == 1 && site[0] is "same-origin" or "none";
        }

        var origin = request.Headers.Origin;
        if (origin.Count == 0)
        {
            return null;
        }

        return origin.Count == 1 && Uri.TryCreate(origin[0], UriKind.Absolute, out var from)
            && (IsOwn(from, address.Url) || IsOwn(from, Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var here) ? here : null));
    }

    private static bool IsOwn(Uri from, Uri? own) =>
        own is not null && from.Scheme == own.Scheme && from.Port == own.Port && string.Equals(from.Host, own.Host, StringComparison.OrdinalIgnoreCase);

    private static bool HasAllowedBody(HttpContext http)
    {
        var request = http.Request;
        if (request.HasJsonContentType())
        {
            return true;
        }

        var hasBody = request.ContentLength is > 0
            || (request.ContentLength is null && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true });
        return request.ContentType is { Length: > 0 } type
            ? type.StartsWith("multipart/form-data;", StringComparison.OrdinalIgnoreCase)
            : !hasBody;
    }
}
