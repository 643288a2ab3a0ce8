using Relais.Changes;
using Relais.Engine.Ai.Providers;
using Relais.Errors;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Engine.Ai.Voice;

/// <summary>
/// In: customers' voice notes that are here, a lane each. Out: their text beside the message, the call on record, a change of the
/// message, and the waiting turn woken, in one transaction. A crash before it costs one more call, never a note.
/// </summary>
internal sealed class TranscriptWorker(
    Database database, WorkQueue queue, HeldLeases held, InboxDirectory inboxes, VoiceHearing hearing, ChangeLog changes, ErrorLog errors, Ids ids, Signals signals, Clock clock,
    RightOfWay way, ILogger<TranscriptWorker> log) : Worker(log, way)
{
    /// <summary>Notes written down at a time; a provider that hangs holds one for a minute.</summary>
    private const int Slots = 8;

    private readonly List<Task> running = [];

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var done = running.FindAll(task => task.IsCompleted);
        running.RemoveAll(done.Contains);

        // What one did not expect is thrown here and logged by the loop; its lane comes back when the lease runs out.
        await Task.WhenAll(done);
        var free = Slots - running.Count;
        if (free == 0)
        {
            return false;
        }

        var leases = await database.Write(Scope.Pipeline, tx => queue.Claim(tx, LaneKind.Transcript, free), CancellationToken.None);
        running.AddRange(leases.Select(lease => Carry(lease, stopping)));
        return leases.Count == free;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Transcript).Wait(TimeSpan.FromSeconds(1), stopping);

    protected override Task Stopped() => Task.WhenAll(running);

    private async Task Carry(Lease lease, CancellationToken stopping)
    {
        await Task.Yield();
        held.Add(lease);
        try
        {
            var note = await database.Read(Scope.Pipeline, tx => TranscriptStore.Find(tx, lease.TenantId, lease.Key), stopping);
            if (note is { Transcript: null } && inboxes.Find(note.InboxId) is { IsSuspended: true })
            {
                await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease, InboxPauses.WhileSuspended, LaneEnd.Untouched)]), CancellationToken.None);
                return;
            }

            var end = note is not { Transcript: null } ? null
                : lease.Failures >= VoiceHearing.MostTries ? new HearingEnd("", null, "Relais failed several times while a voice note was written down. The log has the details.")
                : await hearing.Hear(note, lease.Failures, stopping);
            var range = await ids.Take(2 + ErrorLog.IdsEach, CancellationToken.None);
            await database.Write(Scope.Pipeline, tx =>
            {
                range.Rewind();
                return Settle(tx, lease, note, end, range);
            }, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [new LaneResult(lease, TimeSpan.Zero, LaneEnd.Untouched)]), CancellationToken.None);
        }
        finally
        {
            held.Remove(lease);
            signals.Of(LaneKind.Transcript).Raise();
        }
    }

    private async Task Settle(Tx tx, Lease lease, VoiceNote? note, HearingEnd? end, IdRange range)
    {
        var result = new LaneResult(lease, end?.Again, end?.Again is null ? LaneEnd.Done : LaneEnd.Failed);
        if ((await queue.Complete(tx, [result])).Count == 0 || note is null || end is null)
        {
            return;
        }

        var now = clock.Micros;
        if (end.Call is { } call)
        {
            await UsageStore.Insert(tx, new StoredUsage(
                note.TenantId, range.Next(), note.ConversationId, note.ContactId, "transcription", call.Setup.Model, 0, 0, call.CostMicros,
                Instants.ToMicros(call.Took), call.Failure?.Word ?? "answered", now));
        }

        if (end.Problem is { } problem)
        {
            await errors.Append(tx, [new ErrorEntry(note.TenantId, note.InboxId, "model", "transcription_failed", null, problem)
            {
                ConversationId = note.ConversationId,
                MessageId = note.MessageId,
                At = now,
            }], range);
        }

        if (end.Text is { } text && await TranscriptStore.Write(tx, note, text) > 0)
        {
            await changes.Append(tx, [new Change(
                range.Next(), note.TenantId, "message.updated", note.ConversationId, note.MessageId, note.InboxId, now)]);
            await queue.Wake(tx, [new LaneWake(LaneKind.Turn, note.ConversationId, note.TenantId)]);
        }
    }
}
