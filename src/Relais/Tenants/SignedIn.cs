using System.Security.Claims;
using Relais.Tenants.Rights;

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

    /// <summary>True for a platform administrator inside somebody's tenant, who acts there as an owner for an hour.</summary>
    public bool IsEntered { get; init; }

    /// <summary>When the session ends whatever happens, microseconds UTC; null for a key without end.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>True when the platform has suspended the tenant and this is nobody of the platform: nothing is let in.</summary>
    public bool IsShutOut { get; init; }

    /// <summary>What they may do here: a key's are those it was made for, as far as its person has them.</summary>
    public RightSet Rights { get; init; }

    /// <summary>Whose conversations they see.</summary>
    public Sees Sees { get; init; }

    /// <summary>Neither some people's conversations alone nor some customers.</summary>
    public bool SeesEverything => Sees == Sees.All && Contacts is null;

    /// <summary>True for an API key that was made for some things only: it is nobody's owner and looks after no installation.</summary>
    public bool IsScoped { get; init; }

    /// <summary>The customers an API key may reach; null: every one.</summary>
    public IReadOnlyList<long>? Contacts { get; init; }

    /// <summary>The tenant wants an authenticator app, and this person has none: nothing but setting it up is open to them.</summary>
    public bool MustSetUpTotp { get; init; }

    /// <summary>The tenant, under any policy but <see cref="Policies.Platform"/>.</summary>
    public long Tenant => TenantId ?? throw new InvalidOperationException("This endpoint needs the policy Agent, Admin or Owner.");

    public static SignedIn From(SessionRow row) => new(
        row.Id, row.AgentId, row.AgentName, row.Email, row.TenantId, row.TenantName ?? "", row.Role ?? Roles.Platform,
        row.IsPlatform == 1, row.Language ?? "fr", row.Kind == SessionStore.ApiKey)
    {
        IsEntered = row.EnteredFrom is not null,
        ExpiresAt = row.ExpiresAt,
        IsShutOut = row.SuspendedAt is not null && row.IsPlatform == 0,
        Rights = row.Scopes is null ? RightsOf(row.Role, row.Rights) : RightSet.Parse(row.Scopes).And(RightsOf(row.Role, row.Rights)),
        Sees = row.Role == Roles.Owner ? Sees.All : SeesWords.Stored(row.Sees),
        IsScoped = row.Scopes is not null || row.Contacts is not null,
        Contacts = ApiKeyStore.ContactsOf(row.Contacts),
        MustSetUpTotp = row is { RequiresTotp: 1, HasTotp: 0, Kind: SessionStore.Session, EnteredFrom: null },
    };

    /// <summary>Of a person: their own set, or what the role includes. Owners have everything, so that a business is never locked.</summary>
    public static RightSet RightsOf(string? role, string? own) => own is null || role == Roles.Owner ? RightSet.OfRole(role) : RightSet.Parse(own);

    /// <summary>Binds the parameter of an endpoint.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext http) => ValueTask.FromResult<SignedIn?>(http.SignedIn());

    public ClaimsPrincipal Principal()
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, AgentId.ToString()), new(ClaimTypes.Name, AgentName)];
        if (TenantId is not null)
        {
            claims.Add(new Claim(ClaimTypes.Role, Role));
        }

        if (IsPlatform && !IsScoped)
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
    /// <summary>Any member of a tenant, as far as their single rights reach (<see cref="RouteRights"/>).</summary>
    public const string Agent = "Agent";

    /// <summary>Admins and owners, and whoever has the single right that the route needs.</summary>
    public const string Admin = "Admin";

    public const string Owner = "Owner";

    /// <summary>Who looks after the installation, in a tenant or in none.</summary>
    public const string Platform = "Platform";

    /// <summary>Anybody who is signed in, also without a tenant.</summary>
    public const string Anyone = "Anyone";
}
