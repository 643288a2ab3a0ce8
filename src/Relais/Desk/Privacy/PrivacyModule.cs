using Relais.Foundation;

namespace Relais.Desk.Privacy;

/// <summary>What customers are given of what is kept of them, and how long it is kept.</summary>
internal static class PrivacyModule
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services, bool runsWorkers)
    {
        services.AddSingleton<PrivacyArchive>();
        services.AddSingleton<RetentionWorker>();
        services.AddSingleton<PrivacyExportWorker>();
        if (runsWorkers)
        {
            services.AddSingleton<Worker>(provider => provider.GetRequiredService<RetentionWorker>());
            services.AddSingleton<Worker>(provider => provider.GetRequiredService<PrivacyExportWorker>());
        }

        return services;
    }

    public static void MapPrivacy(this IEndpointRouteBuilder app)
    {
        app.MapPrivacyExports();
        app.MapRetention();
    }
}
