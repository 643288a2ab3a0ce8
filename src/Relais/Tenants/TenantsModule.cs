using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Relais.Foundation;
using Relais.Tenants.Limits;
using Relais.Tenants.Rights;
using Relais.Tenants.Entry;

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
        services.AddCors();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInCookie>();
        services.AddSingleton<Provisioning>();
        services.AddSingleton<Setup>();
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<People.InvitationLinks>();
        services.AddEntry();
        services.AddAuthentication(RelaisAuthentication.Scheme)
            .AddScheme<AuthenticationSchemeOptions, RelaisAuthentication>(RelaisAuthentication.Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Agent, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => HasRight(context, isForAdmins: false)))
            .AddPolicy(Policies.Admin, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => HasRight(context, isForAdmins: true)))
            .AddPolicy(Policies.Owner, policy => policy.RequireRole(Roles.Owner).RequireAssertion(IsWholePerson))
            .AddPolicy(Policies.Platform, policy => policy.RequireAuthenticatedUser().RequireClaim(SignedIn.PlatformClaim))
            .AddPolicy(Policies.Anyone, policy => policy.RequireAuthenticatedUser())
            .AddFallbackPolicy("Fallback", policy => policy.RequireAssertion(context => context.Resource is HttpContext http && IsOpen(http)));
        return services;
    }

    public static WebApplication UseTenants(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Settings>().Origins is { Count: > 0 } origins)
        {
            // Exact origins, and no credentials: a foreign page has a bearer token or is nobody.
            app.UseCors(cors => cors.WithOrigins([.. origins]).WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID")
                .WithExposedHeaders("Idempotency-Replayed", "Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1)));
        }

        app.UseAuthentication();
        app.UseMiddleware<Audit.AuditEdge>();
        app.UseMiddleware<CrossSiteGuard>();
        if (app.Services.GetRequiredService<ApiLimits>().IsOn)
        {
            app.UseMiddleware<ApiLimitGate>();
        }

        app.UseMiddleware<TotpGate>();
        app.UseAuthorization();
        app.UseMiddleware<SightGuard>();
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
        app.MapApiKeys();
    }

    /// <summary>The one place where single rights are asked for.</summary>
    private static bool HasRight(AuthorizationHandlerContext context, bool isForAdmins)
    {
        if (context.Resource is not HttpContext http || http.SignedInOrNull() is not { TenantId: not null } who)
        {
            return false;
        }

        var need = RouteRights.Of(http, isForAdmins);
        if (need.IsMetBy(who))
        {
            return true;
        }

        http.Items[typeof(Need)] = need;
        return false;
    }

    /// <summary>Not an API key that was made for some things only.</summary>
    private static bool IsWholePerson(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.SignedInOrNull() is { IsScoped: false };

    /// <summary>What routing answers by itself (404, 405, 415) is no route and gives nothing away.</summary>
    private static bool IsOpen(HttpContext http) =>
        http.GetEndpoint() is not RouteEndpoint || http.SignedInOrNull() is { TenantId: not null }
        || !Array.Exists(ClosedUnlessSaid, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
