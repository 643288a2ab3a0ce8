using System.Buffers;
using System.Text;
using System.Text.Json;
using Relais.Changes;
using Relais.Conversations;
using Relais.Conversations.Notes;
using Relais.Desk.Later;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Rights;

namespace Relais.Desk;

/// <summary>Changes as the bytes that go to each watcher: server-sent events one after the other, with where each begins.</summary>
internal sealed record LiveEvents(byte[] Bytes, IReadOnlyList<(long Seq, int Start)> Starts)
{
    /// <summary>The events after a number; empty when there are none.</summary>
    public ReadOnlyMemory<byte> After(long seq)
    {
        foreach (var (own, start) in Starts)
        {
            if (own > seq)
            {
                return Bytes.AsMemory(start);
            }
        }

        return default;
    }
}

/// <summary>
/// In: changes of one tenant, in order. Out: what a watcher is told of them, with the rows as they are now. The changes of a
/// <see cref="ChangeBatch"/> are read and written as JSON once, however many desks of the tenant are open on this node.
/// </summary>
internal sealed class LiveRendering(Database database, IHostApplicationLifetime lifetime)
{
    /// <summary>Changes enriched by one read.</summary>
    private const int Batch = 200;

    /// <summary>Of a shared batch: ends with the program, not with the request of whoever asked first.</summary>
    public Task<LiveEvents> Of(long tenant, ChangeBatch batch) => batch.Once(changes => Of(tenant, changes, lifetime.ApplicationStopping));

    /// <summary>Of the same batch what somebody is told who does not see every conversation; it is read for them alone then.</summary>
    public Task<LiveEvents> For(Sight? sight, long tenant, ChangeBatch batch, CancellationToken cancel) =>
        sight is null ? Of(tenant, batch) : For(sight, tenant, batch.Changes, cancel);

    /// <summary>What is no longer theirs is no longer told: the next list leaves it out.</summary>
    public async Task<LiveEvents> For(Sight? sight, long tenant, IReadOnlyList<NumberedChange> changes, CancellationToken cancel)
    {
        if (sight is null)
        {
            return await Of(tenant, changes, cancel);
        }

        var asked = changes.Select(c => c.ConversationId).OfType<long>().ToHashSet();
        var seen = await database.Read(Scope.Tenant(tenant), tx => sight.Of(tx, tenant, asked), cancel);
        return await Of(tenant, [.. changes.Where(c => c.ConversationId is not { } id || seen.Contains(id))], cancel);
    }

    public async Task<LiveEvents> Of(long tenant, IReadOnlyList<NumberedChange> changes, CancellationToken cancel)
    {
        var bytes = new ArrayBufferWriter<byte>(changes.Count * 1024);
        var starts = new List<(long, int)>(changes.Count);
        foreach (var part in changes.Chunk(Batch))
        {
            foreach (var told in await Read(tenant, part, cancel))
            {
                starts.Add((told.Seq, bytes.WrittenCount));
                Encoding.UTF8.GetBytes($"id: {told.Seq}\nevent: {told.Type}\ndata: ", bytes);
                bytes.Write(JsonSerializer.SerializeToUtf8Bytes(told, ApiJson.Options));
                bytes.Write("\n\n"u8);
            }
        }

        return new LiveEvents(bytes.WrittenSpan.ToArray(), starts);
    }

    /// <summary>What each change is about, as it is now: one reading for all of them.</summary>
    private Task<List<LiveChange>> Read(long tenant, NumberedChange[] changes, CancellationToken cancel) =>
        database.Read(Scope.Tenant(tenant), async tx =>
        {
            var conversationIds = changes.Select(c => c.ConversationId).OfType<long>().Distinct().ToList();
            var messageIds = changes.Select(c => c.MessageId).OfType<long>().Distinct().ToList();
            var conversations = conversationIds.Count == 0 ? [] : (await ConversationStore.Some(tx, tenant, conversationIds)).ToDictionary(c => c.Id);
            var messages = messageIds.Count == 0 ? []
                : (await MessageMedia.Show(tx, tenant, await ConversationStore.SomeMessages(tx, tenant, messageIds))).ToDictionary(m => m.Id);
            var laterIds = changes.Where(c => c.Type == ScheduledSends.Updated).Select(c => c.MessageId!.Value).Distinct().ToList();
            var later = laterIds.Count == 0 ? [] : (await ScheduledStore.Some(tx, tenant, laterIds)).ToDictionary(m => m.Id, ScheduledJson.Of);
            var noteIds = changes.Where(c => c.Type.StartsWith("note.", StringComparison.Ordinal)).Select(c => c.MessageId).OfType<long>().Distinct().ToList();
            var notes = noteIds.Count == 0 ? [] : (await NoteStore.Some(tx, tenant, noteIds)).ToDictionary(n => n.Id, NoteJson.Of);
            return changes.Select(change =>
            {
                var conversation = change.ConversationId is { } id ? conversations.GetValueOrDefault(id) : null;
                var message = change.MessageId is { } messageId ? messages.GetValueOrDefault(messageId) : null;
                return new LiveChange(
                    change.Seq, change.Type, change.ConversationId, change.InboxId,
                    conversation is null ? null : ConversationJson.AssigneeWord(conversation.Assignee), conversation?.Version,
                    conversation is null ? null : ConversationJson.Of(conversation), message,
                    change.MessageId is { } noteId ? notes.GetValueOrDefault(noteId) : null,
                    change.Type == "viewers.updated" ? Viewer.Read(conversation?.Viewers) : null,
                    change.Type == ScheduledSends.Updated ? later.GetValueOrDefault(change.MessageId!.Value) : null);
            }).ToList();
        }, cancel);
}
