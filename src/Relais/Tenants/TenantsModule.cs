using Microsoft.AspNetCore.Authentication;
using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>
/// The doors of this room. Order in the pipeline: UseSecurityHeaders, UseProblemEdge, UseTenants, then whatever answers.
/// Expects Database, Ids, Clock, Settings and PublicAddress among the services.
/// </summary>
internal static class TenantsModule
{
    /// <summary>Where an endpoint that forgot to say who may use it stays shut.</summary>
    private static readonly PathString[] ClosedUnlessSaid = ["/api", "/dashboard/chat", "/live"];

    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddApiJson();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInCookie>();
        services.AddSingleton<Provisioning>();
        services.AddSingleton<Setup>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<People.InvitationLinks>();
        services.AddAuthentication(RelaisAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, RelaisAuthentication>(RelaisAuthentication.Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Agent, policy => policy.RequireRole(Roles.Agent, Roles.Admin, Roles.Owner))
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Roles.Admin, Roles.Owner))
            .AddPolicy(Policies.Owner, policy => policy.RequireRole(Roles.Owner))
            .AddPolicy(Policies.Platform, policy => policy.RequireAuthenticatedUser().RequireClaim(SignedIn.PlatformClaim))
            .AddPolicy(Policies.Anyone, policy => policy.RequireAuthenticatedUser())
            .AddFallbackPolicy("Fallback", policy => policy.RequireAssertion(context => context.Resource is HttpContext http && IsOpen(http)));
        return services;
    }

    public static WebApplication UseTenants(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<Audit.AuditEdge>();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseAuthorization();
        return app;
    }

    /// <summary>All routes of this room.</summary>
    public static void MapTenants(this IEndpointRouteBuilder app)
    {
        app.MapAuth();
        app.MapSetup();
        app.MapTenantAdmin();
        app.MapTenantSettings();
        app.MapBusinessHours();
        Audit.AuditApi.MapAudit(app);
    }

    /// <summary>What routing answers by itself (404, 405, 415) is no route and gives nothing away.</summary>
    private static bool IsOpen(HttpContext http) =>
        http.GetEndpoint() is not RouteEndpoint || http.SignedInOrNull() is { TenantId: not null }
        || !Array.Exists(ClosedUnlessSaid, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
