using Relais.Foundation;
using Relais.Subscriptions.Delivering;
using Relais.Subscriptions.Feeding;

namespace Relais.Subscriptions;

/// <summary>Events for systems of the business: parts, workers and routes.</summary>
internal static class SubscriptionsModule
{
    /// <param name="services">Where they are added.</param>
    /// <param name="shapes">The things of events as the API shows them.</param>
    /// <param name="demo">True: addresses of this computer may be posted to.</param>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services, EventShapes shapes, bool demo) => services
        .AddSingleton(shapes)
        .AddSingleton<EventDrafts>()
        .AddSingleton<DeliveryRecorder>()
        .AddSingleton(provider => new SubscriptionDoor(provider.GetRequiredService<SafeHttp>(), demo))
        .AddSingleton<SignedPost>();

    public static IServiceCollection AddSubscriptionWorkers(this IServiceCollection services) => services
        .AddSingleton<Worker, SubscriptionFeeder>()
        .AddSingleton<Worker, SubscriptionWorker>()
        .AddSingleton<Worker, SubscriptionPruner>();

    public static void MapSubscriptions(this IEndpointRouteBuilder app)
    {
        app.MapSubscriptionRoutes();
        app.MapDeliveryRoutes();
    }
}
