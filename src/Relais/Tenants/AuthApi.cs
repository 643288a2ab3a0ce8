using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;
using Relais.Tenants.Entry;

namespace Relais.Tenants;

/// <param name="Email">As registered; upper and lower case are the same.</param>
/// <param name="Password">As registered.</param>
internal sealed record LoginRequest(string? Email, string? Password);

/// <param name="Token">What the server printed at its first start.</param>
/// <param name="Email">The first owner's.</param>
/// <param name="Password">At least twelve characters.</param>
/// <param name="Name">Shown to colleagues; the part of the address before the @ when left out.</param>
internal sealed record SetupRequest(string? Token, string? Email, string? Password, string? Name);

/// <param name="Id">The agent's.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Name">As colleagues see it.</param>
/// <param name="Role">owner, admin or agent in the tenant; platform without one.</param>
/// <param name="IsPlatform">May create tenants.</param>
/// <param name="Rights">What they, or their API key, may do: words as in GET /api/agents.</param>
/// <param name="Sees">Whose conversations they see: all, teams or mine.</param>
internal sealed record UserAnswer(
    long Id, string Email, string Name, string Role, bool IsPlatform, IReadOnlyList<string> Rights, string Sees);

/// <param name="Id">The tenant's.</param>
/// <param name="Name">The tenant's.</param>
/// <param name="Email">Of whoever is signed in: system D has one person a conciergerie.</param>
internal sealed record ConciergerieAnswer(long Id, string Name, string Email);

/// <param name="Id">The tenant's.</param>
/// <param name="Name">The tenant's.</param>
/// <param name="Language">fr, en or ar.</param>
internal sealed record TenantSummary(long Id, string Name, string Language);

/// <param name="User">Who is signed in.</param>
/// <param name="Conciergerie">The tenant in system D's words; null for a platform administrator without one.</param>
/// <param name="Tenant">The tenant; null for a platform administrator without one.</param>
internal sealed record MeAnswer(UserAnswer User, ConciergerieAnswer? Conciergerie, TenantSummary? Tenant)
{
    /// <summary>Until when a platform administrator is in this tenant (ISO-8601 UTC); null for everybody else.</summary>
    public DateTimeOffset? EnteredUntil { get; init; }

    /// <summary>True: the tenant wants an authenticator app, and nothing else answers until it is set up (POST /api/auth/totp/setup).</summary>
    public bool TotpSetupRequired { get; init; }
}

/// <param name="Token">For <c>Authorization: Bearer</c>; shown this once. The same session is in the cookie.</param>
/// <param name="User">Who is signed in.</param>
/// <param name="Conciergerie">The tenant in system D's words.</param>
/// <param name="Tenant">The tenant.</param>
internal sealed record LoginAnswer(string Token, UserAnswer User, ConciergerieAnswer? Conciergerie, TenantSummary? Tenant);

internal sealed record SuccessAnswer(bool Success = true);

/// <summary>Sign-in and out, and the set-up of the first owner.</summary>
internal static class AuthApi
{
    public static void MapAuth(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Sign-in");
        auth.MapPost("/login", Login).AllowAnonymous().WithName("Login").WithSummary("Sign in")
            .WithDescription("Gives an opaque token, valid as a bearer token and as the console's cookie: 7 days without use, 30 days at most. "
                + "Somebody with an authenticator app gets totp_required (401) with a ticket instead: give it with a code to POST /api/auth/login/totp.")
            .Accepts<LoginRequest>("application/json").Produces<LoginAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);
        auth.MapPost("/logout", Logout).RequireAuthorization(Policies.Anyone).WithName("Logout").WithSummary("End this session")
            .Produces<SuccessAnswer>().ProducesProblem(401);
        auth.MapGet("/me", (SignedIn who) => TypedResults.Ok(Me(who))).RequireAuthorization(Policies.Anyone)
            .WithName("Me").WithSummary("Who is signed in").ProducesProblem(401);
    }

    public static void MapSetup(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/setup", FirstOwner).AllowAnonymous().WithTags("Sign-in").WithName("Setup").WithSummary("Make the first owner")
            .WithDescription("With the one-time token that the server prints while nobody can sign in. Signs them in.")
            .Accepts<SetupRequest>("application/json").Produces<LoginAnswer>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);

    private static async Task<IResult> Login(
        HttpContext http, Database database, Passwords passwords, SignInThrottle throttle, SignInDoor door, SignInCookie cookie)
    {
        if (cookie.Name(http.Request) is null)
        {
            return Problems.Refuse(Problems.InsecureOrigin);
        }

        var request = (await ApiBody.Read<LoginRequest>(http.Request)).Value;
        if (string.IsNullOrWhiteSpace(request.Email) || string.IsNullOrEmpty(request.Password))
        {
            var field = string.IsNullOrWhiteSpace(request.Email) ? "email" : "password";
            return Problems.Invalid400(field, $"{field} is missing.");
        }

        var email = EmailAddress.Parse(request.Email) ?? "";
        var from = http.Connection.RemoteIpAddress;
        if (throttle.Begin(email, from) is { } wait)
        {
            return TooManyTries(http, wait);
        }

        var (agent, tenantId, isSuspended) = await Lookup(database, email, http.RequestAborted);
        http.Audit()?.By(agent?.Id, agent?.Name ?? "", tenantId);
        var match = await passwords.Verify(agent?.UsableHash, request.Password, http.RequestAborted);
        if (match == PasswordMatch.Wrong || agent is not { DisabledAt: null } || (tenantId is null && agent.IsPlatform == 0))
        {
            http.Audit()?.Refused("wrong_credentials");
            return Problems.Refuse(Problems.WrongCredentials);
        }

        throttle.Succeeded(email, from);
        if (isSuspended && agent.IsPlatform == 0)
        {
            return Problems.Refuse(Problems.TenantSuspended);
        }

        if (match == PasswordMatch.RightButOld)
        {
            var stronger = await passwords.Hash(request.Password, http.RequestAborted);
            await database.Write(Scope.Directory, tx => AgentStore.Rehash(tx, agent.Id, agent.PasswordHash, stronger), http.RequestAborted);
        }

        return await door.Enter(http, agent.Id, tenantId, StatusCodes.Status200OK);
    }

    private static async Task<IResult> FirstOwner(
        HttpContext http, Setup setup, SignInThrottle throttle, Sessions sessions, SignInCookie cookie)
    {
        if (cookie.Name(http.Request) is null)
        {
            return Problems.Refuse(Problems.InsecureOrigin);
        }

        var request = (await ApiBody.Read<SetupRequest>(http.Request)).Value;
        if (string.IsNullOrWhiteSpace(request.Token))
        {
            return Problems.Invalid400("token", "token is the one that the server printed when it started.");
        }

        var address = EmailAddress.Parse(request.Email);
        if (Provisioning.Check(address, request.Password, Roles.Owner) is { } unusable)
        {
            return Problems.Invalid400(unusable.Field, unusable.Sentence);
        }

        var from = http.Connection.RemoteIpAddress;
        if (throttle.Begin("/api/setup", from) is { } wait)
        {
            return TooManyTries(http, wait);
        }

        if (await setup.FirstOwner(request.Token.Trim(), address!, request.Password!, request.Name, http.RequestAborted) is not { } made)
        {
            return Problems.Refuse(Problems.WrongSetupToken);
        }

        http.Audit()?.By(made.Agent.Id, made.Agent.Name, made.TenantId);

        throttle.Succeeded("/api/setup", from);
        return TypedResults.Json(await SignIn(http, sessions, cookie, made.Agent.Id, made.TenantId), ApiJson.Options, statusCode: 201);
    }

    private static async Task<IResult> Logout(HttpContext http, SignedIn who, Sessions sessions, SignInCookie cookie)
    {
        if (who.IsApiKey)
        {
            return Problems.Refuse(Problems.Forbidden, "An API key has no session to end.");
        }

        await sessions.End(who, http.RequestAborted);
        cookie.Clear(http);
        return TypedResults.Ok(new SuccessAnswer());
    }

    /// <summary>Who has this address, and where they land.</summary>
    public static Task<(Agent? Agent, long? TenantId, bool IsSuspended)> Lookup(Database database, string email, CancellationToken cancel) =>
        database.Read<(Agent?, long?, bool)>(Scope.Directory, async tx =>
        {
            var agent = await AgentStore.FindByEmail(tx, email);
            var tenantId = await AgentStore.FirstTenant(tx, agent?.Id ?? 0);
            return (agent, tenantId, tenantId is { } tenant && await Standing.StandingStore.Find(tx, tenant) is { SuspendedAt: not null });
        }, cancel);

    /// <summary>Opens a session and sets the cookie.</summary>
    public static async Task<LoginAnswer> SignIn(HttpContext http, Sessions sessions, SignInCookie cookie, long agentId, long? tenantId)
    {
        var token = await sessions.Open(
            agentId, tenantId, http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent.ToString(), http.RequestAborted);
        var who = await sessions.Find(token, http.RequestAborted)
            ?? throw new InvalidOperationException("A session that was just opened is not live.");
        cookie.Set(http, token);
        http.Audit()?.By(who.AgentId, who.AgentName, who.TenantId);
        var me = Me(who);
        return new LoginAnswer(token, me.User, me.Conciergerie, me.Tenant);
    }

    public static MeAnswer Me(SignedIn who) => new(
        new UserAnswer(
            who.AgentId, who.Email, who.AgentName, who.Role, who.IsPlatform, who.Rights.ToList(), Relais.Tenants.Rights.SeesWords.Of(who.Sees)),
        who.TenantId is { } c ? new ConciergerieAnswer(c, who.TenantName, who.Email) : null,
        who.TenantId is { } t ? new TenantSummary(t, who.TenantName, who.Language) : null)
    {
        EnteredUntil = who.IsEntered ? Instants.FromMicros(who.ExpiresAt) : null,
        TotpSetupRequired = who.MustSetUpTotp,
    };

    public static IResult TooManyTries(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        return Problems.Refuse(Problems.TooManyTries);
    }
}
