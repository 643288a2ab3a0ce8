using Relais.Commerce.Orders;

namespace Relais.Desk.Orders;

internal static class OrderDeskModule
{
    public static IServiceCollection AddOrderDesk(this IServiceCollection services)
    {
        services.AddSingleton<OrderCreation>();
        services.AddSingleton<OrderSpeech>();
        services.AddSingleton<OrderConfirming>();
        services.AddSingleton<OrderNews>();
        services.AddSingleton<OrderCourier>();
        return services;
    }

    public static void MapOrderDesk(this IEndpointRouteBuilder app)
    {
        app.MapOrderPlacing();
        app.MapOrderCourier();
        app.MapOrderSettings();
    }
}
