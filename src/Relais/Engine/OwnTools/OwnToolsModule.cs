namespace Relais.Engine.OwnTools;

/// <summary>What a business's agent can do besides what everyone's can: parts and routes.</summary>
internal static class OwnToolsModule
{
    public static IServiceCollection AddOwnTools(this IServiceCollection services) => services
        .AddSingleton<HttpToolCall>()
        .AddSingleton<McpDoor>()
        .AddSingleton<McpTools>()
        .AddSingleton<ToolTaps>()
        .AddSingleton<ProductTools>()
        .AddSingleton<ProductTaps>()
        .AddSingleton<FieldTool>()
        .AddSingleton<TenantTools>();

    public static void MapOwnTools(this IEndpointRouteBuilder app)
    {
        app.MapTools();
        app.MapMcpServers();
        app.MapProductSearch();
    }
}
