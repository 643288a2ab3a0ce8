using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// Messages that are queued and go on the wire in one transaction: the gate has just checked everything that would be checked
/// again before they leave. Only where the conversation has nothing else to send, its lane is free, and the number has a place;
/// everything else waits in the queue. One for a transaction, however often it is
/// tried; <see cref="Go"/> after its commit.
/// </summary>
internal sealed class Departures(Wire wire, WorkQueue queue)
{
    private readonly List<OutboxHead> going = [];

    /// <summary>Takes places and lanes for the first parts of these answers; returns their message ids.</summary>
    public async Task<HashSet<long>> Take(Tx tx, IReadOnlyList<QueuedMessage> queued)
    {
        var placed = queued.Where(m => m.Request.To is not null && m.MessageId == m.AnswerId)
            .GroupBy(m => m.ConversationId).Where(sameConversation => sameConversation.Count() == 1).Select(g => g.First())
            .Where(m => wire.Places.TryTakeAtOnce(m.InboxId, m.ConversationId)).ToDictionary(m => m.ConversationId);
        tx.IfUndone(() =>
        {
            Leave(placed.Values);
            going.Clear();
        });
        var leases = await queue.Seize(tx, [.. placed.Values.Select(m => new LaneWake(LaneKind.Outbox, m.ConversationId, m.TenantId))]);
        going.AddRange(leases.Select(lease => Head(lease, placed[lease.Key])));
        var busy = placed.Values.ExceptBy(leases.Select(l => l.Key), m => m.ConversationId).ToList();
        Leave(busy);
        busy.ForEach(m => placed.Remove(m.ConversationId));
        return [.. going.Select(h => h.MessageId)];
    }

    public void Go() => wire.Depart(going);

    private void Leave(IEnumerable<QueuedMessage> messages)
    {
        foreach (var message in messages)
        {
            wire.Places.GiveBack(message.InboxId, message.ConversationId);
        }
    }

    private static OutboxHead Head(Lease lease, QueuedMessage message) => new(
        lease, message.MessageId, message.InboxId, message.Seq, message.Request.IsAutomatic, message.Request.Version, message.AnswerId,
        Attempts: 0, FirstTriedAt: null, DueInMicros: 0, message.Content, message.Request.Version, message.Request.LastInboundAt,
        message.Request.OptedOutAt, message.Request.To!.WaId, message.Request.To.Phone, message.Request.To.UserId)
    {
        Quotes = message.Request.Quotes,
        Purpose = message.Purpose,
        AnsweredAt = message.Request.Answers is null ? null : message.Request.LastInboundAt,
    };
}
