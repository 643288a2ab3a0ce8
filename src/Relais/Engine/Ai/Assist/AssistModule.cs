namespace Relais.Engine.Ai.Assist;

/// <summary>What the host needs of the help that people at the desk get.</summary>
internal static class AssistModule
{
    public static void AddAssist(this IServiceCollection services)
    {
        services.AddSingleton<DeskModel>();
        services.AddSingleton<WrittenSummary>();
    }

    public static void MapAssist(this IEndpointRouteBuilder app)
    {
        app.MapRewrite();
        app.MapTranslate();
    }
}
