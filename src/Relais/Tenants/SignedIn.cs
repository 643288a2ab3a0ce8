using System.Security.Claims;

namespace Relais.Tenants;

/// <summary>
/// On whose behalf a request runs, as looked up from its token. An endpoint takes it as a parameter; a policy has let it in.
/// </summary>
/// <param name="SessionId">The session or API key.</param>
/// <param name="AgentId">Who.</param>
/// <param name="AgentName">As the tenant's people know them.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="TenantId">Null for a platform administrator who belongs to no tenant.</param>
/// <param name="TenantName">Empty without a tenant.</param>
/// <param name="Role">owner, admin or agent in the tenant; platform without one.</param>
/// <param name="IsPlatform">May create tenants, whatever the role in this one.</param>
/// <param name="Language">The tenant's: fr, en, ar.</param>
/// <param name="IsApiKey">A key for programs, which has no end and no logout.</param>
/// <param name="ByCookie">The browser sent the token by itself, so the request has to prove where it comes from.</param>
internal sealed record SignedIn(
    long SessionId, long AgentId, string AgentName, string Email, long? TenantId, string TenantName, string Role, bool IsPlatform,
    string Language, bool IsApiKey, bool ByCookie = false)
{
    public const string PlatformClaim = "relais:platform";

    /// <summary>The tenant wants an authenticator app, and this person has none: nothing but setting it up is open to them.</summary>
    public bool MustSetUpTotp { get; init; }

    /// <summary>The tenant, under any policy but <see cref="Policies.Platform"/>.</summary>
    public long Tenant => TenantId ?? throw new InvalidOperationException("This endpoint needs the policy Agent, Admin or Owner.");

    public static SignedIn From(SessionRow row) => new(
        row.Id, row.AgentId, row.AgentName, row.Email, row.TenantId, row.TenantName ?? "", row.Role ?? Roles.Platform,
        row.IsPlatform == 1, row.Language ?? "fr", row.Kind == SessionStore.ApiKey)
    {
        MustSetUpTotp = row is { RequiresTotp: 1, HasTotp: 0, Kind: SessionStore.Session },
    };

    /// <summary>Binds the parameter of an endpoint.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext http) => ValueTask.FromResult<SignedIn?>(http.SignedIn());

    public ClaimsPrincipal Principal()
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, AgentId.ToString()), new(ClaimTypes.Name, AgentName)];
        if (TenantId is not null)
        {
            claims.Add(new Claim(ClaimTypes.Role, Role));
        }

        if (IsPlatform)
        {
            claims.Add(new Claim(PlatformClaim, "1"));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, RelaisAuthentication.Scheme));
    }
}

internal static class SignedInExtensions
{
    /// <exception cref="InvalidOperationException">The endpoint has no policy.</exception>
    public static SignedIn SignedIn(this HttpContext http) =>
        http.Features.Get<SignedIn>() ?? throw new InvalidOperationException($"{http.Request.Path} is used by somebody who is not signed in.");

    /// <summary>Null when nobody is signed in.</summary>
    public static SignedIn? SignedInOrNull(this HttpContext http) => http.Features.Get<SignedIn>();
}

/// <summary>What an endpoint asks of its caller: <c>.RequireAuthorization(Policies.Admin)</c>.</summary>
internal static class Policies
{
    /// <summary>Any member of a tenant.</summary>
    public const string Agent = "Agent";

    /// <summary>Admins and owners.</summary>
    public const string Admin = "Admin";

    public const string Owner = "Owner";

    /// <summary>Who looks after the installation, in a tenant or in none.</summary>
    public const string Platform = "Platform";

    /// <summary>Anybody who is signed in, also without a tenant.</summary>
    public const string Anyone = "Anyone";
}
