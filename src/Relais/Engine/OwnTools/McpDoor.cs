using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>
/// The way to MCP servers: Streamable HTTP alone, over the safe fetcher's rules, a session for each errand. Promise: it comes back
/// within its time with a value; a server that is dead, silent, endless or mad is null, or an error word.
/// </summary>
internal sealed class McpDoor(SafeHttp safe, ILogger<McpDoor> log) : IDisposable
{
    private const int MostBytes = 256 * 1024;
    private const int MostTools = 100;

    private readonly HttpClient http = safe.Bounded(MostBytes);

    /// <summary>What the server offers; null when it does not say.</summary>
    public async Task<IReadOnlyList<Tool>?> List(McpServer server, TimeSpan most, CancellationToken cancel)
    {
        var (tools, _) = await Errand<IReadOnlyList<Tool>?>(
            server, most, async (client, token) => [.. (await client.ListToolsAsync(cancellationToken: token)).Take(MostTools).Select(t => t.ProtocolTool)], cancel);
        return tools;
    }

    public async Task<ToolReply> Call(
        McpServer server, string tool, IReadOnlyList<ToolArgument> declared, IReadOnlyDictionary<string, string> arguments, TimeSpan most, CancellationToken cancel)
    {
        var given = declared.Where(a => arguments.ContainsKey(a.Name)).ToDictionary(
            a => a.Name, a => (object?)JsonSerializer.SerializeToElement(ArgumentText.ToJson(arguments[a.Name], a.Kind)));
        var (result, error) = await Errand(server, most, async (client, token) => await client.CallToolAsync(tool, given, cancellationToken: token), cancel);
        if (result is null)
        {
            return ToolReply.Failed(error!);
        }

        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(c => c.Text));
        if (text.Length == 0 && result.StructuredContent is { } structured)
        {
            text = structured.GetRawText();
        }

        return result.IsError == true ? ToolReply.Failed("tool_error", CustomerText.Normalise(text)) : ToolReply.Said(text);
    }

    public void Dispose() => http.Dispose();

    private async Task<(T? Value, string? Error)> Errand<T>(
        McpServer server, TimeSpan most, Func<McpClient, CancellationToken, Task<T>> what, CancellationToken cancel)
    {
        if (safe.Refusal(server.Stored.Url) is not null)
        {
            return (default, "refused");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(most);
        try
        {
            await using var transport = new HttpClientTransport(Options(server), http);
            await using var client = await McpClient.CreateAsync(transport, cancellationToken: patience.Token);
            return (await what(client, patience.Token).WaitAsync(patience.Token), null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Another party's protocol: whatever breaks in it is a dead server, never a failed turn.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning("MCP server {Id} failed: {Kind}", server.Stored.Id, e.GetType().Name);
            return (default, e is OperationCanceledException or TimeoutException ? "timeout" : SafeHttp.IsNotPublic(e) ? "refused" : "unreachable");
        }
    }

    private static HttpClientTransportOptions Options(McpServer server) => new()
    {
        Endpoint = new Uri(server.Stored.Url),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = server.Headers.ToDictionary(),
        ConnectionTimeout = TimeSpan.FromSeconds(5),
        EnableStandaloneGetStream = false,
        MaxReconnectionAttempts = 0,
    };
}
