using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;
using Relais.Tenants.People;
using Relais.Tenants.Standing;

namespace Relais.Tenants.Entry.Oidc;

/// <param name="Mail">True: a forgotten password is mended by mail; false: an admin makes a link.</param>
/// <param name="Oidc">The business's own sign-in; null when none is set up.</param>
internal sealed record SignInOptions(bool Mail, OidcOption? Oidc);

/// <param name="Label">For the button.</param>
/// <param name="Url">Where it leads.</param>
internal sealed record OidcOption(string Label, string Url);

/// <summary>
/// Signing in at the business's own identity provider. Browsers come here by themselves, so what goes wrong leads back to the
/// sign-in page with <c>?problem=</c>: oidc_away, oidc_refused, oidc_unverified, oidc_unknown, tenant_suspended,
/// insecure_origin, too_many_tries.
/// </summary>
internal static class OidcApi
{
    private const string Callback = "/api/auth/oidc/callback";

    public static void MapOidc(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Sign-in").AllowAnonymous();
        auth.MapGet("/options", (Mailer mailer, OidcClient client) => TypedResults.Ok(new SignInOptions(
                mailer.IsConfigured, client.IsConfigured ? new OidcOption(client.Label, "/api/auth/oidc/start") : null)))
            .WithName("SignInOptions").WithSummary("Which ways in there are");
        auth.MapGet("/oidc/start", Start).WithName("StartOidc").WithSummary("Go to the identity provider").WithDescription("For browsers: leads there. ?to= names the page to end on.")
            .Produces(302).ProducesProblem(404);
        auth.MapGet("/oidc/callback", Finish).WithName("FinishOidc").WithSummary("Come back from the identity provider").WithDescription("For browsers: signs in and leads to the console.").Audited("login_oidc")
            .Produces(302).ProducesProblem(404);
    }

    private static async Task<IResult> Start(
        HttpContext http, OidcClient client, Secrets secrets, SignInCookie cookie, PublicAddress address, Clock clock, string? to = null)
    {
        if (!client.IsConfigured)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (CookieName(http, cookie) is not { } name)
        {
            return Back("insecure_origin");
        }

        var begun = OidcTry.New(to, clock.Micros);
        if (await client.Address(Redirect(http, address), begun.State, begun.Nonce, begun.Challenge, http.RequestAborted) is not { } there)
        {
            return Back("oidc_away");
        }

        http.Response.Cookies.Append(name, begun.Seal(secrets), Options(name, TimeSpan.FromMicroseconds(OidcTry.Lasts)));
        return Results.Redirect(there);
    }

    private static async Task<IResult> Finish(
        HttpContext http, OidcClient client, Secrets secrets, SignInCookie cookie, PublicAddress address, Database database, SignInThrottle throttle,
        SignInDoor door, Sessions sessions, Clock clock, ILogger<OidcClient> log, string? code = null, string? state = null, string? iss = null)
    {
        if (!client.IsConfigured)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (CookieName(http, cookie) is not { } name)
        {
            return Back("insecure_origin");
        }

        var begun = OidcTry.Open(secrets, http.Request.Cookies[name], state, clock.Micros);
        http.Response.Cookies.Delete(name, Options(name, null));
        if (begun is null)
        {
            // Begun in no browser of ours: anybody may come like this, as often as they like, so it is no line of the audit.
            return Back("oidc_refused");
        }

        // Each try is an account of its own: an office shares an address, and somebody unknown there must not shut the others out.
        var from = http.Connection.RemoteIpAddress;
        if (throttle.Begin(begun.State, from) is not null)
        {
            return Back("too_many_tries");
        }

        http.Audit()?.By(null, "", null);
        if (string.IsNullOrEmpty(code))
        {
            http.Audit()?.Refused("oidc_refused");
            return Back("oidc_refused");
        }

        var person = await client.Redeem(code, iss, begun.Verifier, Redirect(http, address), begun.Nonce, http.RequestAborted);
        if (person is not OidcPerson.Known known)
        {
            var (problem, reason) = person switch
            {
                OidcPerson.Unverified => ("oidc_unverified", "the issuer gives no verified e-mail address"),
                OidcPerson.Away away => ("oidc_away", away.Reason),
                OidcPerson.Refused refused => ("oidc_refused", refused.Reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            log.LogWarning("A sign-in by OpenID Connect was refused: {Reason}", reason);
            http.Audit()?.Refused(problem);
            return Back(problem);
        }

        var (agentId, called, tenantId) = await database.Read(Scope.Directory, tx => Whose(tx, known.Email), http.RequestAborted);
        http.Audit()?.By(agentId, called, tenantId);
        var now = clock.Micros;
        if (await database.Write(Scope.Directory, tx => Enter(tx, known.Email, now), http.RequestAborted) is not { } entered)
        {
            http.Audit()?.Refused("oidc_unknown");
            return Back("oidc_unknown");
        }

        throttle.Succeeded(begun.State, from);
        if (entered.IsSuspended)
        {
            http.Audit()?.Refused("tenant_suspended");
            return Back("tenant_suspended");
        }

        if (await door.Ticket(entered.AgentId, http.RequestAborted) is { } ticket)
        {
            return Results.LocalRedirect($"/sign-in#ticket={ticket}");
        }

        await AuthApi.SignIn(http, sessions, cookie, entered.AgentId, entered.TenantId);
        return Results.LocalRedirect(begun.To);
    }

    /// <summary>For the audit, whether they may come in or not.</summary>
    private static async Task<(long? AgentId, string Name, long? TenantId)> Whose(Tx tx, string email) =>
        await AgentStore.FindByEmail(tx, email) is { } agent ? (agent.Id, agent.Name, await AgentStore.FirstTenant(tx, agent.Id)) : (null, "", null);

    /// <summary>Whom that address belongs to; whoever was invited joins by it. Null when nobody may come in under it.</summary>
    private static async Task<Entered?> Enter(Tx tx, string email, long now)
    {
        if (await AgentStore.FindByEmail(tx, email) is not { DisabledAt: null } agent)
        {
            return null;
        }

        if (await AgentStore.FirstTenant(tx, agent.Id) is not { } tenantId)
        {
            return agent.IsPlatform == 1 ? new Entered(agent.Id, null, false) : null;
        }

        if ((await PeopleStore.Find(tx, tenantId, agent.Id))?.InvitedUntil is { } until)
        {
            if (until <= now)
            {
                return null;
            }

            await PeopleStore.SetInvited(tx, tenantId, agent.Id, null);
            await InvitationStore.Clear(tx, tenantId, agent.Id);
        }

        var isSuspended = agent.IsPlatform == 0 && await StandingStore.Find(tx, tenantId) is { SuspendedAt: not null };
        return new Entered(agent.Id, tenantId, isSuspended);
    }

    /// <summary>The issuer compares it with what was registered there, so a forged host gains nothing.</summary>
    private static string Redirect(HttpContext http, PublicAddress address) =>
        (address.Url?.ToString().TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}") + Callback;

    private static string? CookieName(HttpContext http, SignInCookie cookie) => cookie.Name(http.Request) is { } name ? name + "-oidc" : null;

    private static CookieOptions Options(string name, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        Secure = name.StartsWith("__Host-", StringComparison.Ordinal),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };

    private static IResult Back(string problem) => Results.LocalRedirect($"/sign-in?problem={problem}");

    private sealed record Entered(long AgentId, long? TenantId, bool IsSuspended);
}
