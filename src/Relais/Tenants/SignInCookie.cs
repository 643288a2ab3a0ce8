using System.Net;
using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>
/// The console's cookie. Over https it is <c>__Host-relais</c>, which no other host and no plain page can set; over plain
/// http there is one only on this computer; anywhere else there is none, and sign-in says why.
/// </summary>
internal sealed class SignInCookie(PublicAddress address, Settings settings)
{
    public const string SecureName = "__Host-relais";
    public const string LocalName = "relais";

    /// <summary>
    /// Null where no cookie may be used. An https address that was entered at the console does not change the cookie of this
    /// computer itself: whoever mistyped it can still sign in here and mend it.
    /// </summary>
    public string? Name(HttpRequest request) =>
        request.IsHttps || (address.IsHttps && !(address.IsEntered && IsLoopback(request.Host))) ? SecureName : IsLoopback(request.Host) ? LocalName : null;

    /// <summary>Pages of other sites (RELAIS_ORIGINS) come with a bearer token or as nobody.</summary>
    public string? Read(HttpRequest request) => !IsOfAnotherSite(request) && Name(request) is { } name ? request.Cookies[name] : null;

    public void Set(HttpContext http, string token)
    {
        if (!IsOfAnotherSite(http.Request))
        {
            http.Response.Cookies.Append(Name(http.Request)!, token, Options(http.Request, TimeSpan.FromMicroseconds(SessionStore.AbsoluteLimit)));
        }
    }

    /// <summary>True for a page of an allowed origin that is not our own.</summary>
    public bool IsOfAnotherSite(HttpRequest request) => request.Headers.Origin is [{ } origin] && settings.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    /// <summary>After a change of what guards the account, a browser goes on under a new token. A program keeps its own: it could not learn another.</summary>
    public async Task Renew(HttpContext http, SignedIn who, Sessions sessions)
    {
        if (who.ByCookie)
        {
            Set(http, await sessions.Rotate(who, http.RequestAborted));
        }
    }

    public void Clear(HttpContext http)
    {
        if (!IsOfAnotherSite(http.Request) && Name(http.Request) is { } name)
        {
            http.Response.Cookies.Delete(name, Options(http.Request, maxAge: null));
        }
    }

    public static bool IsLoopback(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private CookieOptions Options(HttpRequest request, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        Secure = Name(request) == SecureName,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}
