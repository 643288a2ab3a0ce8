namespace Relais.Media;

/// <summary>The room of files: what customers send is fetched into it, what people bring is stored in it, and both are served.</summary>
internal static class MediaModule
{
    /// <param name="services">The host's services; Channels, Storage and Tenants are among them, and a <see cref="MediaInbox"/>.</param>
    /// <param name="folder">Where the files lie.</param>
    public static IServiceCollection AddMedia(this IServiceCollection services, string folder)
    {
        services.AddSingleton(_ => new MediaFiles(folder));
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<MediaFetcher>();
        services.AddSingleton<InboundMediaStore>();
        services.AddSingleton<OutboundFiles>();
        return services;
    }
}
