using Relais.Foundation;
using Relais.Tenants.Entry.Oidc;

namespace Relais.Tenants.Entry;

/// <summary>Everything about getting in beyond the password: authenticator apps, resets, one's sessions, OpenID Connect.</summary>
internal static class EntryModule
{
    public static IServiceCollection AddEntry(this IServiceCollection services)
    {
        services.AddSingleton<SignInDoor>();
        services.AddSingleton<TotpCheck>();
        services.AddSingleton<OwnPassword>();
        services.AddSingleton<ResetLinks>();
        services.AddSingleton<ResetQueue>();
        services.AddSingleton(provider => new OidcClient(
            provider.GetRequiredService<Settings>().Oidc, provider.GetRequiredService<Clock>()));
        return services;
    }

    public static void MapEntry(this IEndpointRouteBuilder app)
    {
        app.MapSecondStep();
        app.MapTotp();
        app.MapTotpReset();
        app.MapResets();
        app.MapOwnSessions();
        app.MapOidc();
    }
}
