using System.Text;
using System.Text.Json;
using Relais.Changes;
using Relais.Conversations;
using Relais.Conversations.Notes;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>What a watcher is told of one change.</summary>
/// <param name="Seq">Its place in the one order; also the event's id.</param>
/// <param name="Type">conversation.updated, message.created, message.updated, …</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="InboxId">Its number.</param>
/// <param name="Assignee">Who has it now.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Row">The list row as it is now, so that nobody has to ask again.</param>
/// <param name="Message">The message, when the change is about one.</param>
/// <param name="Note">The note, when the change is about one; without words once it is deleted.</param>
/// <param name="Viewers">Who looks at it now, when that changed.</param>
internal sealed record LiveChange(
    long Seq, string Type, long? ConversationId, long? InboxId, string? Assignee, long? Version, ConversationJson? Row, MessageJson? Message,
    NoteJson? Note = null, IReadOnlyList<Viewer>? Viewers = null);

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
    /// <summary>Changes enriched by one read.</summary>
    private const int Batch = 200;

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/live", Stream).WithTags("Live").RequireAuthorization(Policies.Agent).WithName("live")
            .WithSummary("Server-sent events of the tenant's changes; resume with Last-Event-ID.");

    private static async Task Stream(
        HttpContext http, ChangeReader reader, Database database, Sessions sessions, LivePace pace, IHostApplicationLifetime lifetime, ILogger<ChangeReader> log)
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
            var sent = await CatchUp(http, reader, database, who.Tenant, ending.Token);
            await Follow(http, watcher, database, sessions, pace, who, sent, ending.Token);
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

    private static async Task<long> CatchUp(HttpContext http, ChangeReader reader, Database database, long tenant, CancellationToken cancel)
    {
        var header = http.Request.Headers["Last-Event-ID"].ToString();
        if (!long.TryParse(header.Length > 0 ? header : http.Request.Query["last_event_id"].ToString(), out var sent))
        {
            await http.Response.WriteAsync($"id: {reader.Last}\nevent: ready\ndata: {{}}\n\n", cancel);
            await http.Response.Body.FlushAsync(cancel);
            return reader.Last;
        }

        var isUnknown = await reader.NeverGave(sent, cancel);
        while (true)
        {
            var missed = isUnknown ? null : await reader.Since(tenant, sent, Batch, cancel);
            if (missed is null)
            {
                await http.Response.WriteAsync($"id: {reader.Last}\nevent: reset\ndata: {{}}\n\n", cancel);
                await http.Response.Body.FlushAsync(cancel);
                return reader.Last;
            }

            await Tell(http, database, tenant, missed, cancel);
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
        HttpContext http, Watcher watcher, Database database, Sessions sessions, LivePace pace, SignedIn who, long sent, CancellationToken cancel)
    {
        var changes = watcher.Changes.Reader;
        var checkedAt = Environment.TickCount64;
        while (true)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            pause.CancelAfter(pace.Heartbeat);
            try
            {
                if (!await changes.WaitToReadAsync(pause.Token))
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

            var batch = new List<NumberedChange>();
            while (batch.Count < Batch && changes.TryRead(out var change))
            {
                if (change.Seq > sent)
                {
                    batch.Add(change);
                }
            }

            await Tell(http, database, who.Tenant, batch, cancel);
            sent = batch.Count > 0 ? batch[^1].Seq : sent;
        }
    }

    private static async Task Tell(HttpContext http, Database database, long tenant, List<NumberedChange> changes, CancellationToken cancel)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var conversationIds = changes.Select(c => c.ConversationId).OfType<long>().Distinct().ToList();
        var messageIds = changes.Select(c => c.MessageId).OfType<long>().Distinct().ToList();
        var noteIds = changes.Where(c => c.Type.StartsWith("note.", StringComparison.Ordinal)).Select(c => c.MessageId).OfType<long>().Distinct().ToList();
        var (conversations, messages, notes) = await database.Read(Scope.Tenant(tenant), async tx => (
            (await ConversationStore.Some(tx, tenant, conversationIds)).ToDictionary(c => c.Id),
            (await MessageMedia.Show(tx, tenant, await ConversationStore.SomeMessages(tx, tenant, messageIds))).ToDictionary(m => m.Id),
            (noteIds.Count == 0 ? [] : await NoteStore.Some(tx, tenant, noteIds)).ToDictionary(n => n.Id, NoteJson.Of)), cancel);
        var text = new StringBuilder();
        foreach (var change in changes)
        {
            var conversation = change.ConversationId is { } id ? conversations.GetValueOrDefault(id) : null;
            var message = change.MessageId is { } messageId ? messages.GetValueOrDefault(messageId) : null;
            var told = new LiveChange(
                change.Seq, change.Type, change.ConversationId, change.InboxId,
                conversation is null ? null : ConversationJson.AssigneeWord(conversation.Assignee), conversation?.Version,
                conversation is null ? null : ConversationJson.Of(conversation), message,
                change.MessageId is { } noteId ? notes.GetValueOrDefault(noteId) : null,
                change.Type == "viewers.updated" ? Viewer.Read(conversation?.Viewers) : null);
            text.Append("id: ").Append(change.Seq).Append("\nevent: ").Append(change.Type).Append("\ndata: ")
                .Append(JsonSerializer.Serialize(told, ApiJson.Options)).Append("\n\n");
        }

        await http.Response.WriteAsync(text.ToString(), cancel);
        await http.Response.Body.FlushAsync(cancel);
    }
}
