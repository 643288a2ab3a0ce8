using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Relais.Tests.Engine.OwnTools;

/// <summary>A real MCP server (the package's own, Streamable HTTP without sessions) on loopback, with three tools.</summary>
internal sealed class McpStub : IAsyncDisposable
{
    private readonly WebApplication app;

    private McpStub(WebApplication app) => this.app = app;

    /// <summary>What was called: tool and what it got.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>True: it takes requests and says nothing.</summary>
    public bool IsSilent { get; set; }

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/mcp";

    public static async Task<McpStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new McpStub(builder.Build());
        stub.app.Run(stub.Serve);
        await stub.app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task Serve(HttpContext http)
    {
        Keys.Enqueue(http.Request.Headers["X-Key"].ToString());
        if (IsSilent)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }

        if (http.Request.Method != "POST")
        {
            http.Response.StatusCode = 405;
            return;
        }

        var message = (await JsonSerializer.DeserializeAsync<JsonRpcMessage>(http.Request.Body, McpJsonUtilities.DefaultOptions))!;
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, new McpServerOptions { ToolCollection = Tools() });
        var running = server.RunAsync(http.RequestAborted);
        http.Response.ContentType = "text/event-stream";
        if (!await transport.HandlePostRequestAsync(message, http.Response.Body, http.RequestAborted))
        {
            http.Response.Headers.ContentType = default;
            http.Response.StatusCode = 202;
        }

        await transport.DisposeAsync();
        await running;
    }

    private McpServerPrimitiveCollection<McpServerTool> Tools() =>
    [
        McpServerTool.Create(
            ([Description("City")] string city, int days = 1) => Said($"weather {city} {days}", $"Soleil à {city}"),
            new McpServerToolCreateOptions { Name = "weather", Description = "Weather of a city.", ReadOnly = true }),
        McpServerTool.Create(
            (string room) => Said($"book {room}", "Réservé"),
            new McpServerToolCreateOptions { Name = "book.room", Title = "Réserver une salle", Description = "Books a room.", ReadOnly = false }),
        McpServerTool.Create(() => Said("hidden", "caché"), new McpServerToolCreateOptions { Name = "hidden", ReadOnly = true }),
    ];

    private string Said(string call, string answer)
    {
        Calls.Enqueue(call);
        return answer;
    }
}
