namespace Relais.Engine.Why;

/// <summary>The routes of why.</summary>
internal static class WhyModule
{
    public static void MapWhy(this IEndpointRouteBuilder app)
    {
        app.MapTraces();
        app.MapLearning();
    }
}
