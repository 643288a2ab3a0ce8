using Relais.Changes;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Desk;

/// <summary>How often an idle feed says that it is there, and how often it asks whether its session still is (≤ 60 s in all).</summary>
internal sealed record LivePace(TimeSpan Heartbeat, TimeSpan TokenCheck)
{
    public static LivePace Usual { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
}

/// <summary>
/// GET /live: the tenant's changes as server-sent events, resumable by Last-Event-ID. A client that fails is dropped alone; one
/// that comes back within seven days gets what it missed, later an <c>event: reset</c>.
/// </summary>
internal static class LiveApi
{
    /// <summary>Missed changes read and told at once.</summary>
    private const int Batch = 200;

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/live", Stream).WithTags("Live").RequireAuthorization(Policies.Agent).WithName("live")
            .WithSummary("Server-sent events of the tenant's changes; resume with Last-Event-ID.");

    private static async Task Stream(
        HttpContext http, ChangeReader reader, LiveRendering rendering, Sessions sessions, LivePace pace, IHostApplicationLifetime lifetime, ILogger<ChangeReader> log)
    {
        var who = http.SignedIn();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var watcher = reader.Watch(who.Tenant);
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", ending.Token);
            var sent = await CatchUp(http, reader, rendering, who, ending.Token);
            await Follow(http, watcher, rendering, sessions, pace, who, sent, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left, or Relais is stopping; it comes back by itself.
        }
        catch (Exception e) when (e is IOException or StorageUnavailableException)
        {
            log.LogInformation("A live feed ended: {Reason}", e.GetType().Name);
        }
        finally
        {
            reader.Leave(watcher);
        }
    }

    private static async Task<long> CatchUp(HttpContext http, ChangeReader reader, LiveRendering rendering, SignedIn who, CancellationToken cancel)
    {
        var header = http.Request.Headers["Last-Event-ID"].ToString();
        if (!long.TryParse(header.Length > 0 ? header : http.Request.Query["last_event_id"].ToString(), out var sent))
        {
            sent = reader.Last;
            await http.Response.WriteAsync($"id: {sent}\nevent: ready\ndata: {{}}\n\n", cancel);
            await http.Response.Body.FlushAsync(cancel);
            return sent;
        }

        var isUnknown = await reader.NeverGave(sent, cancel);
        while (true)
        {
            var missed = isUnknown ? null : await reader.Since(who.Tenant, sent, Batch, cancel);
            if (missed is null)
            {
                sent = reader.Last;
                await http.Response.WriteAsync($"id: {sent}\nevent: reset\ndata: {{}}\n\n", cancel);
                await http.Response.Body.FlushAsync(cancel);
                return sent;
            }

            if (missed.Count > 0)
            {
                await http.Response.Body.WriteAsync((await rendering.For(Sight.Of(who), who.Tenant, missed, cancel)).After(sent), cancel);
                await http.Response.Body.FlushAsync(cancel);
            }

            if (missed.Count < Batch)
            {
                await http.Response.WriteAsync("event: ready\ndata: {}\n\n", cancel);
                await http.Response.Body.FlushAsync(cancel);
                return missed.Count > 0 ? missed[^1].Seq : sent;
            }

            sent = missed[^1].Seq;
        }
    }

    private static async Task Follow(
        HttpContext http, Watcher watcher, LiveRendering rendering, Sessions sessions, LivePace pace, SignedIn who, long sent, CancellationToken cancel)
    {
        var checkedAt = Environment.TickCount64;
        while (true)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            pause.CancelAfter(pace.Heartbeat);
            try
            {
                if (!await watcher.More(pause.Token))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                await http.Response.WriteAsync(": still here\n\n", cancel);
                await http.Response.Body.FlushAsync(cancel);
            }

            if (Environment.TickCount64 - checkedAt > pace.TokenCheck.TotalMilliseconds)
            {
                checkedAt = Environment.TickCount64;
                if (!await sessions.IsLive(who, cancel))
                {
                    return;
                }
            }

            var before = sent;
            while (watcher.Take() is { } batch)
            {
                await http.Response.Body.WriteAsync((await rendering.For(Sight.Of(who), who.Tenant, batch, cancel)).After(sent), cancel);
                sent = Math.Max(sent, batch.Changes[^1].Seq);
            }

            if (sent > before)
            {
                await http.Response.Body.FlushAsync(cancel);
            }
        }
    }
}
