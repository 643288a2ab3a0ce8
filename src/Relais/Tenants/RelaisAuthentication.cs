using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Relais.Foundation;
using Relais.Tenants.Rights;

namespace Relais.Tenants;

/// <summary>
/// Reads the bearer token or the cookie and finds whom it speaks for. A bearer header, right or wrong, decides alone: a
/// request never falls back to the cookie of somebody else.
/// </summary>
internal sealed class RelaisAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, Sessions sessions, SignInCookie cookie)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "relais";

    private const string Bearer = "Bearer";

    /// <summary>A handler is made for each request.</summary>
    private bool isShutOut;
    private long? expired;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count > 1)
        {
            return AuthenticateResult.Fail("More than one Authorization header.");
        }

        // A proxy in front may have its own use for other schemes (Basic), so only Bearer is ours.
        var byCookie = !IsBearer(header.ToString());
        var token = byCookie ? cookie.Read(Request) : header.ToString()[Bearer.Length..].Trim();
        if (token is null)
        {
            return AuthenticateResult.NoResult();
        }

        if (await sessions.Find(token, Context.RequestAborted) is not { } found)
        {
            expired = await sessions.ExpiredAt(token, Context.RequestAborted);
            return AuthenticateResult.Fail("The token is unknown, ended or too old.");
        }

        if (found.IsShutOut)
        {
            isShutOut = true;
            return AuthenticateResult.Fail("The tenant is suspended.");
        }

        var who = found with { ByCookie = byCookie };
        Context.Features.Set(who);
        return AuthenticateResult.Success(new AuthenticationTicket(who.Principal(), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (isShutOut)
        {
            return Problems.Refuse(Problems.TenantSuspended).ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = Bearer;
        return (expired is { } at
            ? Problems.Refuse(Problems.KeyExpired, $"This API key ended on {Instants.FromMicros(at):yyyy-MM-dd HH:mm} UTC. Make a new one.")
            : Problems.Refuse(Problems.Unauthorised)).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Refuse(Problems.Forbidden, Missing()).ExecuteAsync(Context);

    /// <summary>Which right would have been needed, where it was one.</summary>
    private string? Missing() => Context.Items[typeof(Need)] is Need need
        ? $"This needs the right {string.Join(" or ", need.AnyOf.ToList())}, which {(Context.SignedInOrNull() is { IsApiKey: true } ? "this key does not have" : "you do not have. Ask an owner or admin of the tenant")}."
        : null;

    private static bool IsBearer(string header) =>
        header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && (header.Length == Bearer.Length || header[Bearer.Length] == ' ');
}
