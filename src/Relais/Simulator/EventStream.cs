using System.Text;

namespace Relais.Simulator;

/// <summary>Server-sent events for one open page. It starts with "changed", so that a page that reconnects reads the state.</summary>
internal static class EventStream
{
    // Shorter than the 30 s after which common proxies close silent connections.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task Write(HttpContext context, SimulatorHub hub)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var watcher = hub.Feed.Watch();
        try
        {
            await Send("retry: 1000\nevent: changed\ndata: {}\n\n");
            while (true)
            {
                var item = await watcher.Next(Heartbeat, TimeProvider.System, end.Token);
                await Send(item is null ? ": still here\n\n" : $"event: {item.Name}\ndata: {item.Json}\n\n");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The page was closed, or the host stops.
        }

        async Task Send(string text)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), end.Token);
            await context.Response.Body.FlushAsync(end.Token);
        }
    }
}
